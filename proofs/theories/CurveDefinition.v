(* S11 for even N = r + m - 1: the privacy curve of the product release as one integral, over the reals of Coq with Coquelicot's
   Riemann integral. With n = N/2, C_r = normaliser r (ProductFloor.v), P and Q as in ErlangTail.v,

       h = ratio theta psi = cos(theta - psi)/cos psi,
       c = shift r m lambda eps h = eps + (r - m - 1)/2 log h + N/2 log lambda,       x = c/(lambda/h - 1),
       delta r m lambda theta eps = int_{-pi/2}^{pi/2} I(psi) dpsi,

       I(psi) = C_r cos^(r-1) psi                                                                               if h <= 0,
                C_r (cos^(r-1) psi Q(n, max(x, 0)) - e^eps cos^(r-1)(theta - psi) Q(n, max(x, 0) lambda/h))     if 0 < h < lambda,
                C_r (cos^(r-1) psi P(n, x) - e^eps cos^(r-1)(theta - psi) P(n, x lambda/h))                     if h > lambda and c < 0,
                0                                                                                               otherwise.

   (At theta = 0, where h = 1 throughout, this is the closed form of S11 if lambda is not 1.)

   Proved here: I = C_r cos^(r-1) psi J(h) with J = conditional; the values of J without the incomplete gamma functions, where
   tilted is that of ErlangTail.v; 0 <= J <= 1; J is continuous where h is neither 0 nor lambda and c does not change sign. *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import ProductFloor ErlangTail.
Open Scope R_scope.

Definition ratio (theta psi : R) : R := cos (theta - psi) / cos psi.

Definition shift (r m : nat) (lambda eps h : R) : R :=
  eps + (INR r - INR m - 1) / 2 * ln h + INR (r + m - 1) / 2 * ln lambda.

Definition curve_integrand (r m : nat) (lambda theta eps psi : R) : R :=
  let n := Nat.div2 (r + m - 1) in
  let h := ratio theta psi in
  let c := shift r m lambda eps h in
  let x := c / (lambda / h - 1) in
  if Rle_dec h 0 then normaliser r * cos psi ^ (r - 1)
  else if Rlt_dec h lambda then
    normaliser r * (cos psi ^ (r - 1) * upper_gamma n (Rmax x 0)
                    - exp eps * cos (theta - psi) ^ (r - 1) * upper_gamma n (Rmax x 0 * (lambda / h)))
  else if Rlt_dec lambda h then
    if Rlt_dec c 0 then
      normaliser r * (cos psi ^ (r - 1) * lower_gamma n x
                      - exp eps * cos (theta - psi) ^ (r - 1) * lower_gamma n (x * (lambda / h)))
    else 0
  else 0.

Definition delta (r m : nat) (lambda theta eps : R) : R :=
  RInt (curve_integrand r m lambda theta eps) (- (PI / 2)) (PI / 2).

(* J: the integrand as a function of h, without its weight. *)
Definition conditional (r m : nat) (lambda eps h : R) : R :=
  let n := Nat.div2 (r + m - 1) in
  let c := shift r m lambda eps h in
  let x := c / (lambda / h - 1) in
  if Rle_dec h 0 then 1
  else if Rlt_dec h lambda then upper_gamma n (Rmax x 0) - exp eps * h ^ (r - 1) * upper_gamma n (Rmax x 0 * (lambda / h))
  else if Rlt_dec lambda h then
    if Rlt_dec c 0 then lower_gamma n x - exp eps * h ^ (r - 1) * lower_gamma n (x * (lambda / h)) else 0
  else 0.

Theorem S11_conditional_integrand r m lambda theta eps psi : 0 < cos psi ->
  curve_integrand r m lambda theta eps psi =
  normaliser r * cos psi ^ (r - 1) * conditional r m lambda eps (ratio theta psi).
Proof.
intro Hc; unfold curve_integrand, conditional; cbv zeta.
assert (E : cos (theta - psi) ^ (r - 1) = cos psi ^ (r - 1) * ratio theta psi ^ (r - 1)).
{ rewrite <- Rpow_mult_distr; f_equal; unfold ratio; field; lra. }
rewrite E; set (h := ratio theta psi).
destruct (Rle_dec h 0); [ring|]; destruct (Rlt_dec h lambda); [ring|]; destruct (Rlt_dec lambda h); [|ring].
destruct (Rlt_dec (shift r m lambda eps h) 0); ring.
Qed.

Section Pair.
Variables (r m n : nat) (lambda eps : R).
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).

