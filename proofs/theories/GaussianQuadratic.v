(* The exponential moment of the square of a standard normal variable, N(0, 1) = normal_prob 0 1.

     E e^(w x^2 / 2) = (1 - w)^(-1/2) for w < 1, and +oo for w >= 1.

   For w < 1, e^(w x^2 / 2) phi(x) is (1 - w)^(-1/2) times the density of N(0, 1 / (1 - w)); for w >= 1 it is at least the
   constant phi(0) > 0, whose integral over the line is infinite. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import GaussianDensity GaussianMoments.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section square.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).
Notation N := (normal_prob 0 1 : probability _ R).

Lemma measurable_exp_square (w : R) : measurable_fun setT (fun x : R => expR (w * x ^+ 2 / 2)).
Proof.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurable_funM => //; apply: measurable_funM => //; exact: exprn_measurable.
Qed.

Lemma normal_square_moment (w : R) : w < 1 ->
  (\int[N]_x (expR (w * x ^+ 2 / 2))%:E = ((1 - w) `^ (- 2^-1))%:E)%E.
Proof.
move=> w1; have u0 : 0 < 1 - w by rewrite subr_gt0.
pose s : R := (Num.sqrt (1 - w))^-1.
have s0 : s != 0 by rewrite invr_eq0 gt_eqF// sqrtr_gt0.
have s2 : s ^+ 2 = (1 - w)^-1 by rewrite exprVn sqr_sqrtr// ltW.
have sE : (1 - w) `^ (- 2^-1) = s by rewrite powRN powR12_sqrt// ltW.
have s_ge0 : 0 <= s by rewrite invr_ge0 sqrtr_ge0.
rewrite ge0_integral_normal; last 2 first.
- by apply/measurable_EFinP; exact: measurable_exp_square.
- by move=> x; rewrite lee_fin expR_ge0.
transitivity (s%:E * \int[mu]_x (normal_pdf 0 s x)%:E)%E; last by rewrite integral_normal_pdf mule1 sE.
rewrite -ge0_integralZl; [|exact: measurableT| | |]; first last.
- by rewrite lee_fin.
- by move=> x _; rewrite lee_fin normal_pdf_ge0.
- by apply/measurable_EFinP; exact: measurable_normal_pdf.
apply: eq_integral => x _; rewrite -!EFinM; congr EFin.
rewrite /normal_pdf oner_eq0 (negbTE s0) !subr0 s2 expr1n mul1r.
have -> : Num.sqrt ((1 - w)^-1 * pi *+ 2) = s * Num.sqrt (pi *+ 2).
  by rewrite -mulrnAr sqrtrM ?invr_ge0 ?(ltW u0)// sqrtrV// ltW.
rewrite invfM mulrCA -expRD !mulrA mulfV// mul1r; congr (_ * expR _).
by field; rewrite gt_eqF.
Qed.

Lemma normal_square_moment_infinite (w : R) : 1 <= w ->
  (\int[N]_x (expR (w * x ^+ 2 / 2))%:E = +oo)%E.
Proof.
move=> w1; rewrite ge0_integral_normal; last 2 first.
- by apply/measurable_EFinP; exact: measurable_exp_square.
- by move=> x; rewrite lee_fin expR_ge0.
pose c : R := (Num.sqrt (1 ^+ 2 * pi *+ 2))^-1.
have c0 : 0 < c by rewrite invr_gt0 sqrtr_gt0 mulrn_wgt0// mulr_gt0 ?pi_gt0// exprn_gt0.
apply/eqP; rewrite -leye_eq; apply: (@le_trans _ _ (\int[mu]_x c%:E)%E).
  rewrite integral_cst//= (_ : mu setT = +oo%E); first by rewrite gt0_muley// lte_fin.
  by rewrite -set_itv_infty_infty; exact: (lebesgue_measure_itv `]-oo, +oo[).
apply: ge0_le_integral => //.
- by move=> x _; rewrite lee_fin ltW.
- by move=> x _; rewrite -EFinM lee_fin mulr_ge0 ?expR_ge0 ?normal_pdf_ge0.
- apply/measurable_EFinP; apply: measurable_funM; first exact: measurable_exp_square.
  exact: measurable_normal_pdf.
- move=> x _; rewrite -EFinM lee_fin /normal_pdf oner_eq0 subr0 -/c mulrCA ler_peMr ?(ltW c0)//.
  rewrite -expRD -[leLHS]expR0 ler_expR expr1n.
  have := sqr_ge0 x; nra.
Qed.

Lemma normal_square_integrable (w : R) : w < 1 ->
  N.-integrable setT (fun x : R => (expR (w * x ^+ 2 / 2))%:E).
Proof.
move=> w1; apply/integrableP; split; first by apply/measurable_EFinP; exact: measurable_exp_square.
under eq_integral do rewrite gee0_abs ?lee_fin ?expR_ge0//.
by rewrite normal_square_moment// ltry.
Qed.

End square.
