(* S10: the law of the privacy loss of the product release, 0 < theta < pi.

   L(y) = ln(f_q(y)/f_q'(y)) with the densities of S8 where <y,q'> > 0, and +oo where <y,q'> <= 0 (CurveFloor.v has the
   probability of this). Proved here: for every measurable F >= 0,

     E[F(L); L < oo] = int over psi in ]-pi/2, pi/2[ with h > 0 of C_r cos^(r-1) psi E F(product_loss(h, X)),

   h = cos theta + sin theta tan psi, X ~ chi-square with N = r + m - 1 degrees of freedom:
   L is -k ln h - a ln lambda + (X/2)(lambda/h - 1) with X and h independent. *)
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
From LoraPrivacy Require Import SketchExpectation PrivacyCurve.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section law.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation chi n s := (chi_density n s)%:E.
Local Open Scope ereal_scope.

Variable r : nat.
Hypothesis r_gt0 : (0 < r)%N.

(* S10: the law of the loss L = ln(f_q/f_q') where it is finite; P(L = +oo) is S12_floor. *)
Theorem S10_law_of_loss m (q q' : 'rV[R]_m) (F : R -> \bar R) : q != 0%R -> q' != 0%R ->
  (0 < row_angle q q' < pi)%R -> measurable_fun setT F -> (forall x, 0 <= F x) ->
  let f := @sketch_density R r m in
  \int[sketch_law q r]_y
    (if (row_dot (y : 'rV[R]_m) q' <= 0)%R then 0 else F (ln (f q y / f q' y))) =
  \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
    ((\int[mu]_X
       ((if (cos (row_angle q q') + sin (row_angle q q') * tan psi <= 0)%R then 0 else
         F (product_loss r m (row_norm q / row_norm q')
              (cos (row_angle q q') + sin (row_angle q q') * tan psi) X)) * chi (degrees r m) X)) *
     (angle_constant r * cos psi ^+ r.-1)%:E).
Proof.
move=> q0 q'0 th mF F0 f; have [p mp] := angle_dimension q0 q'0 th.
move: q q' q0 q'0 th @f; rewrite mp => q q' q0 q'0 th f.
set lambda := (row_norm q / row_norm q')%R.
have l0 : (0 < lambda)%R by rewrite divr_gt0// row_norm_gt0.
pose K (z : R * R) : \bar R := if (z.1 <= 0)%R then 0 else F (product_loss r (1 + p.+1) lambda z.1 z.2).
have mK : measurable_fun setT K.
  apply: measurable_fun_ifT => //=; first by apply: measurable_fun_ler => //; exact: measurable_fst.
  by apply: (measurableT_comp mF); exact: measurable_product_loss.
have K0 z : 0 <= K z by rewrite /K; case: ifP.
apply: eq_trans (expectation_by_angle r_gt0 q0 q'0 mK K0).
have dq := S8_joint_density r_gt0 q0.
have mKd : measurable_fun setT (fun y : matrix_space R 1 (1 + p.+1) =>
    K (direction q q' y, radius r q y)).
  exact: (measurableT_comp mK (@measurable_direction_radius R r _ q q')).
have mf (k : 'rV[R]_(1 + p.+1)) : k != 0%R ->
    measurable_fun setT (f k : matrix_space R 1 (1 + p.+1) -> R).
  by move=> k0; have [] := S8_joint_density r_gt0 k0.
have mL : measurable_fun setT (fun y : matrix_space R 1 (1 + p.+1) =>
    if (row_dot (y : 'rV[R]_(1 + p.+1)) q' <= 0)%R then 0 else F (ln (f q y / f q' y))).
  apply: measurable_fun_ifT => //=.
    by apply: measurable_fun_ler => //; exact: measurable_row_dot.
  apply: (measurableT_comp mF); apply: (measurableT_comp (@measurable_ln_real R)).
  apply: measurable_funM; first exact: mf.
  by apply: (measurableT_comp (@measurable_inv R)); exact: mf.
rewrite (ge0_integral_density dq mKd (fun=> K0 _)) (ge0_integral_density dq mL); last first.
  by move=> y; case: ifP.
apply: eq_integral => y _; rewrite /f /K /= !sketch_densityE.
case: (ltP 0%R (row_dot y q)) => i0; last by rewrite !mule0.
have -> : (direction q q' y <= 0)%R = (row_dot y q' <= 0)%R.
  by rewrite /direction pmulr_rle0// mulrC pmulr_rle0// invr_gt0.
case: (leP (row_dot y q') 0%R) => // i0'; congr (F _ * _).
have n0 : (0 < row_norm q)%R by rewrite row_norm_gt0.
have n0' : (0 < row_norm q')%R by rewrite row_norm_gt0.
rewrite ln_div ?posrE ?expR_gt0// !expRK.
exact: S10_loss_from_densities.
Qed.

End law.