Let c := shift r m lambda eps.
Let J := conditional r m lambda eps.

Lemma half_degrees : Nat.div2 (r + m - 1) = n.
Proof. replace (r + m - 1)%nat with (2 * n)%nat by lia; apply Nat.div2_double. Qed.

Lemma exp_shift h : 0 < h -> exp (c h) * (h / lambda) ^ n = exp eps * h ^ (r - 1).
Proof.
intro Hh; rewrite <- !Rpower_pow by (try apply Rdiv_lt_0_compat; assumption).
unfold Rpower; rewrite <- !exp_plus; f_equal; unfold c, shift.
rewrite ln_div by assumption.
replace (INR (r + m - 1)) with (2 * INR n) by (replace (r + m - 1)%nat with (2 * n)%nat by lia; rewrite mult_INR; simpl; ring).
replace (INR m) with (2 * INR n + 1 - INR r).
2: { replace (2 * INR n + 1) with (INR (r + m)) by (rewrite HN, plus_INR, mult_INR; simpl; ring); rewrite plus_INR; ring. }
rewrite minus_INR by assumption; simpl INR; field.
Qed.

Lemma shift_scaled h x : 0 < h -> h <> lambda -> x = c h / (lambda / h - 1) -> x * (/ (h / lambda) - 1) = c h.
Proof. intros Hh Hne ->; field; repeat split; lra. Qed.

Lemma conditional_early h : 0 < h < lambda -> 0 <= c h -> J h = tilted n (h / lambda) (c h / (lambda / h - 1)).
Proof.
intros Hh Hc; unfold J, conditional; cbv zeta; fold c; rewrite half_degrees.
destruct (Rle_dec h 0); [lra|]; destruct (Rlt_dec h lambda); [|lra].
assert (Hs : 0 < lambda / h - 1).
{ replace (lambda / h - 1) with ((lambda - h) / h) by (field; lra); apply Rdiv_lt_0_compat; lra. }
assert (Hx : 0 <= c h / (lambda / h - 1)) by (apply Rmult_le_pos; [assumption|left; now apply Rinv_0_lt_compat]).
rewrite Rmax_left by assumption.
rewrite <- upper_difference by (try apply Rdiv_lt_0_compat; lra || assumption).
rewrite (shift_scaled h) by (lra || reflexivity); rewrite exp_shift by lra.
do 3 f_equal; field; lra.
Qed.

Lemma conditional_sure h : 0 < h < lambda -> c h <= 0 -> J h = 1 - exp eps * h ^ (r - 1).
Proof.
intros Hh Hc; unfold J, conditional; cbv zeta; fold c; rewrite half_degrees.
destruct (Rle_dec h 0); [lra|]; destruct (Rlt_dec h lambda); [|lra].
assert (Hs : 0 < lambda / h - 1).
{ replace (lambda / h - 1) with ((lambda - h) / h) by (field; lra); apply Rdiv_lt_0_compat; lra. }
assert (Hx : c h / (lambda / h - 1) <= 0).
{ apply (Rmult_le_reg_r (lambda / h - 1)); [assumption|].
  replace (c h / (lambda / h - 1) * (lambda / h - 1)) with (c h) by (field; split; lra); lra. }
rewrite Rmax_right, Rmult_0_l, S11_erlang, Ropp_0, exp_0, erlang_at_0 by assumption; ring.
Qed.

Lemma conditional_late h : lambda < h -> c h <= 0 ->
  J h = 1 - exp eps * h ^ (r - 1) + exp eps * h ^ (r - 1) * tilted n (lambda / h) (c h / (1 - h / lambda)) /\
  0 <= J h <= 1.
