(* S24, items 3 and 7: the Renyi divergence of the factor release for one eigenvalue mu, r the rank, alpha the order,

       renyi r mu alpha   = (-(r/2)(alpha-1) ln mu - (r/2) ln(1 - (alpha-1)(mu-1)))/(alpha-1),
       log_moment r mu z  = -(r z/2) ln mu - (r/2) ln(1 - z (mu-1))              (ln E e^(z L), item 3),
       published r gamma alpha = r/(2(alpha-1)) ln((1-1/gamma)^alpha/(1 - alpha/gamma)),

   published being the bound of the Gaussian mixing mechanism. Proved here: renyi is log_moment at z = alpha - 1 over
   alpha - 1; at mu = 1/(1-1/gamma), 1 < alpha < gamma, renyi is defined (its logarithm has a positive argument) and
   equals published. The power is that of a positive real base, Rpower. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition log_moment (r mu z : R) : R := - (r * z / 2) * ln mu - r / 2 * ln (1 - z * (mu - 1)).

Definition renyi (r mu alpha : R) : R :=
  (- (r / 2) * (alpha - 1) * ln mu - r / 2 * ln (1 - (alpha - 1) * (mu - 1))) / (alpha - 1).

Definition published (r gamma alpha : R) : R :=
  r / (2 * (alpha - 1)) * ln (Rpower (1 - 1 / gamma) alpha / (1 - alpha / gamma)).

Theorem S24_renyi_is_log_moment (r mu alpha : R) : alpha <> 1 ->
  renyi r mu alpha = log_moment r mu (alpha - 1) / (alpha - 1).
Proof. intro H; unfold renyi, log_moment; field; lra. Qed.

Lemma ln_quotient a b : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof.
intros; unfold Rdiv; rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption); ring.
Qed.

Lemma published_parts gamma alpha : 1 < alpha < gamma ->
  0 < 1 - 1 / gamma /\ 0 < 1 - alpha / gamma.
Proof.
intro H; split.
- replace (1 - 1 / gamma) with ((gamma - 1) / gamma) by (field; lra); apply Rdiv_lt_0_compat; lra.
- replace (1 - alpha / gamma) with ((gamma - alpha) / gamma) by (field; lra); apply Rdiv_lt_0_compat; lra.
Qed.

(* 1 - (alpha-1)(mu-1) = (1 - alpha/gamma)/(1 - 1/gamma) at mu = 1/(1 - 1/gamma). *)
Lemma moment_argument gamma alpha : 1 < alpha < gamma ->
  1 - (alpha - 1) * (1 / (1 - 1 / gamma) - 1) = (1 - alpha / gamma) / (1 - 1 / gamma).
Proof. intro H; field; lra. Qed.

(* alpha - 1 is below z+ = 1/(mu - 1): the divergence is finite. *)
Theorem S24_published_domain (gamma alpha : R) : 1 < alpha < gamma ->
  1 < 1 / (1 - 1 / gamma) /\
  alpha - 1 < 1 / (1 / (1 - 1 / gamma) - 1) /\
  0 < 1 - (alpha - 1) * (1 / (1 - 1 / gamma) - 1).
Proof.
intro H; destruct (published_parts gamma alpha H) as [A B].
assert (E : 1 / (1 - 1 / gamma) - 1 = / (gamma - 1)) by (field; lra).
repeat split.
- assert (0 < / (gamma - 1)) by (apply Rinv_0_lt_compat; lra); lra.
- rewrite E; unfold Rdiv; rewrite Rinv_inv; lra.
- rewrite moment_argument by assumption; now apply Rdiv_lt_0_compat.
Qed.

Theorem S24_published_bound_is_exact (r gamma alpha : R) : 1 < alpha < gamma ->
  renyi r (1 / (1 - 1 / gamma)) alpha = published r gamma alpha.
Proof.
intro H; destruct (published_parts gamma alpha H) as [A B].
unfold renyi, published.
rewrite moment_argument by assumption.
rewrite (ln_quotient 1), ln_1 by lra.
rewrite !ln_quotient by (try (unfold Rpower; apply exp_pos); assumption).
unfold Rpower; rewrite ln_exp; field; lra.
Qed.
