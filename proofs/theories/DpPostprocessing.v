(* Post-processing and basic composition of differential privacy (definitions in DifferentialPrivacy.v).

   Post-processing by a measurable map f: the law of f(Y) is S |-> P (f^-1 S).
   Post-processing by a probability kernel k: the law of a draw from k(Y) is S |-> the integral of k x S by P.
   Composition: with k1, k2 kernels such that (k1 x, k2 x) is (eps', delta') for every x, the pair (Y, draw from k(Y)) has the
   law S |-> the integral of k x {y | (x, y) in S} by P; it is (eps + eps', delta + delta'). A constant kernel gives the
   product of measures: independent releases. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral kernel probability.
From LoraPrivacy Require Import DifferentialPrivacy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section definitions.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).

(* The law of a draw from k(Y), Y with law P. *)
Definition kernel_law (P : set T -> \bar R) (k : T -> set T' -> \bar R) (S : set T') : \bar R :=
  \int[P]_x k x S.

(* The joint law of Y and of a draw from k(Y). *)
Definition joint_law (P : set T -> \bar R) (k : T -> set T' -> \bar R) (S : set (T * T')) : \bar R :=
  \int[P]_x k x (xsection S x).

End definitions.

Section postprocessing.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Implicit Types (eps delta : R).

