(* The moments of the library's normal law N(0, s^2), s <> 0, written normal_prob 0 s.

     every power x^n is integrable;
     E x^n = 0 for odd n;
     E x^(2n) = s^(2n) * (1 * 3 * ... * (2n - 1));
     in particular E x = 0, E x^2 = s^2, E x^3 = 0, E x^4 = 3 s^4. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import GaussianDensity.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section moments.
Context {R : realType}.
Variable s : R.
Hypothesis s_neq0 : s != 0.
Notation phi := (normal_pdf 0 s).
Notation mu := (@lebesgue_measure R).
Notation N := (normal_prob 0 s : probability _ R).
Local Open Scope ereal_scope.

(* The expectation of a nonnegative function is its integral against the density. *)
Lemma ge0_integral_normal (f : R -> \bar R) : measurable_fun setT f ->
  (forall x, 0 <= f x) -> \int[N]_x f x = \int[mu]_x (f x * (phi x)%:E).
Proof.
move=> mf f0.
have dom : N `<< mu by exact: normal_prob_dominates.
have mphi : measurable_fun setT (EFin \o phi).
  by apply/measurable_EFinP; exact: measurable_normal_pdf.
rewrite -(@Radon_Nikodym_SigmaFinite.change_of_variables _ _ _ N mu)//.
have iRN := Radon_Nikodym_SigmaFinite.f_integrable dom.
have mRN := measurable_int _ iRN.
apply: ae_eq_integral => //; first exact: emeasurable_funM.
  exact: emeasurable_funM.
have ae : ae_eq mu setT (Radon_Nikodym_SigmaFinite.f N mu) (EFin \o phi).
  apply: integral_ae_eq => // E _ mE.
  by rewrite -Radon_Nikodym_SigmaFinite.f_integral.
by apply: filterS ae => x H Dx; rewrite H.
Qed.

Lemma even_moment n : ~~ odd n ->
  \int[N]_x (x ^+ n)%:E = 2%:E * half_moment s n.
Proof.
move=> en; have pow_ge0 (x : R) : (0 <= x ^+ n)%R by rewrite exprn_even_ge0.
rewrite ge0_integral_normal; last 2 first.
- by apply/measurable_EFinP; exact: exprn_measurable.
- by move=> x; rewrite lee_fin.
under eq_integral do rewrite -EFinM.
rewrite ge0_symfun_integralT.
- by rewrite -set_itv_c_infty.
- by move=> x; rewrite mulr_ge0 ?normal_pdf_ge0.
- by move=> x; exact: continuous_monomial_density.
- by move=> x /=; rewrite density_even// exprNn -signr_odd (negbTE en) expr0 mul1r.
Qed.

(* 1 * 3 * ... * (2 n - 1) *)
Definition odd_product n : R := (\prod_(i < n) (i.*2.+1)%:R)%R.

Theorem normal_even_moment n :
  \int[N]_x (x ^+ n.*2)%:E = (s ^+ n.*2 * odd_product n)%:E.
Proof.
rewrite even_moment ?odd_double//.
have -> : half_moment s n.*2 = (2^-1 * (s ^+ n.*2 * odd_product n))%:E.
  elim: n => [|n ih]; first by rewrite half_moment0// /odd_product big_ord0 !mulr1.
  rewrite doubleS (half_moment_step s_neq0 ih) /odd_product big_ord_recr /= !exprS.
  by congr EFin; ring.
by rewrite -EFinM mulrA divff// mul1r.
Qed.

Theorem normal_integrable_power n : N.-integrable setT (fun x => (x ^+ n)%:E).
Proof.
have even k : N.-integrable setT (fun x => (x ^+ k.*2)%:E).
  apply/integrableP; split; first by apply/measurable_EFinP; exact: exprn_measurable.
  under eq_integral => x _ do rewrite gee0_abs ?lee_fin ?exprn_even_ge0 ?odd_double//.
  by rewrite normal_even_moment ltry.
apply: (@le_integrable _ _ _ N setT _ _ (fun x => (x ^+ 0.*2)%:E + (x ^+ n.*2)%:E)) => //.
- by apply/measurable_EFinP; exact: exprn_measurable.
- move=> x _; rewrite /= lee_fin double0 expr0.
  have p0 : (0 <= x ^+ n.*2)%R by rewrite exprn_even_ge0 ?odd_double.
  rewrite [leRHS]ger0_norm ?addr_ge0// -muln2 exprM.
  have := sqr_ge0 (`|x ^+ n| - 1)%R; rewrite -(real_normK (num_real (x ^+ n))).
  nra.
