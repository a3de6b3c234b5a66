(* The privacy curve of the product release as an expectation, and expectations that depend on y through h and X.

   q and q' are nonzero row vectors of m numbers, lambda = |q|/|q'|, P = sketch_law q r the law of y = q A^T A.

     direction q q' y = lambda <y,q'>/<y,q>          (h of S10)
     radius r q y     = r |y|^2/<y,q>                (X of S10)
     hockey_value(h, X) = 1 if h <= 0, and max(1 - e^(eps - product_loss(h, X)), 0) otherwise.

   Proved here:
     privacy_curve P P' eps = E_P hockey_value(direction, radius);
     for 0 < theta < pi and measurable K >= 0, chi_N the chi-square density with N = r + m - 1 degrees of freedom,
       E_P K(direction, radius) = int over psi in ]-pi/2, pi/2[ of
         C_r cos^(r-1) psi int K(cos theta + sin theta tan psi, X) chi_N(X) dX;
     for q = lambda q', lambda > 0: E_P K(direction, radius) = int K(1, X) chi_N(X) dX. *)
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
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral ChiSquare PolarLaw LossTail ConditionalLoss PlaneReduction.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section definitions.
Context (R : realType).

Definition direction m (q q' y : 'rV[R]_m) : R := row_norm q / row_norm q' * (row_dot y q' / row_dot y q).
Definition radius r m (q y : 'rV[R]_m) : R := r%:R * row_norm2 y / row_dot y q.

Definition hockey_value r m (lambda eps : R) (z : R * R) : R :=
  if z.1 <= 0 then 1 else maxr (1 - expR (eps - product_loss r m lambda z.1 z.2)) 0.

Lemma hockey_value_ge0 r m lambda eps z : 0 <= hockey_value r m lambda eps z.
Proof. by rewrite /hockey_value; case: ifP => // _; rewrite le_max lexx orbT. Qed.

Lemma measurable_ln_real : measurable_fun setT (@ln R).
Proof.
rewrite -(setUv [set 0]); apply/measurable_funU => //; first exact: measurableC.
by split; [exact: measurable_fun_set1|exact: measurable_ln].
Qed.

Lemma measurable_product_loss r m lambda :
  measurable_fun setT (fun z : R * R => product_loss r m lambda z.1 z.2).
Proof.
apply: measurable_funD.
  apply: measurable_funB => //; apply: measurable_funM => //.
  exact: (measurableT_comp measurable_ln_real).
apply: measurable_funM; first by apply: measurable_funM => //; exact: measurable_snd.
apply: measurable_funB => //; apply: measurable_funM => //.
by apply: (measurableT_comp (@measurable_inv R)); exact: measurable_fst.
Qed.

Lemma measurable_hockey_value r m lambda eps : measurable_fun setT (hockey_value r m lambda eps).
Proof.
apply: measurable_fun_ifT => //=.
  by apply: measurable_fun_ler => //; exact: measurable_fst.
apply: measurable_maxr => //; apply: measurable_funB => //; apply: measurableT_comp => //.
by apply: measurable_funB => //; exact: measurable_product_loss.
Qed.

Lemma measurable_direction_radius r m (q q' : 'rV[R]_m) :
  measurable_fun setT (fun y : matrix_space R 1 m => (direction q q' y, radius r q y)).
Proof.
have mi : measurable_fun setT (fun y : matrix_space R 1 m => (row_dot (y : 'rV[R]_m) q)^-1).
  by apply: (measurableT_comp (@measurable_inv R)); exact: measurable_row_dot.
apply: measurable_fun_prod => /=.
  apply: measurable_funM => //; apply: measurable_funM => //; exact: measurable_row_dot.
apply: measurable_funM => //; apply: measurable_funM => //; exact: measurable_row_norm2.
Qed.

(* The density of S8 through the log density of S10. *)
Lemma sketch_densityE r m (q y : 'rV[R]_m) : sketch_density r q y = if 0 < row_dot y q then
  expR (log_density r m (sketch_constant R r m) (row_norm q) (row_dot y q) (row_norm2 y)) else 0.
Proof. by []. Qed.

Lemma density_excess r m (q q' y : 'rV[R]_m) eps : (0 < r)%N -> q != 0 -> q' != 0 ->
  maxr (sketch_density r q y - expR eps * sketch_density r q' y) 0 =
  hockey_value r m (row_norm q / row_norm q') eps (direction q q' y, radius r q y) *
    sketch_density r q y.
Proof.
move=> r0 q0 q'0; have n0 : 0 < row_norm q by rewrite row_norm_gt0.
have n0' : 0 < row_norm q' by rewrite row_norm_gt0.
have l0 : 0 < row_norm q / row_norm q' by rewrite divr_gt0.
rewrite !sketch_densityE /hockey_value /=; case: ifPn => i0; last first.
  rewrite mulr0 max_r// sub0r oppr_le0 mulr_ge0 ?expR_ge0//; case: ifP => // _; exact: expR_ge0.
have -> : (direction q q' y <= 0) = (row_dot y q' <= 0).
  by rewrite /direction pmulr_rle0// mulrC pmulr_rle0// invr_gt0.
case: (leP (row_dot y q') 0) => i0'; first by rewrite mulr0 subr0 mul1r max_l// expR_ge0.
rewrite maxr_pMl ?expR_ge0// mul0r mulrBl mul1r.
congr (maxr (_ - _) 0); rewrite -!expRD; congr expR.
by rewrite -(S10_loss_from_densities m (sketch_constant R r m) _ r0 n0 n0' i0 i0'); ring.
Qed.

End definitions.

Section expectation.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation chi n s := (chi_density n s)%:E.
Local Open Scope ereal_scope.

Variable r : nat.
Hypothesis r_gt0 : (0 < r)%N.

(* delta(eps) as an expectation. *)
Theorem curve_expectation m (q q' : 'rV[R]_m) eps : q != 0%R -> q' != 0%R ->
  privacy_curve (sketch_law q r) (sketch_law q' r) eps = \int[sketch_law q r]_y
    (hockey_value r m (row_norm q / row_norm q') eps (direction q q' y, radius r q y))%:E.
Proof.
move=> q0 q'0; have dq := S8_joint_density r_gt0 q0; have dq' := S8_joint_density r_gt0 q'0.
rewrite /privacy_curve -(hockey_stick_is_excess (expR_ge0 _) dq dq').
have mF : measurable_fun setT (fun y : matrix_space R 1 m =>
    (hockey_value r m (row_norm q / row_norm q') eps (direction q q' y, radius r q y))%:E).
  apply/measurable_EFinP.
  exact: (measurableT_comp (@measurable_hockey_value _ _ _ _ _) (@measurable_direction_radius _ _ _ _ _)).
rewrite (ge0_integral_density dq mF) => [|y]; last by rewrite lee_fin hockey_value_ge0.
by apply: eq_integral => y _; rewrite -EFinM density_excess.
Qed.

(* Bring q to the first axis. *)
Lemma expectation_on_axis p (q q' : 'rV[R]_(1 + p)) (Q : 'M[R]_(1 + p)) (K : R * R -> \bar R) :
  q != 0%R -> orthogonal Q -> q *m Q = row_mx (row_norm q)%:M 0 ->
  measurable_fun setT K -> (forall z, 0 <= K z) ->
  \int[sketch_law q r]_y K (direction q q' y, radius r q y) =
  axis_integral r (row_norm q) (fun y : matrix_space R 1 (1 + p) =>
    K (direction (q *m Q) (q' *m Q) y, radius r (q *m Q) y)).
Proof.
move=> q0 oQ qQ mK K0; have n0 : (0 < row_norm q)%R by rewrite row_norm_gt0.
have mF : measurable_fun setT (fun y : matrix_space R 1 (1 + p) =>
    K (direction (q *m Q) (q' *m Q) y, radius r (q *m Q) y)).
  exact: (measurableT_comp mK (@measurable_direction_radius _ _ _ _ _)).
apply: eq_trans (S6_mixture_axis (row_norm q) r_gt0 mF (fun=> K0 _)).
rewrite -qQ (sketch_law_integral_rotation q r_gt0 oQ)//.
apply: eq_integral => y _; congr (K (_, _)).
  by rewrite /direction !orthogonal_dot// !orthogonal_norm.
by rewrite /radius !orthogonal_dot// !orthogonal_norm2.
Qed.

Lemma axis_dot p (a s b : R) (v w : 'rV[R]_p) :
  row_dot (axis_point r a s w) (row_mx b%:M v) =
  (a * (s / r%:R * b + Num.sqrt s / r%:R * row_dot w v))%R.
Proof. by rewrite /axis_point row_dotZl row_dot_row_mx row_dot_scalar row_dotZl. Qed.

Lemma axis_norm2 p (a s : R) (w : 'rV[R]_p) : (0 <= s)%R ->
  row_norm2 (axis_point r a s w) = (a ^+ 2 * (s / r%:R ^+ 2 * (s + row_norm2 w)))%R.
Proof.
move=> s0; rewrite /axis_point row_norm2Z row_norm2_row_mx row_norm2_scalar row_norm2Z.
rewrite [in X in (_ + X * _)%R]expr_div_n sqr_sqrtr//; congr (_ * _)%R.
by field; rewrite pnatr_eq0 -lt0n.
Qed.

Lemma axis_radius p (a s : R) (w : 'rV[R]_p) : (0 < a)%R -> (0 < s)%R ->
  radius r (row_mx a%:M 0) (axis_point r a s w) = (s + row_norm2 w)%R.
Proof.
move=> a0 s0; rewrite /radius axis_norm2 ?ltW// axis_dot row_dot0r mulr0 addr0.
by field; rewrite pnatr_eq0 -lt0n r_gt0 !gt_eqF.
Qed.

(* 0 < theta < pi, m = p + 2. *)
Theorem expectation_by_angle p (q q' : 'rV[R]_(1 + p.+1)) (K : R * R -> \bar R) :
  q != 0%R -> q' != 0%R -> measurable_fun setT K -> (forall z, 0 <= K z) ->
  let theta := row_angle q q' in
  \int[sketch_law q r]_y K (direction q q' y, radius r q y) =
  \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
    ((\int[mu]_s (K (cos theta + sin theta * tan psi, s)%R * chi (degrees r (1 + p.+1)) s)) *
     (angle_constant r * cos psi ^+ r.-1)%:E).
Proof.
move=> q0 q'0 mK K0 theta; have [Q [oQ qQ q'Q]] := orthogonal_to_plane q0 q'0.
have n0 : (0 < row_norm q)%R by rewrite row_norm_gt0.
have n0' : (0 < row_norm q')%R by rewrite row_norm_gt0.
rewrite (expectation_on_axis q' q0 oQ qQ mK K0).
pose G (z : R * R) := K (cos theta + sin theta * z.1, z.2)%R.
have mG : measurable_fun setT G.
  apply: (measurableT_comp mK); apply: measurable_fun_prod => /=; last exact: measurable_snd.
  by apply: measurable_funD => //; apply: measurable_funM => //; exact: measurable_fst.
have -> : degrees r (1 + p.+1) = (r + p.+1)%N by rewrite /degrees addnCA.
apply: (plane_reduction (G := G)) => //.
- exact: (measurableT_comp mK (@measurable_direction_radius _ _ _ _ _)).
- by move=> z; exact: K0.
- move=> s x w s0; rewrite /G /=; congr (K (_, _)).
    rewrite /direction !orthogonal_norm// q'Q qQ !axis_dot row_dot0r mulr0 addr0.
    rewrite (row_dot_row_mx (x%:M : 'rV_1) _ w) row_dot_scalar row_dot0r addr0 -/theta.
    have sE : (s = Num.sqrt s * Num.sqrt s)%R by rewrite -expr2 sqr_sqrtr// ltW.
    have u0 : (0 < Num.sqrt s)%R by rewrite sqrtr_gt0.
    move: (Num.sqrt s) sE u0 => u -> u0.
    by field; rewrite pnatr_eq0 -lt0n r_gt0 !gt_eqF.
  by rewrite qQ axis_radius// (row_norm2_row_mx (x%:M : 'rV_1) w) row_norm2_scalar addrA.
Qed.

(* theta = 0, any m. *)
Theorem expectation_parallel m (q q' : 'rV[R]_m) (lambda : R) (K : R * R -> \bar R) :
  (0 < lambda)%R -> q' != 0%R -> q = (lambda *: q')%R ->
  measurable_fun setT K -> (forall z, 0 <= K z) ->
  \int[sketch_law q r]_y K (direction q q' y, radius r q y) =
  \int[mu]_s (K (1%R, s) * chi (degrees r m) s).
Proof.
move=> l0 q'0 qE mK K0; case: m q q' q'0 qE => [q q' q'0|p q q' q'0 qE].
  by move: q'0; rewrite (thinmx0 q') eqxx.
have q0 : q != 0%R by rewrite qE scaler_eq0 negb_or gt_eqF.
have [Q [oQ qQ]] := @orthogonal_to_axis R p q.
have n0 : (0 < row_norm q)%R by rewrite row_norm_gt0.
have n0' : (0 < row_norm q')%R by rewrite row_norm_gt0.
rewrite (expectation_on_axis q' q0 oQ qQ mK K0).
have -> : degrees r p.+1 = (r + p)%N by rewrite /degrees addnS.
apply: (axis_reduction (G := fun s : R => K (1%R, s))) => //.
- by apply: (measurableT_comp mK); exact: measurable_pair1.
- move=> s w s0; congr (K (_, _)); last by rewrite qQ axis_radius.
  rewrite /direction !orthogonal_norm//.
  have q'Q : (q' *m Q = row_mx (lambda^-1 * row_norm q)%:M 0)%R.
    have ln : lambda != 0%R by rewrite gt_eqF.
    rewrite -[q']scale1r -(mulVf ln) -scalerA -qE -scalemxAl qQ.
    by rewrite scale_row_mx scaler0 scale_scalar_mx.
  rewrite q'Q qQ !axis_dot !row_dot0r !mulr0 !addr0 qE row_normZ gtr0_norm//.
  by field; rewrite pnatr_eq0 -lt0n r_gt0 !gt_eqF.
Qed.

End expectation.