Theorem DP_postprocessing_map (P Q : probability T R) (f : T -> T') (mf : measurable_fun setT f)
    eps delta : dp_le eps delta P Q -> dp_le eps delta (pushforward P mf) (pushforward Q mf).
Proof.
by move=> h S mS; apply: h; rewrite -[X in measurable X]setTI; exact: mf.
Qed.

(* The uniform law on [0, 1] gives the half line below a the mass a. *)
Lemma uniform_prob_below (a : R) : (0 <= a <= 1)%R ->
  uniform_prob (@ltr01 R) [set u | (u < a)%R] = a%:E.
Proof.
move=> /andP[a0 a1].
set A := [set u | (u < a)%R].
have mA : measurable A.
  by rewrite (_ : A = `]-oo, a[%classic)//; apply/seteqP; split=> u /=; rewrite in_itv.
have -> : uniform_prob (@ltr01 R) A = \int[uniform_prob (@ltr01 R)]_x (\1_A x)%:E.
  by rewrite integral_indic// setIT.
rewrite integral_uniform; [|by apply/measurable_EFinP; exact: measurable_indic
  |by move=> x; rewrite lee_fin].
rewrite subr0 invr1 mul1e integral_indic//.
rewrite (_ : A `&` _ = `[0%R, a[%classic); last first.
  apply/seteqP; split=> u; rewrite /A /= !in_itv/=; first by move=> [-> /andP[-> _]].
  by move=> /andP[-> ua]; rewrite ua (le_trans (ltW ua)).
etransitivity; first exact: (lebesgue_measure_itv `[0%R, a[).
rewrite /= lte_fin sube0.
by case: ltgtP a0 => // <-.
Qed.

(* The same independent noise beside the release changes nothing. *)
Lemma dp_le_common_noise (P Q : probability T R) (N : probability T' R) eps delta :
  dp_le eps delta P Q -> dp_le eps delta (P \x N) (Q \x N).
Proof.
move=> h X mX.
have sw (M : probability T R) : (M \x N) X = (M \x^ N) X.
  apply: product_measure_unique => // A B mA mB.
  exact: product_measure2E.
rewrite !sw /product_measure2.
have mys (M : probability T R) : measurable_fun setT (M \o ysection X).
  exact: measurable_fun_ysection.
rewrite -ge0_integralZl//; last by rewrite lee_fin expR_ge0.
have d0 := dp_le_delta_ge0 h.
have -> : delta%:E = \int[N]_y delta%:E by rewrite integral_cst//= probability_setT mule1.
rewrite -ge0_integralD//.
- apply: ge0_le_integral => //.
  + by move=> y _; rewrite adde_ge0// mule_ge0// lee_fin expR_ge0.
  + by apply: emeasurable_funD => //; exact: measurable_funeM.
  + by move=> y _; apply: h; exact: measurable_ysection.
- by move=> y _; rewrite mule_ge0// lee_fin expR_ge0.
- exact: measurable_funeM.
Qed.

End postprocessing.

Section kernels.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Implicit Types (eps delta : R).

(* (eps, delta) for sets gives the same inequality for tests with values in [0, 1]. *)
Lemma dp_le_function (P Q : probability T R) (h : T -> R) eps delta :
  measurable_fun setT h -> (forall x, 0 <= h x <= 1)%R -> dp_le eps delta P Q ->
  \int[P]_x (h x)%:E <= (expR eps)%:E * \int[Q]_x (h x)%:E + delta%:E.
Proof.
move=> mh h01 pq.
pose U := [the probability _ R of uniform_prob (@ltr01 R)].
pose X : set (T * measurableTypeR R) := [set z | (z.2 < h z.1)%R].
have mX : measurable X.
  have h1 : measurable (setT `&` [set z : T * measurableTypeR R | z.2%:E < (h z.1)%:E]).
    apply: emeasurable_fun_lt => //; apply/measurable_EFinP; first exact: measurable_snd.
    by apply: measurableT_comp => //; exact: measurable_fst.
  by rewrite setTI in h1.
have E (M : probability T R) : (M \x U) X = \int[M]_x (h x)%:E.
  apply: eq_integral => x _ /=.
  rewrite -uniform_prob_below//; congr (uniform_prob _ _).
  by apply/seteqP; split=> u; rewrite /xsection/= inE.
by have := dp_le_common_noise U pq mX; rewrite !E.
Qed.

Lemma mass_one_le1 (N : {measure set T' -> \bar R}) S : N setT = 1 -> measurable S -> N S <= 1.
Proof. by move=> N1 mS; rewrite -N1 le_measure// inE. Qed.

Lemma mass_one_fin (N : {measure set T' -> \bar R}) S :
  N setT = 1 -> measurable S -> N S = (fine (N S))%:E.
Proof.
by move=> N1 mS; rewrite fineK// ge0_fin_numE// (le_lt_trans (mass_one_le1 N1 mS))// ltry.
Qed.

Lemma dp_le_kernel (P Q : probability T R) (k : R.-pker T ~> T') eps delta :
  dp_le eps delta P Q -> dp_le eps delta (kernel_law P (fun x => k x)) (kernel_law Q (fun x => k x)).
Proof.
move=> pq S mS; rewrite /kernel_law.
have mk : measurable_fun setT (fun x => k x S) by exact: measurable_kernel.
have fk x : k x S = (fine (k x S))%:E by apply: mass_one_fin => //; exact: prob_kernel.
under eq_integral do rewrite fk.
under [in leRHS]eq_integral do rewrite fk.
apply: dp_le_function => //.
- exact: measurableT_comp.
- by move=> x; rewrite -!lee_fin -fk measure_ge0 mass_one_le1//; exact: prob_kernel.
Qed.

Theorem DP_postprocessing_kernel (P Q : probability T R) (k : R.-pker T ~> T') eps delta :
  dp eps delta P Q -> dp eps delta (kernel_law P (fun x => k x)) (kernel_law Q (fun x => k x)).
Proof. by case=> pq qp; split; exact: dp_le_kernel. Qed.

(* The data-processing inequality: no kernel raises the curve. *)
Theorem DP_data_processing (P Q : probability T R) (k : R.-pker T ~> T') eps :
  privacy_curve (kernel_law P (fun x => k x)) (kernel_law Q (fun x => k x)) eps <= privacy_curve P Q eps.
Proof.
have fin : privacy_curve P Q eps \is a fin_num.
  rewrite ge0_fin_numE ?excess_ge0//.
  by rewrite (le_lt_trans (excess_le1 P Q (expR_ge0 eps)))// ltry.
have /dp_le_kernel h : dp_le eps (fine (privacy_curve P Q eps)) P Q.
  by apply/DP_iff_excess_le; rewrite fineK.
rewrite -(fineK fin); apply: ub_ereal_sup => _ [S mS <-].
have kfin (M : probability T R) : kernel_law M (fun x => k x) S \is a fin_num.
  rewrite ge0_fin_numE; last exact: integral_ge0.
  apply: (@le_lt_trans _ _ 1); last exact: ltry.
  have -> : 1 = \int[M]_x 1 :> \bar R by rewrite integral_cst//= probability_setT mule1.
  apply: ge0_le_integral => //; first exact: measurable_kernel.
  by move=> x _; apply: mass_one_le1 => //; exact: prob_kernel.
by rewrite leeBlDl; [exact: h|rewrite fin_numM].
Qed.

(* The core of composition: a <= exp(e2) b + d2 pointwise, for probabilities a and b. *)
Lemma dp_le_compose_functions (P Q : probability T R) (a b : T -> R) (e1 d1 e2 d2 : R) :
  measurable_fun setT a -> measurable_fun setT b ->
  (forall x, 0 <= a x <= 1)%R -> (forall x, 0 <= b x <= 1)%R -> (0 <= d2)%R ->
  (forall x, a x <= expR e2 * b x + d2)%R -> dp_le e1 d1 P Q ->
  \int[P]_x (a x)%:E <= (expR (e1 + e2))%:E * \int[Q]_x (b x)%:E + (d1 + d2)%:E.
Proof.
move=> ma mb a01 b01 d20 ab pq.
pose h (x : T) : R := (minr 1 (expR e2 * b x))%R.
have meb : measurable_fun setT (fun x => expR e2 * b x)%R by exact: measurable_funM.
have mh : measurable_fun setT h by exact: measurable_minr.
have eb0 x : (0 <= expR e2 * b x)%R.
  by rewrite mulr_ge0// ?expR_ge0//; have /andP[] := b01 x.
have h01 x : (0 <= h x <= 1)%R by rewrite /h le_min ler01 eb0 ge_min lexx.
have ah x : (a x <= h x + d2)%R.
  rewrite /h /minr; case: ifPn => _ //.
  by have /andP[_ a1] := a01 x; rewrite (le_trans a1)// lerDl.
have h0 x : 0 <= (h x)%:E by rewrite lee_fin; have /andP[] := h01 x.
have mEh : measurable_fun setT (fun x => (h x)%:E) by exact/measurable_EFinP.
have d2E : d2%:E = \int[P]_x d2%:E by rewrite integral_cst//= probability_setT mule1.
apply: (@le_trans _ _ (\int[P]_x (h x)%:E + d2%:E)).
  rewrite [in leRHS]d2E -ge0_integralD//.
  apply: ge0_le_integral => //.
  - by move=> x _; rewrite lee_fin; have /andP[] := a01 x.
  - exact/measurable_EFinP.
  - by move=> x _; rewrite adde_ge0.
  - exact: emeasurable_funD.
  - by move=> x _; rewrite -EFinD lee_fin.
rewrite EFinD addeA leeD2r//; apply: le_trans (dp_le_function mh h01 pq) _.
rewrite leeD2r// expRD EFinM -muleA lee_wpmul2l ?lee_fin ?expR_ge0//.
rewrite -ge0_integralZl//; first last.
- by rewrite lee_fin expR_ge0.
- by move=> x _; rewrite lee_fin; have /andP[] := b01 x.
- exact/measurable_EFinP.
apply: ge0_le_integral => //.
- by move=> x _; rewrite -EFinM lee_fin.
- by apply/measurable_EFinP.
- by move=> x _; rewrite -EFinM lee_fin /h ge_min lexx orbT.
Qed.

(* The second release, drawn from k x once the first is x. *)
Lemma dp_le_joint (P Q : probability T R) (k k' : T -> {measure set T' -> \bar R}) (e1 d1 e2 d2 : R) :
  (forall x, k x setT = 1) -> (forall x, k' x setT = 1) ->
  (forall S, measurable S -> measurable_fun setT (fun x => k x (xsection S x))) ->
  (forall S, measurable S -> measurable_fun setT (fun x => k' x (xsection S x))) ->
  (0 <= d2)%R -> dp_le e1 d1 P Q -> (forall x, dp_le e2 d2 (k x) (k' x)) ->
  dp_le (e1 + e2) (d1 + d2) (joint_law P (fun x => k x)) (joint_law Q (fun x => k' x)).
Proof.
move=> k1 k1' mk mk' d20 pq kk' S mS; rewrite /joint_law.
have mx x : measurable (xsection S x) by exact: measurable_xsection.
have fk x : k x (xsection S x) = (fine (k x (xsection S x)))%:E by exact: mass_one_fin.
have fk' x : k' x (xsection S x) = (fine (k' x (xsection S x)))%:E by exact: mass_one_fin.
under eq_integral do rewrite fk.
under [in leRHS]eq_integral do rewrite fk'.
apply: dp_le_compose_functions => //.
- by apply: measurableT_comp => //; exact: mk.
- by apply: measurableT_comp => //; exact: mk'.
- by move=> x; rewrite -!lee_fin -fk measure_ge0 mass_one_le1.
- by move=> x; rewrite -!lee_fin -fk' measure_ge0 mass_one_le1.
- by move=> x; rewrite -lee_fin EFinD EFinM -fk -fk'; exact: kk'.
Qed.

(* Basic composition, adaptive: the second release may depend on the first. *)
Theorem DP_composition (P Q : probability T R) (k k' : R.-pker T ~> T') (e1 d1 e2 d2 : R) :
  (0 <= d2)%R -> dp e1 d1 P Q -> (forall x, dp e2 d2 (k x) (k' x)) ->
  dp (e1 + e2) (d1 + d2) (joint_law P (fun x => k x)) (joint_law Q (fun x => k' x)).
Proof.
have mk (l : R.-pker T ~> T') S : measurable S ->
    measurable_fun setT (fun x => l x (xsection S x)).
  by move=> mS; apply: measurable_fun_xsection_finite_kernel; rewrite inE.
move=> d20 [pq qp] kk.
by split; apply: dp_le_joint => //; (try exact: mk); (try exact: prob_kernel) => x; have [] := kk x.
Qed.

(* Basic composition of independent releases: product measures. *)
Theorem DP_composition_product (P Q : probability T R) (P' Q' : probability T' R) (e1 d1 e2 d2 : R) :
  dp e1 d1 P Q -> dp e2 d2 P' Q' -> dp (e1 + e2) (d1 + d2) (P \x P') (Q \x Q').
Proof.
move=> [pq qp] [pq' qp']; have d20 := dp_le_delta_ge0 pq'.
have mk (N : probability T' R) (S : set (T * T')) : measurable S ->
    measurable_fun setT (fun x => N (xsection S x)).
  exact: measurable_fun_xsection.
have one (N : probability T' R) : N setT = 1 by exact: probability_setT.
by split; [apply: (@dp_le_joint P Q (fun=> P') (fun=> Q') e1 d1 e2 d2) |
           apply: (@dp_le_joint Q P (fun=> Q') (fun=> P') e1 d1 e2 d2)] => // *; first [exact: one|exact: mk].
Qed.

End kernels.
