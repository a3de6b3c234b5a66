(* S8: the joint density of a sketched vector.

   For q <> 0 and r >= 1, sketch_law q r, the law of q A^T A for an r x m matrix A of independent N(0, 1/r) entries, has with
   respect to Lebesgue measure on the row vectors of m numbers the density sketch_density r q (SketchDensity.v):
     0 where <y, q> <= 0, and where <y, q> > 0 the exponential of
       ((r - m - 1)/2) log <y, q> - (r - 1) log |q| - r |y|^2 / (2 <y, q>) + sketch_constant r m. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws MatrixSpace OrthogonalMaps LinearSubstitution.
From LoraPrivacy Require Import ProductMatrix ProductMatrixBlocks GaussianMatrix GaussianRotation GaussianVector.
From LoraPrivacy Require Import LebesgueVector LinearChange SketchLaw SketchAxis NormalMixture SketchDensity ChiSquare.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section joint_density.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
(* Along the first unit vector. *)
Section axis.
Variables (r p : nat) (a : R) (F : matrix_space R 1 (1 + p) -> \bar R).
Hypotheses (r0 : (0 < r)%N) (a0 : 0 < a).
Hypotheses (mF : measurable_fun setT F) (F0 : forall y, (0 <= F y)%E).
Let e : 'rV[R]_(1 + p) := row_mx a%:M 0.
Let b : R := a / r%:R.

Let Ff (y : matrix_space R 1 (1 + p)) : \bar R := (F y * (sketch_density r e y)%:E)%E.

Let mFf : measurable_fun setT Ff.
Proof. by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_sketch_density. Qed.

Let Ff0 y : (0 <= Ff y)%E.
Proof. by rewrite mule_ge0// lee_fin sketch_density_ge0. Qed.

Let b0 : 0 < b. Proof. by rewrite divr_gt0// ltr0n. Qed.

(* The inner integral of the mixture, for fixed s > 0, by the substitution w = c z. *)
Let inner s : 0 < s ->
  ((\int[gaussian_matrix 1 p 1]_z F (a *: row_mx (s / r%:R)%:M ((Num.sqrt s / r%:R) *: z))%R) *
     (chi_density r s)%:E = b%:E * \int[lebesgue_vector R p]_w Ff (row_mx (b * s)%:M w)%R)%E.
Proof.
move=> s0; pose c := a * (Num.sqrt s / r%:R).
have c0 : 0 < c by rewrite mulr_gt0// divr_gt0 ?sqrtr_gt0// ltr0n.
have cn : c != 0 by rewrite gt_eqF.
pose Fs (w : matrix_space R 1 p) := F (row_mx (a * (s / r%:R))%:M w).
have mFs : measurable_fun setT Fs.
  exact: (measurable_last_section mF).
have mFc := measurableT_comp mFs (@GaussianScaling.measurable_scale R 1 p c).
pose H (w : matrix_space R 1 p) := (Fs w * (gaussian_density 1 (c^-1 *: w))%:E)%E.
have mg : measurable_fun setT (fun w : matrix_space R 1 p => gaussian_density 1 (c^-1 *: w)).
  exact: (measurableT_comp (@measurable_gaussian_density R 1 ltr01 p)
    (@GaussianScaling.measurable_scale R 1 p c^-1)).
have mH : measurable_fun setT H by apply: emeasurable_funM => //; exact/measurable_EFinP.
have H0 w : (0 <= H w)%E by rewrite mule_ge0 ?lee_fin ?gaussian_density_ge0//; exact: F0.
have -> : (\int[gaussian_matrix 1 p 1]_z F (a *: row_mx (s / r%:R)%:M ((Num.sqrt s / r%:R) *: z))%R =
    (`|c|^-1 ^+ p)%:E * \int[lebesgue_vector R p]_w H w)%E.
  transitivity (\int[gaussian_matrix 1 p 1]_z Fs (c *: z)%R)%E.
    by apply: eq_integral => z _; rewrite /Fs scale_row_mx scale_scalar_mx scalerA.
  apply: (eq_trans (gaussian_matrix_integral ltr01 mFc (fun=> F0 _))).
  apply: (eq_trans _ (lebesgue_vector_scale cn mH H0)).
  by apply: eq_integral => z _; rewrite /H scalerA mulVf// scale1r.
rewrite muleC muleA -EFinM gtr0_norm//.
have k0 : 0 <= chi_density r s * c^-1 ^+ p.
  by rewrite mulr_ge0 ?exprn_ge0 ?invr_ge0 ?(ltW c0)// chi_density_ge0.
rewrite -(ge0_integralZl_EFin (lebesgue_vector R p) measurableT (fun w _ => H0 w) mH k0).
have mFb := measurable_last_section mFf (b * s).
rewrite -(ge0_integralZl_EFin (lebesgue_vector R p) measurableT (fun w _ => Ff0 _) mFb (ltW b0)).
apply: eq_integral => w _; rewrite /H /Ff /Fs.
have bs : b * s = a * (s / r%:R) by rewrite /b mulrAC -mulrA.
rewrite bs muleCA -EFinM [RHS]muleCA -EFinM; congr (_ * _%:E)%E.
rewrite -mulrA [c^-1 ^+ p * _]mulrC.
by rewrite (sketch_density_axis w r0 a0 s0).
Qed.

Lemma joint_density_axis :
  (\int[sketch_law e r]_y F y = \int[lebesgue_vector R (1 + p)]_y (F y * (sketch_density r e y)%:E))%E.
Proof.
apply: (eq_trans (S6_mixture_axis a r0 mF F0)).
apply: (eq_trans _ (esym (lebesgue_vector_step mFf Ff0))).
pose K t := (\int[lebesgue_vector R p]_w Ff (row_mx (t%:M : 'M_1) w))%E.
have mK : measurable_fun setT K by exact: measurable_last_integral.
have K0 t : (0 <= K t)%E by apply: integral_ge0 => w _; exact: Ff0.
have bn : b != 0 by rewrite gt_eqF.
have mbK : measurable_fun setT (fun t : R => b%:E * K t)%E by exact: measurable_funeM.
have bK0 t : (0 <= b%:E * K t)%E by rewrite mule_ge0// lee_fin ltW.
transitivity (\int[mu]_s (b%:E * K (b * s)%R))%E.
  apply: eq_integral => s _; have [s0|s0] := ltP 0 s; first exact: inner.
  rewrite /chi_density ltNge s0 /= mule0 (_ : K _ = 0%E) ?mule0//.
  apply: integral0_eq => w _; rewrite /Ff /sketch_density row_dot_row_mx row_dot_scalar row_dot0r addr0.
  by rewrite pmulr_lgt0// pmulr_rgt0// ltNge s0 /= mule0.
rewrite (ge0_integral_scale bn mbK bK0) gtr0_norm//.
rewrite (ge0_integralZl_EFin mu measurableT (fun t _ => K0 t) mK (ltW b0)).
by rewrite muleA -EFinM mulVf// mul1e.
Qed.

End axis.

(* The integral of every measurable F >= 0. *)
Theorem S8_integral r m (q : 'rV[R]_m) (F : matrix_space R 1 m -> \bar R) : (0 < r)%N -> q != 0 ->
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[sketch_law q r]_y F y = \int[lebesgue_vector R m]_y (F y * (sketch_density r q y)%:E))%E.
Proof.
case: m q F => [|p] q F r0 q0 mF F0; first by move: q0; rewrite thinmx0 eqxx.
have [Q [oQ eQ]] := orthogonal_to_axis (q : 'rV_(1 + p)).
have oT := orthogonal_tr oQ; set T := Q^T in oT.
have a0 : 0 < row_norm q by rewrite row_norm_gt0.
move: (row_norm q) a0 eQ => a a0 eQ; have qE : q = row_mx a%:M (0 : 'rV_p) *m T.
  by rewrite (orthogonal_mulK oQ eQ).
rewrite qE; apply: (eq_trans (sketch_law_integral_rotation _ r0 oT mF F0)).
have mFT := measurableT_comp mF (measurable_mulmx_right (r := 1) T).
apply: (eq_trans (joint_density_axis r0 a0 mFT (fun=> F0 _))).
pose G (y : matrix_space R 1 (1 + p)) := (F y * (sketch_density r (row_mx a%:M (0 : 'rV_p) *m T) y)%:E)%E.
have mG : measurable_fun setT G.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_sketch_density.
have G0 y : (0 <= G y)%E by rewrite mule_ge0// lee_fin sketch_density_ge0.
apply: (eq_trans _ (lebesgue_vector_orthogonal oT mG G0)).
by apply: eq_integral => y _; rewrite /G sketch_density_rotation.
Qed.

Theorem S8_joint_density r m (q : 'rV[R]_m) : (0 < r)%N -> q != 0 ->
  has_density (lebesgue_vector R m) (sketch_law q r) (sketch_density r q).
Proof.
move=> r0 q0; split=> [|y|S mS]; [exact: measurable_sketch_density|exact: sketch_density_ge0|].
have mI : measurable_fun setT (fun y : matrix_space R 1 m => (\1_S y : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have I0 (y : matrix_space R 1 m) : (0 <= (\1_S y : R)%:E)%E by rewrite lee_fin.
have := S8_integral r0 q0 mI I0; rewrite integral_indic// setIT => ->.
rewrite [RHS]integral_mkcond; apply: eq_integral => y _.
by rewrite patchE indicE; case: ifP => _; rewrite ?mul1e ?mul0e.
Qed.

(* On any probability space: A has mutually independent entries with the law N(0, 1/r). *)
Corollary S8_joint_density_entries r m d (T : measurableType d) (P : probability T R)
    (A : 'I_r -> 'I_m -> {RV P >-> R}) (q : 'rV[R]_m) : (0 < r)%N -> q != 0 -> gaussian_entries A ->
  has_density (lebesgue_vector R m)
    (fun S => P [set w | S (q *m (\matrix_(i, j) A i j w)^T *m \matrix_(i, j) A i j w)]) (sketch_density r q).
Proof.
move=> r0 q0 HA; have [mf f0 fE] := S8_joint_density r0 q0; split=> // S mS.
by rewrite -fE//; exact: sketch_law_of_entries.
Qed.

End joint_density.
