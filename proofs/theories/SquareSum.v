(* The exponential moment of a weighted sum of squares of independent standard normal variables X_i:

     E e^(sum_i w_i X_i^2 / 2) = prod_i (1 - w_i)^(-1/2) if all w_i < 1, and +oo if one w_i >= 1.

   For the latter, lower that weight to 1 - 1/n^2 and the others to at most 0: the expectation is at least n times a positive
   constant, for every n. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint archimedean interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import Independence EntryLaws GaussianQuadratic.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(* Integrals by N(0, s^2), on the two copies of the real line. *)
Lemma ge0_integral_gaussian_law (R : realType) (v s : R) (f : R -> \bar R) : Num.sqrt v = s ->
  measurable_fun setT f -> (forall x, 0 <= f x)%E ->
  (\int[gaussian_law v]_x f x = \int[normal_prob 0 s : probability _ R]_x f x)%E.
Proof. by move=> <- mf f0; exact: (ge0_integral_distribution (@to_real R) mf f0). Qed.

Section squares.
Context d (T : measurableType d) (R : realType) (P : probability T R).
Variables (I : finType) (X : I -> {RV P >-> R}).
Hypotheses (indep : mutually_independent X) (normal : forall i, has_law (X i) (gaussian_law 1)).
Implicit Types (w : I -> R).

Lemma expectation_exp_square i (w : R) : w < 1 ->
  P.-integrable setT (fun t => (expR (w * X i t ^+ 2 / 2))%:E) /\
  (\int[P]_t (expR (w * X i t ^+ 2 / 2))%:E = ((1 - w) `^ (- 2^-1))%:E)%E.
Proof.
move=> w1.
have mf : measurable_fun setT (fun x : R => (expR (w * x ^+ 2 / 2))%:E).
  by apply/measurable_EFinP; exact: measurable_exp_square.
have E : (\int[gaussian_law 1]_x (expR (w * x ^+ 2 / 2))%:E = ((1 - w) `^ (- 2^-1))%:E)%E.
  rewrite (ge0_integral_gaussian_law (sqrtr1 R))//; first exact: normal_square_moment.
  by move=> x; rewrite lee_fin expR_ge0.
rewrite -E; apply: (@integral_law _ _ _ P (X i) (gaussian_law 1) (fun x => (expR (w * x ^+ 2 / 2))%:E)) => //.
apply/integrableP; split => //.
by under eq_integral do rewrite gee0_abs ?lee_fin ?expR_ge0//; rewrite E ltry.
Qed.

Lemma exp_sum_squares w t :
  expR (\sum_i w i * X i t ^+ 2 / 2) = \prod_i expR (w i * X i t ^+ 2 / 2).
Proof. by rewrite (big_morph _ (@expRD R) (@expR0 R)). Qed.

Theorem square_sum_moment w : (forall i, w i < 1) ->
  (\int[P]_t (expR (\sum_i w i * X i t ^+ 2 / 2))%:E = (\prod_i (1 - w i) `^ (- 2^-1))%:E)%E.
Proof.
move=> w1; under eq_integral do rewrite exp_sum_squares.
rewrite (independent_expectation_prod indep (h := fun i x => expR (w i * x ^+ 2 / 2))).
- rewrite (big_morph EFin EFinM (erefl 1%E)); apply: eq_bigr => i _.
  exact: (expectation_exp_square i (w1 i)).2.
- by move=> i; exact: measurable_exp_square.
- by move=> i; exact: (expectation_exp_square i (w1 i)).1.
Qed.

Lemma measurable_exp_sum w : measurable_fun setT (fun t => expR (\sum_i w i * X i t ^+ 2 / 2)).
Proof.
under eq_fun do rewrite exp_sum_squares.
apply: (@measurable_prod_comp _ _ _ _ I X xpredT (fun i x => expR (w i * x ^+ 2 / 2))) => i.
exact: measurable_exp_square.
Qed.

Theorem square_sum_moment_infinite w i0 : 1 <= w i0 ->
  (\int[P]_t (expR (\sum_i w i * X i t ^+ 2 / 2))%:E = +oo)%E.
Proof.
move=> w1; pose w' n i : R := if i == i0 then 1 - n.+1%:R ^- 2 else minr (w i) 0.
have w'1 n i : w' n i < 1.
  rewrite /w'; case: eqP => _; last by rewrite gt_min ltr01 orbT.
  by rewrite ltrBlDr ltrDl invr_gt0 exprn_gt0.
have w'w n i : w' n i <= w i.
  rewrite /w'; case: eqP => [->|_]; last by rewrite ge_min lexx.
  by apply: le_trans w1; rewrite lerBlDr lerDl invr_ge0 exprn_ge0.
pose c := \prod_(i | i != i0) (1 - minr (w i) 0) `^ (- 2^-1).
have c0 : 0 < c.
  by apply: prodr_gt0 => i _; rewrite powR_gt0// subr_gt0 gt_min ltr01 orbT.
have below n : ((n.+1%:R * c)%:E <= \int[P]_t (expR (\sum_i w i * X i t ^+ 2 / 2))%:E)%E.
  have -> : ((n.+1%:R * c)%:E = \int[P]_t (expR (\sum_i w' n i * X i t ^+ 2 / 2))%:E)%E.
    rewrite square_sum_moment// (bigD1 i0)//=; congr (_ * _)%:E.
      rewrite /w' eqxx opprB addrC subrK -exprVn powRN powR12_sqrt ?sqr_ge0//.
      by rewrite sqrtr_sqr ger0_norm ?invr_ge0// invrK.
    by apply: eq_bigr => i /negbTE ii0; rewrite /w' ii0.
  apply: ge0_le_integral => //.
  - by move=> t _; rewrite lee_fin expR_ge0.
  - by apply/measurable_EFinP; exact: measurable_exp_sum.
  - by move=> t _; rewrite lee_fin expR_ge0.
  - by apply/measurable_EFinP; exact: measurable_exp_sum.
  - move=> t _; rewrite lee_fin ler_expR; apply: ler_sum => i _.
    by rewrite ler_wpM2r// ler_wpM2r// sqr_ge0.
case E : (\int[P]_t _)%E below => [s| |] // below; exfalso.
- have [n sn] : exists n : nat, s < n.+1%:R * c.
    have s0 : 0 <= s by have := below 0%N; rewrite lee_fin mul1r; apply: le_trans; exact: ltW.
    exists (Num.bound (s / c)); rewrite -ltr_pdivrMr//.
    have h : s / c < (Num.bound (s / c))%:R by apply: archi_boundP; rewrite divr_ge0// ltW.
    by rewrite (lt_trans h)// ltr_nat.
  by have := below n; rewrite lee_fin leNgt sn.
- by have := below 0%N; rewrite leNgt ltNyr.
Qed.

End squares.
