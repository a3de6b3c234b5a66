(* S11: the exact privacy curve of the product release as one integral.

   q, q' are nonzero row vectors of m numbers, P, P' the laws of q A^T A and q' A^T A, theta their angle,
   lambda = |q|/|q'|. Proved here, for every real eps, with the functions of ConditionalLoss.v:

     0 < theta < pi: privacy_curve P P' eps = int over psi in ]-pi/2, pi/2[ of S11_integrand(psi);
     q = lambda q' (theta = 0), with a = N/2, c = eps + a ln lambda, x = c/(lambda - 1), x+ = max(x, 0):
       privacy_curve P P' eps = Q(a, x+) - e^eps Q(a, x+ lambda) if lambda > 1,
                                P(a, x) - e^eps P(a, x lambda) if lambda < 1 and c < 0, and 0 if c >= 0,
                                max(1 - e^eps, 0) if lambda = 1;
     q = -lambda q' (theta = pi): P and P' are perfectly distinguishable and privacy_curve P P' eps = 1. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import EntryLaws MatrixSpace ProjectionRelease GaussianMatrix OrthogonalMaps LebesgueVector.
From LoraPrivacy Require Import SketchLaw NormalMixture SketchDensity JointDensity.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral GammaLaw ChiSquare PolarLaw LossTail ConditionalLoss PlaneReduction.
From LoraPrivacy Require Import SketchExpectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section curve.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation chi n s := (chi_density n s)%:E.
Local Open Scope ereal_scope.

Variable r : nat.
Hypothesis r_gt0 : (0 < r)%N.

(* The conditional expectation, h of any sign. *)
Lemma conditional_value m lambda eps (h : R) : (0 < m)%N -> (0 < lambda)%R ->
  \int[mu]_s ((hockey_value r m lambda eps (h, s))%:E * chi (degrees r m) s) =
  (conditional_delta r m lambda eps h)%:E.
Proof.
move=> m0 l0; rewrite /hockey_value /=; case: (leP h 0%R) => h0.
  under eq_integral do rewrite mul1e.
  by rewrite chi_density_integral ?degrees_gt0// /conditional_delta h0.
rewrite -S11_conditional//; apply: eq_integral => s _; by rewrite -EFinM mulrC.
Qed.

Lemma angle_in_dimension_one (q q' : 'rV[R]_1) : q != 0%R -> q' != 0%R ->
  row_angle q q' = 0%R \/ row_angle q q' = pi.
Proof.
move=> q0 q'0; rewrite -row_norm_gt0 in q0; rewrite -row_norm_gt0 in q'0.
have sq (x : 'rV[R]_1) : (row_norm x = `|x ord0 ord0|)%R.
  by rewrite /row_norm /row_norm2 big_ord1 sqrtr_sqr.
have -> : row_angle q q' = acos (q ord0 ord0 * q' ord0 ord0 / `|q ord0 ord0 * q' ord0 ord0|).
  by rewrite /row_angle !sq normrM /row_dot big_ord1.
have : (q ord0 ord0 * q' ord0 ord0 != 0)%R.
  by rewrite -normr_eq0 normrM -!sq mulf_neq0// gt_eqF.
move: (_ * _)%R => t; case: (ltrgtP t 0%R) => // t0 _.
  by right; rewrite ltr0_norm// invrN mulrN divff ?lt_eqF// acosN1.
by left; rewrite gtr0_norm// divff ?gt_eqF// acos1.
Qed.

Lemma angle_dimension m (q q' : 'rV[R]_m) : q != 0%R -> q' != 0%R ->
  (0 < row_angle q q' < pi)%R -> exists p, m = (1 + p.+1)%N.
Proof.
case: m q q' => [|[|p]] q q' q0 q'0 => [|/andP[a b]|_]; last by exists p.
  by move: q0; rewrite (thinmx0 q) eqxx.
by case: (angle_in_dimension_one q0 q'0) => e; move: a b; rewrite e ltxx.
Qed.

Theorem S11_curve m (q q' : 'rV[R]_m) (eps : R) : q != 0%R -> q' != 0%R ->
  (0 < row_angle q q' < pi)%R ->
  privacy_curve (sketch_law q r) (sketch_law q' r) eps =
  \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
    (S11_integrand r m (row_norm q / row_norm q') (row_angle q q') eps psi)%:E.
Proof.
move=> q0 q'0 th; have [p mp] := angle_dimension q0 q'0 th.
move: q q' q0 q'0 th; rewrite mp => q q' q0 q'0 th.
have l0 : (0 < row_norm q / row_norm q')%R by rewrite divr_gt0// row_norm_gt0.
rewrite (curve_expectation r_gt0 eps q0 q'0).
pose K z := (hockey_value r (1 + p.+1) (row_norm q / row_norm q') eps z)%:E.
have mK : measurable_fun setT K by apply/measurable_EFinP; exact: measurable_hockey_value.
have K0 z : 0 <= K z by rewrite lee_fin hockey_value_ge0.
apply: (eq_trans (expectation_by_angle r_gt0 q0 q'0 mK K0)).
apply: eq_integral => psi; rewrite inE /= in_itv /= => psi_in.
have c0 : cos psi != 0%R by rewrite gt_eqF// cos_gt0_pihalf.
by rewrite /K conditional_value// -EFinM S11_integrandE// mulrC.
Qed.

(* theta = 0: q = lambda q'. *)
Theorem S11_scaling m (q q' : 'rV[R]_m) (lambda eps : R) : (0 < lambda)%R -> q' != 0%R ->
  q = (lambda *: q')%R ->
  let a := loss_a r m in
  let c := (eps + a * ln lambda)%R in
  let x := (c / (lambda - 1))%R in
  privacy_curve (sketch_law q r) (sketch_law q' r) eps =
  (if 1 < lambda then
     gamma_Q a (maxr x 0) - expR eps * gamma_Q a (maxr x 0 * lambda)
   else if lambda < 1 then
     if c < 0 then gamma_P a x - expR eps * gamma_P a (x * lambda) else 0
   else maxr (1 - expR eps) 0)%R%:E.
Proof.
move=> l0 q'0 qE a c x; have q0 : q != 0%R by rewrite qE scaler_eq0 negb_or gt_eqF.
have m0 : (0 < m)%N by case: m q q' q'0 {a c x} q0 qE => // ? q'; rewrite (thinmx0 q') eqxx.
have n0 : (row_norm q' != 0)%R by rewrite row_norm_eq0.
have lE : (row_norm q / row_norm q' = lambda)%R by rewrite qE row_normZ gtr0_norm// mulfK.
rewrite (curve_expectation r_gt0 eps q0 q'0).
pose K z := (hockey_value r m (row_norm q / row_norm q') eps z)%:E.
have mK : measurable_fun setT K by apply/measurable_EFinP; exact: measurable_hockey_value.
have K0 z : 0 <= K z by rewrite lee_fin hockey_value_ge0.
apply: (eq_trans (expectation_parallel r_gt0 l0 q'0 qE mK K0)); rewrite /K.
rewrite conditional_value ?lE//; congr EFin.
rewrite /conditional_delta ler10 ln1 mulr0 addr0 divr1 expr1n !mulr1 -/a -/c -/x.
by case: (ltrgtP lambda 1%R) => // l1; rewrite /c l1 ln1 mulr0 addr0.
Qed.

(* No y with <y,q> <= 0 under P. *)
Lemma sketch_null m (q : 'rV[R]_m) (S : set (matrix_space R 1 m)) : q != 0%R -> measurable S ->
  (forall y, S y -> (row_dot (y : 'rV[R]_m) q <= 0)%R) -> sketch_law q r S = 0.
Proof.
move=> q0 mS Sq; have [_ _ ->//] := S8_joint_density r_gt0 q0.
by apply: integral0_eq => y /Sq h; rewrite /sketch_density ltNge h.
Qed.

Lemma measurable_half_space m (q : 'rV[R]_m) :
  measurable ([set y | (row_dot (y : 'rV[R]_m) q <= 0)%R] : set (matrix_space R 1 m)).
Proof.
have := @measurable_row_dot R m q measurableT _ (measurable_itv `]-oo, 0%R]).
rewrite setTI (_ : _ @^-1` _ = [set y | (row_dot (y : 'rV[R]_m) q <= 0)%R])//.
Qed.

(* theta = pi: q = - lambda q'. *)
Theorem S11_opposite m (q q' : 'rV[R]_m) (lambda eps : R) : (0 < lambda)%R -> q' != 0%R ->
  q = (- lambda *: q')%R ->
  perfectly_distinguishable (sketch_law q r) (sketch_law q' r) /\
  privacy_curve (sketch_law q r) (sketch_law q' r) eps = 1.
Proof.
move=> l0 q'0 qE; have q0 : q != 0%R by rewrite qE scaler_eq0 negb_or oppr_eq0 gt_eqF.
have mS := @measurable_half_space m q'.
have pd : perfectly_distinguishable (sketch_law q r) (sketch_law q' r).
  exists [set y | (row_dot (y : 'rV[R]_m) q' <= 0)%R]; split => //; last first.
    by apply: sketch_null => // y.
  rewrite -[X in sketch_law q r X]setCK probability_setC; last exact: measurableC.
  rewrite sketch_null ?sube0//; first exact: measurableC.
  move=> y /= /negP; rewrite -ltNge => h.
  by rewrite qE row_dotZr mulNr oppr_le0 mulr_ge0// ltW.
by split=> //; have [] := perfectly_distinguishable_curve eps pd.
Qed.

End curve.