- by apply: integrableD => //; exact: even.
Qed.

Theorem normal_odd_moment n : odd n -> \int[N]_x (x ^+ n)%:E = 0.
Proof.
move=> on; have mpow : measurable_fun setT (fun x : R => (x ^+ n)%:E).
  by apply/measurable_EFinP; exact: exprn_measurable.
have pos : \int[N]_x ((fun x : R => (x ^+ n)%:E)^\+ x) = half_moment s n.
  rewrite ge0_integral_normal//; last exact: measurable_funepos.
  rewrite /half_moment [RHS]integral_mkcond; apply: eq_integral => x _.
  rewrite patchE funeposE; case: ifPn; rewrite ?inE ?notin_setE /= in_itv /= andbT.
    by move=> x0; rewrite max_l ?lee_fin ?exprn_ge0// EFinM.
  move=> /negP; rewrite -ltNge => x0; rewrite max_r ?mul0e// lee_fin.
  by rewrite exprn_odd_le0// ltW.
have neg : \int[N]_x ((fun x : R => (x ^+ n)%:E)^\- x) = half_moment s n.
  rewrite ge0_integral_normal//; last exact: measurable_funeneg.
  transitivity (\int[mu]_(x in `]-oo, (- 0)%R]) (- (x ^+ n * phi x))%:E).
    rewrite [RHS]integral_mkcond; apply: eq_integral => x _.
    rewrite patchE funenegE; case: ifPn; rewrite ?inE ?notin_setE /= in_itv /= oppr0.
      by move=> x0; rewrite max_l ?lee_fin ?oppr_ge0 ?exprn_odd_le0// -EFinM mulNr.
    move=> /negP; rewrite -ltNge => x0; rewrite max_r ?mul0e// lee_fin.
    by rewrite oppr_le0 exprn_ge0// ltW.
  rewrite ge0_integration_by_substitutionNy.
  - apply: eq_integral => x _ /=; rewrite density_even//.
    by rewrite exprNn -signr_odd on expr1 mulN1r mulNr opprK.
  - apply: continuous_subspaceT => x; apply: cvgN.
    exact: continuous_monomial_density.
  - move=> x; rewrite in_itv /= oppr0 => x0.
    by rewrite oppr_ge0 mulr_le0_ge0 ?normal_pdf_ge0// exprn_odd_le0// ltW.
have fin : half_moment s n \is a fin_num.
  rewrite -pos; apply: integrable_pos_fin_num => //.
  exact: normal_integrable_power.
by rewrite integralE pos neg subee.
Qed.

Theorem normal_moment1 : \int[N]_x x%:E = 0.
Proof. by have := @normal_odd_moment 1 isT; under eq_integral do rewrite expr1. Qed.

Theorem normal_moment2 : \int[N]_x (x ^+ 2)%:E = (s ^+ 2)%:E.
Proof.
by rewrite (normal_even_moment 1) /odd_product big_ord_recr big_ord0 /= !mulr1.
Qed.

Theorem normal_moment3 : \int[N]_x (x ^+ 3)%:E = 0.
Proof. exact: normal_odd_moment. Qed.

Theorem normal_moment4 : \int[N]_x (x ^+ 4)%:E = (3 * s ^+ 4)%:E.
Proof.
rewrite (normal_even_moment 2) /odd_product !big_ord_recr big_ord0 /= !mul1r.
by rewrite mulrC.
Qed.

End moments.