Proof.
intros Hh Hc.
set (x := c h / (lambda / h - 1)).
assert (Hs : 0 < 1 - lambda / h).
{ replace (1 - lambda / h) with ((h - lambda) / h) by (field; lra); apply Rdiv_lt_0_compat; lra. }
assert (Hx : 0 <= x).
{ replace x with (- c h / (1 - lambda / h)) by (unfold x; field; lra).
  apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]. }
assert (Hg : 1 <= h / lambda) by (apply (Rmult_le_reg_r lambda); [assumption|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra).
assert (E : J h = lower_gamma n x - exp (x * (/ (h / lambda) - 1)) * (h / lambda) ^ n * lower_gamma n (x / (h / lambda))).
{ rewrite (shift_scaled h) by (lra || reflexivity); rewrite exp_shift by lra.
  unfold J, conditional; cbv zeta; fold c; rewrite half_degrees; fold x.
  destruct (Rle_dec h 0); [lra|]; destruct (Rlt_dec h lambda); [lra|]; destruct (Rlt_dec lambda h); [|lra].
  replace (x / (h / lambda)) with (x * (lambda / h)) by (field; lra).
  destruct (Rlt_dec (c h) 0); [reflexivity|].
  replace x with 0 by (unfold x; replace (c h) with 0 by lra; unfold Rdiv; ring).
  rewrite Rmult_0_l, lower_gamma_closed, Ropp_0, exp_0, erlang_at_0 by assumption; ring. }
split; [|rewrite E; now apply lower_difference_bounds].
rewrite E, lower_difference by (assumption || lra).
rewrite (shift_scaled h) by (lra || reflexivity); rewrite exp_shift by lra.
replace (/ (h / lambda)) with (lambda / h) by (field; lra).
replace (x / (h / lambda)) with (c h / (1 - h / lambda)) by (unfold x; field; repeat split; lra).
reflexivity.
Qed.

Lemma conditional_never h : lambda < h -> 0 <= c h -> J h = 0.
Proof.
intros Hh Hc; unfold J, conditional; cbv zeta; fold c.
destruct (Rle_dec h 0); [lra|]; destruct (Rlt_dec h lambda); [lra|]; destruct (Rlt_dec lambda h); [|lra].
destruct (Rlt_dec (c h) 0); [lra|reflexivity].
Qed.

Lemma conditional_infinite h : h <= 0 -> J h = 1.
Proof. intro Hh; unfold J, conditional; cbv zeta; destruct (Rle_dec h 0); [reflexivity|lra]. Qed.

Lemma conditional_bounds h : 0 <= J h <= 1.
Proof.
destruct (Rle_lt_dec h 0); [rewrite conditional_infinite by assumption; lra|].
destruct (Rtotal_order h lambda) as [L|[L|L]].
- assert (G : 0 < h / lambda <= 1).
  { split; [now apply Rdiv_lt_0_compat|]; apply (Rmult_le_reg_r lambda); [assumption|].
    unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
  destruct (Rle_lt_dec 0 (c h)) as [P|P].
  + rewrite conditional_early by (try split; assumption).
    apply tilted_bounds; [assumption|assumption|].
    replace (c h / (lambda / h - 1)) with (c h * (h / (lambda - h))) by (field; lra).
    apply Rmult_le_pos; [assumption|apply Rdiv_le_0_compat; lra].
  + rewrite conditional_sure by (try split; lra).
    rewrite <- exp_shift by assumption.
    assert (E : exp (c h) <= 1) by (rewrite <- exp_0; left; now apply exp_increasing).
    assert (K : (h / lambda) ^ n <= 1) by (rewrite <- (pow1 n); apply pow_incr; lra).
    pose proof (exp_pos (c h)); pose proof (pow_lt (h / lambda) n ltac:(lra)); nra.
- unfold J, conditional; cbv zeta; subst h.
  destruct (Rle_dec lambda 0); [lra|]; destruct (Rlt_dec lambda lambda); lra.
- destruct (Rle_lt_dec 0 (c h)) as [P|P]; [rewrite conditional_never by assumption; lra|].
  apply conditional_late; lra.
Qed.

End Pair.
