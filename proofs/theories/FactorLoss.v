(* S24, items 3 and 7: the moments of the random variable that item 2 states the privacy loss of the factor release to be, and the
   formula of the Renyi divergence. FactorDivergence.v has that this variable is the logarithm of the densities' ratio.

   zeta_(j,k) (j < rho, k < r) are independent standard normal variables, mu_j > 0, X_j = sum_k zeta_(j,k)^2 (chi^2_r), and

     factor_loss     = -(r/2) sum_j ln mu_j + 1/2 sum_j (mu_j - 1) X_j,
     factor_moment z = prod_j mu_j^(-r z/2) (1 - z (mu_j - 1))^(-r/2),
     factor_renyi alpha = sum_j (-(r/2)(alpha-1) ln mu_j - (r/2) ln(1 - (alpha-1)(mu_j-1))) / (alpha-1).

   E e^(z L) = factor_moment z if z (mu_j - 1) < 1 for all j, and +oo if z (mu_j - 1) >= 1 for one j (r >= 1);
   ln(E e^((alpha-1) L)) / (alpha-1) = factor_renyi alpha if (alpha-1)(mu_j-1) < 1 for all j, and +oo otherwise;
   for one eigenvalue mu = 1/(1 - 1/gamma) and 1 < alpha < gamma it is r/(2(alpha-1)) ln((1-1/gamma)^alpha / (1-alpha/gamma)),
   the published bound of the Gaussian mixing mechanism. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint archimedean interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import Independence EntryLaws SquareSum RenyiDivergence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section formulas.
Context (R : realType) (r rho : nat) (mu : 'I_rho -> R).

Definition factor_moment (z : R) : R :=
  \prod_j (mu j `^ (- (r%:R * z / 2)) * (1 - z * (mu j - 1)) `^ (- (r%:R / 2))).

Definition factor_renyi (alpha : R) : R :=
  (\sum_j (- (r%:R / 2) * (alpha - 1) * ln (mu j)
           - r%:R / 2 * ln (1 - (alpha - 1) * (mu j - 1)))) / (alpha - 1).

(* As a function of the values of the normal variables. *)
Definition factor_loss (zeta : 'I_rho -> 'I_r -> R) : R :=
  - (r%:R / 2) * (\sum_j ln (mu j)) + 2^-1 * \sum_j (mu j - 1) * (\sum_k zeta j k ^+ 2).

Lemma factor_loss_weights z zeta :
  z * factor_loss zeta = - (r%:R * z / 2) * (\sum_j ln (mu j)) +
    \sum_(e : 'I_rho * 'I_r) (z * (mu e.1 - 1)) * zeta e.1 e.2 ^+ 2 / 2.
Proof.
rewrite /factor_loss mulrDr; congr (_ + _); first by field.
rewrite -(pair_bigA _ (fun j k => (z * (mu j - 1)) * zeta j k ^+ 2 / 2)) /= !mulr_sumr.
apply: eq_bigr => j _; rewrite !mulr_sumr; apply: eq_bigr => k _; by field.
Qed.

Lemma prod_pairs (c : 'I_rho -> R) :
  \prod_(e : 'I_rho * 'I_r) c e.1 = \prod_j c j ^+ r.
Proof.
rewrite -(pair_bigA _ (fun j k => c j)) /=; apply: eq_bigr => j _.
by rewrite prodr_const card_ord.
Qed.

Hypothesis mu0 : forall j, 0 < mu j.

Lemma factor_momentE z : (forall j, z * (mu j - 1) < 1) -> factor_moment z =
  expR (- (r%:R * z / 2) * \sum_j ln (mu j)) *
  \prod_(e : 'I_rho * 'I_r) (1 - z * (mu e.1 - 1)) `^ (- 2^-1).
Proof.
move=> zm; rewrite /factor_moment big_split /= (prod_pairs (fun j => (1 - z * (mu j - 1)) `^ (- 2^-1))); congr (_ * _).
  rewrite mulr_sumr (big_morph _ (@expRD R) (@expR0 R)); apply: eq_bigr => j _.
  by rewrite /powR gt_eqF.
apply: eq_bigr => j _; rewrite -powR_mulrn ?powR_ge0// -powRrM; congr (_ `^ _).
by field.
Qed.

Lemma ln_factor_moment z : (forall j, z * (mu j - 1) < 1) ->
  0 < factor_moment z /\
  ln (factor_moment z) = \sum_j (- (r%:R / 2) * z * ln (mu j) - r%:R / 2 * ln (1 - z * (mu j - 1))).
Proof.
move=> zm.
have e : factor_moment z =
    expR (\sum_j (- (r%:R / 2) * z * ln (mu j) - r%:R / 2 * ln (1 - z * (mu j - 1)))).
  rewrite (big_morph _ (@expRD R) (@expR0 R)); apply: eq_bigr => j _.
  have p : 0 < 1 - z * (mu j - 1) by rewrite subr_gt0.
  by rewrite /powR !gt_eqF// -expRD; congr expR; field.
by rewrite e expR_gt0 expRK.
Qed.

End formulas.

Section moments.
Context d (T : measurableType d) (R : realType) (P : probability T R) (r rho : nat).
Variables (zeta : 'I_rho -> 'I_r -> {RV P >-> R}) (mu : 'I_rho -> R).
Hypotheses (indep : mutually_independent (fun e : 'I_rho * 'I_r => zeta e.1 e.2))
  (normal : forall j k, has_law (zeta j k) (gaussian_law 1)) (mu0 : forall j, 0 < mu j).

Let L w := factor_loss mu (fun j k => zeta j k w).
Let X (e : 'I_rho * 'I_r) := zeta e.1 e.2.
Let normalX e : has_law (X e) (gaussian_law 1). Proof. exact: normal. Qed.

Let split_exp z : (\int[P]_w (expR (z * L w))%:E =
  (expR (- (r%:R * z / 2) * \sum_j ln (mu j)))%:E *
  \int[P]_w (expR (\sum_e (z * (mu e.1 - 1)) * X e w ^+ 2 / 2))%:E)%E.
Proof.
rewrite -ge0_integralZl//.
- by apply: eq_integral => w _; rewrite /L factor_loss_weights expRD EFinM.
- by apply/measurable_EFinP; exact: (measurable_exp_sum X (fun e => z * (mu e.1 - 1))).
- by move=> w _; rewrite lee_fin expR_ge0.
- by rewrite lee_fin expR_ge0.
Qed.

Theorem S24_moment z : (forall j, z * (mu j - 1) < 1) ->
  (\int[P]_w (expR (z * L w))%:E = (factor_moment r mu z)%:E)%E.
Proof.
move=> zm; rewrite split_exp (square_sum_moment indep normalX (w := fun e => z * (mu e.1 - 1)))//.
by rewrite factor_momentE.
Qed.

Theorem S24_moment_infinite z : (0 < r)%N -> (exists j, 1 <= z * (mu j - 1)) ->
  (\int[P]_w (expR (z * L w))%:E = +oo)%E.
Proof.
move=> r0 [j zj]; rewrite split_exp.
rewrite (square_sum_moment_infinite indep normalX (w := fun e => z * (mu e.1 - 1)) (i0 := (j, Ordinal r0)))//.
by rewrite gt0_muley// lte_fin expR_gt0.
Qed.

Theorem S24_renyi_of_loss alpha : 1 < alpha -> (forall j, (alpha - 1) * (mu j - 1) < 1) ->
  (((alpha - 1)^-1)%:E * ereal_ln (\int[P]_w (expR ((alpha - 1) * L w))%:E) =
   (factor_renyi r mu alpha)%:E)%E.
Proof.
move=> a1 am; rewrite S24_moment//=.
have [m0 ->] := ln_factor_moment r mu0 am.
by rewrite m0 -EFinM mulrC.
Qed.

Theorem S24_renyi_of_loss_infinite alpha : (0 < r)%N -> 1 < alpha ->
  (exists j, 1 <= (alpha - 1) * (mu j - 1)) ->
  (((alpha - 1)^-1)%:E * ereal_ln (\int[P]_w (expR ((alpha - 1) * L w))%:E) = +oo)%E.
Proof.
move=> r0 a1 am; rewrite S24_moment_infinite//=.
by rewrite gt0_muley// lte_fin invr_gt0 subr_gt0.
Qed.

End moments.

Section published.
Context (R : realType) (r : nat).

(* Item 7. *)
Theorem S24_published_bound (gamma alpha : R) : 1 < alpha -> alpha < gamma ->
  let mu (j : 'I_1) := (1 - gamma^-1)^-1 in
  (forall j, (alpha - 1) * (mu j - 1) < 1) /\
  factor_renyi r mu alpha =
    r%:R / (2 * (alpha - 1)) * ln ((1 - gamma^-1) `^ alpha / (1 - alpha / gamma)).
Proof.
move=> a1 ag mu; have g1 := lt_trans a1 ag; have g0 : 0 < gamma by rewrite (lt_trans ltr01).
have p : 0 < 1 - gamma^-1 by rewrite subr_gt0 invf_lt1.
have q : 0 < 1 - alpha / gamma by rewrite subr_gt0 ltr_pdivrMr// mul1r.
have e : 1 - (alpha - 1) * ((1 - gamma^-1)^-1 - 1) = (1 - alpha / gamma) / (1 - gamma^-1).
  field; rewrite gt_eqF//= subr_eq0 gt_eqF//.
split=> [j|]; first by rewrite -subr_gt0 /mu e divr_gt0.
rewrite /factor_renyi big_ord1 /mu e lnV ?posrE// !ln_div ?posrE ?powR_gt0// ln_powR.
by field; rewrite subr_eq0 gt_eqF.
Qed.

End published.
