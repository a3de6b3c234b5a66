(* S12: the floor of the privacy curve of the product release, 0 < theta < pi.

   curve_floor theta = int over the psi in ]-pi/2, pi/2[ with h(psi) <= 0 of C_r cos^(r-1) psi,
   h(psi) = cos theta + sin theta tan psi: P(h <= 0), which depends on (r, theta) only.

   Proved here, for nonzero q, q' with angle theta and every real eps:
     P(<y,q'> <= 0) = curve_floor theta > 0, while P'(<y,q'> <= 0) = 0;
     privacy_curve P P' eps >= curve_floor theta, and privacy_curve P P' n -> curve_floor theta as n -> oo;
     pure eps-differential privacy fails in both directions. *)
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

Section floor.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation chi n s := (chi_density n s)%:E.
Local Open Scope ereal_scope.

Variable r : nat.
Hypothesis r_gt0 : (0 < r)%N.

(* S12: the floor. *)
Definition curve_floor (theta : R) : \bar R := \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
  (if (cos theta + sin theta * tan psi <= 0)%R then angle_constant r * cos psi ^+ r.-1 else 0)%:E.

Lemma floor_expectation m (q q' : 'rV[R]_m) : q != 0%R -> q' != 0%R -> (0 < row_angle q q' < pi)%R ->
  \int[sketch_law q r]_y (if (direction q q' y <= 0)%R then 1%R else 0%R)%:E =
  curve_floor (row_angle q q').
Proof.
move=> q0 q'0 th; have [p mp] := angle_dimension q0 q'0 th.
move: q q' q0 q'0 th; rewrite mp => q q' q0 q'0 th.
pose K (z : R * R) : \bar R := (if (z.1 <= 0)%R then 1%R else 0%R)%:E.
have mK : measurable_fun setT K.
  apply/measurable_EFinP; apply: measurable_fun_ifT => //=.
  by apply: measurable_fun_ler => //; exact: measurable_fst.
have K0 z : 0 <= K z by rewrite lee_fin; case: ifP.
apply: (eq_trans (expectation_by_angle r_gt0 q0 q'0 mK K0)).
apply: eq_integral => psi _; rewrite /K /=; case: ifP => _.
  under eq_integral do rewrite mul1e.
  by rewrite chi_density_integral ?mul1e// degrees_gt0.
under eq_integral do rewrite mul0e.
by rewrite integral0 mul0e.
Qed.

(* P(h <= 0) is the probability of <y,q'> <= 0. *)
Theorem S12_floor m (q q' : 'rV[R]_m) : q != 0%R -> q' != 0%R -> (0 < row_angle q q' < pi)%R ->
  sketch_law q r [set y | (row_dot (y : 'rV[R]_m) q' <= 0)%R] = curve_floor (row_angle q q').
Proof.
move=> q0 q'0 th; rewrite -floor_expectation//.
have dq := S8_joint_density r_gt0 q0.
have l0 : (0 < row_norm q / row_norm q')%R by rewrite divr_gt0// row_norm_gt0.
have mg : measurable_fun setT
    (fun y : matrix_space R 1 m => (if (direction q q' y <= 0)%R then 1%R else 0%R : R)%:E).
  apply/measurable_EFinP; apply: measurable_fun_ifT => //=.
  apply: measurable_fun_ler => //.
  exact: (measurableT_comp measurable_fst (@measurable_direction_radius R r _ q q')).
rewrite (ge0_integral_density dq mg) => [|y]; last by rewrite lee_fin; case: ifP.
have [_ _ ->] := dq; last exact: measurable_half_space.
rewrite [LHS]integral_mkcond; apply: eq_integral => y _; rewrite patchE /=.
have -> : (y \in [set y | (row_dot y q' <= 0)%R]) = (row_dot y q' <= 0)%R.
  by apply/idP/idP; rewrite inE.
rewrite /sketch_density; case: (ltP 0%R (row_dot y q)) => i0; last by rewrite mule0 if_same.
have -> : (direction q q' y <= 0)%R = (row_dot y q' <= 0)%R.
  by rewrite /direction pmulr_rle0// mulrC pmulr_rle0// invr_gt0.
by case: ifP => _; rewrite ?mul1e ?mul0e.
Qed.

(* delta(eps) >= P(h <= 0) for every eps. *)
Theorem S12_floor_below m (q q' : 'rV[R]_m) (eps : R) : q != 0%R -> q' != 0%R ->
  (0 < row_angle q q' < pi)%R ->
  curve_floor (row_angle q q') <= privacy_curve (sketch_law q r) (sketch_law q' r) eps.
Proof.
move=> q0 q'0 th; rewrite -(S12_floor q0 q'0 th).
apply: S12_mass_below_curve; first exact: measurable_half_space.
by apply: (sketch_null r_gt0) => //; exact: measurable_half_space.
Qed.

Let measurable_cos : measurable_fun setT (@cos R).
Proof. by apply: continuous_measurable_fun; exact: continuous_cos. Qed.

Let measurable_tan : measurable_fun setT (@tan R).
Proof.
apply: measurable_funM; first by apply: continuous_measurable_fun; exact: continuous_sin.
exact: (measurableT_comp (@measurable_inv R)).
Qed.

Lemma curve_floor_gt0 theta : (0 < theta < pi)%R -> 0 < curve_floor theta.
Proof.
move=> /andP[t0 tp]; have C0 : (0 < angle_constant r :> R)%R.
  by rewrite divr_gt0 ?mulr_gt0 ?gamma_half_gt0// sqrtr_gt0 pi_gt0.
pose f (psi : R) : \bar R := (angle_constant r * cos psi ^+ r.-1)%:E.
pose g (psi : R) : \bar R :=
  (if (cos theta + sin theta * tan psi <= 0)%R then angle_constant r * cos psi ^+ r.-1 else 0)%:E.
pose I := `](- (pi / 2))%R, (pi / 2)%R[%classic : set R.
pose D := `](- (pi / 2))%R, (theta - pi / 2)%R[%classic : set R.
have mf0 : measurable_fun setT (fun psi : R => angle_constant r * cos psi ^+ r.-1)%R.
  by apply: measurable_funM => //; exact: measurable_funX.
have mf : measurable_fun setT f by apply/measurable_EFinP.
have mg : measurable_fun setT g.
  apply/measurable_EFinP; apply: measurable_fun_ifT => //=.
  by apply: measurable_fun_ler => //; apply: measurable_funD => //; exact: measurable_funM.
have DI : D `<=` I.
  move=> psi; rewrite /D /I /= !in_itv /= => /andP[-> h] /=; apply: (lt_le_trans h).
  by rewrite lerBlDr -splitr ltW.
have cI psi : I psi -> (0 < cos psi)%R by rewrite /I /= in_itv /=; exact: cos_gt0_pihalf.
have g0 psi : I psi -> 0 <= g psi.
  by move=> /cI c0; rewrite lee_fin; case: ifP => // _; rewrite mulr_ge0 ?exprn_ge0// ltW.
have fg psi : D psi -> g psi = f psi.
  move=> Dp; have c0 := cI _ (DI _ Dp); rewrite /g -direction_angle ?gt_eqF//.
  rewrite ifT// pmulr_lle0 ?invr_gt0//.
  move: Dp; rewrite /D /= in_itv /= => /andP[p1 p2].
  have -> : (theta - psi = (theta - psi - pi / 2) + pi / 2)%R by rewrite subrK.
  rewrite cosDpihalf oppr_le0 sin_ge0_pi//; apply/andP; split; lra.
have mD : measurable D by exact: measurable_itv.
have mI : measurable I by exact: measurable_itv.
have le : \int[mu]_(psi in D) f psi <= curve_floor theta.
  rewrite (_ : \int[mu]_(psi in D) f psi = \int[mu]_(psi in D) g psi); last first.
    by apply: eq_integral => psi; rewrite inE => /fg.
  exact: (@ge0_subset_integral _ _ R mu D I mD mI g (measurable_funTS mg) g0 DI).
apply: lt_le_trans le; rewrite lt_neqAle; apply/andP; split; last first.
  by apply: integral_ge0 => psi /[dup] /fg <- /DI /g0.
apply/eqP => /esym z0.
have abs : \int[mu]_(psi in D) `|f psi| = 0.
  rewrite -z0; apply: eq_integral => psi; rewrite inE => /[dup] /fg <- /DI /g0 h.
  by rewrite gee0_abs.
have [N [mN N0 sub]] := (ae_eq_integral_abs mu mD (measurable_funTS mf)).1 abs.
have DN : D `<=` N.
  move=> psi Dp; apply: sub => /= h; have c0 := cI _ (DI _ Dp).
  have := h Dp; rewrite /f => -[] /eqP; apply/negP.
  by rewrite mulf_neq0 ?expf_neq0// gt_eqF.
have : mu D <= mu N by apply: le_measure => //; rewrite inE.
rewrite N0 /D lebesgue_measure_itv /= lte_fin ifT; last lra.
by rewrite -EFinB lee_fin; lra.
Qed.

(* Pure differential privacy fails, in both directions. *)
Theorem S12_no_pure_privacy m (q q' : 'rV[R]_m) (eps : R) : q != 0%R -> q' != 0%R ->
  (0 < row_angle q q' < pi)%R ->
  ~ dp_le eps 0 (sketch_law q r) (sketch_law q' r) /\
  ~ dp_le eps 0 (sketch_law q' r) (sketch_law q r).
Proof.
have half (k k' : 'rV[R]_m) : k != 0%R -> k' != 0%R -> (0 < row_angle k k' < pi)%R ->
    ~ dp_le eps 0 (sketch_law k r) (sketch_law k' r).
  move=> k0 k'0 th /DP_iff_excess_le; apply/negP; rewrite -ltNge.
  by apply: lt_le_trans (curve_floor_gt0 th) _; exact: S12_floor_below.
move=> q0 q'0 th; split; apply: half => //.
by rewrite /row_angle row_dotC (mulrC (row_norm q')).
Qed.

(* delta(eps) tends to P(h <= 0). *)
Theorem S12_limit m (q q' : 'rV[R]_m) : q != 0%R -> q' != 0%R -> (0 < row_angle q q' < pi)%R ->
  privacy_curve (sketch_law q r) (sketch_law q' r) n%:R @[n --> \oo] --> curve_floor (row_angle q q').
Proof.
move=> q0 q'0 th.
pose f n (y : matrix_space R 1 m) : \bar R :=
  (hockey_value r m (row_norm q / row_norm q') n%:R (direction q q' y, radius r q y))%:E.
pose g (y : matrix_space R 1 m) : \bar R := (if (direction q q' y <= 0)%R then 1%R else 0%R)%:E.
have mf n : measurable_fun setT (f n).
  apply/measurable_EFinP; exact: (measurableT_comp (@measurable_hockey_value _ _ _ _ _)
    (@measurable_direction_radius _ _ _ _ _)).
have mg : measurable_fun setT g.
  apply/measurable_EFinP; apply: measurable_fun_ifT => //=.
  apply: measurable_fun_ler => //.
  exact: (measurableT_comp measurable_fst (@measurable_direction_radius R r _ q q')).
have fE n : privacy_curve (sketch_law q r) (sketch_law q' r) n%:R = \int[sketch_law q r]_y f n y.
  exact: (curve_expectation r_gt0).
under eq_fun do rewrite fE.
have -> : curve_floor (row_angle q q') = \int[sketch_law q r]_y g y by rewrite floor_expectation.
have one : (sketch_law q r : set _ -> \bar R).-integrable setT (fun=> 1).
  exact: (finite_measure_integrable_cst (sketch_law q r) 1%R).
have [|||_ _] := @dominated_convergence _ _ R (sketch_law q r) setT measurableT f g (fun=> 1) mf mg.
- apply: aeW => y _; rewrite /f /g /hockey_value /=; case: (leP (direction q q' y) 0%R) => h0.
    exact: cvg_cst.
  apply: cvg_near_cst; near=> n; congr EFin; rewrite max_r// subr_le0 -[X in (X <= _)%R]expR0 ler_expR subr_ge0.
  by near: n; exact: nbhs_infty_ger.
- exact: one.
- apply: aeW => y n _; rewrite gee0_abs ?lee_fin ?hockey_value_ge0//.
  by rewrite /hockey_value; case: ifP => // _; rewrite ge_max ler01 andbT lerBlDr lerDl expR_ge0.
- by [].
Unshelve. all: by end_near. Qed.

End floor.
