(* The polar law: for U chi-square with r >= 1 degrees of freedom and z ~ N(0, 1) independent of U,

     E F(z / sqrt U, U + z^2) = int_t int_s F(t, s) chi_density (r+1) s ds C_r (1+t^2)^(-(r+1)/2) dt
                              = int_psi int_s F(tan psi, s) chi_density (r+1) s ds C_r cos^(r-1) psi dpsi,

   t over R, psi over ]-pi/2, pi/2[, C_r = Gamma((r+1)/2) / (sqrt pi Gamma(r/2)), for every measurable F >= 0: the ratio
   is independent of the sum of the squares, which is chi-square with r + 1 degrees of freedom, and sqrt r times the ratio
   is Student's t. Proof: z = t sqrt s for fixed s, exchange, s = w/(1+t^2) for fixed t; then t = tan psi. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import EntryLaws LinearSubstitution RadialSubstitutions.
From LoraPrivacy Require Import PlaneTonelli GammaLaw ChiSquare.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section polar.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).
Implicit Types (s t u w : R) (r : nat) (F : R * R -> \bar R).

Definition angle_constant r : R :=
  gamma_integral (r.+1%:R / 2) / (Num.sqrt pi * gamma_integral (r%:R / 2)).

(* The density of the ratio. *)
Definition ratio_density r t : R := angle_constant r * (1 + t ^+ 2) `^ (- (r.+1%:R / 2)).

Lemma angle_constant_gt0 r : (0 < r)%N -> 0 < angle_constant r.
Proof.
by move=> r0; rewrite divr_gt0 ?gamma_half_gt0// mulr_gt0 ?gamma_half_gt0// sqrtr_gt0 pi_gt0.
Qed.

Let angle_constant_ge0 r : 0 <= angle_constant r.
Proof.
by apply: divr_ge0; rewrite ?mulr_ge0 ?sqrtr_ge0 ?gamma_integral_ge0.
Qed.

Lemma ratio_density_ge0 r t : 0 <= ratio_density r t.
Proof. by rewrite mulr_ge0 ?powR_ge0. Qed.

Let square1_gt0 t : 0 < 1 + t ^+ 2. Proof. by rewrite ltr_pwDl// sqr_ge0. Qed.

(* The joint density of the ratio t and of U = u, with respect to dt du. *)
Let joint r u t : R := Num.sqrt u * standard_density (Num.sqrt u * t) * chi_density r u.

Let joint_ge0 r u t : 0 <= joint r u t.
Proof.
apply: mulr_ge0; last exact: chi_density_ge0.
by apply: mulr_ge0; [exact: sqrtr_ge0|exact: standard_density_ge0].
Qed.

Let assemble (v su e1 s2 sp up e2 p2 ga gb W V : R) :
  v != 0 -> s2 != 0 -> sp != 0 -> p2 != 0 -> ga != 0 -> gb != 0 -> su * up = W * V ->
  v^-1 * (su * (e1 / (s2 * sp)) * (up * e2 / (p2 * gb))) =
  W * (e1 * e2) / (p2 * s2 * ga) * (ga / (sp * gb) * (V / v)).
Proof.
move=> v0 s0 sp0 p0 ga0 gb0 U.
transitivity ((su * up) * (e1 * e2) / (v * s2 * sp * p2 * gb)).
  by field; rewrite gb0 p0 sp0 s0 v0.
by rewrite U; field; rewrite gb0 sp0 p0 s0 ga0 v0.
Qed.

Let joint_factors r w t : (0 < r)%N -> let v := 1 + t ^+ 2 in
  v^-1 * joint r (v^-1 * w) t = chi_density r.+1 w * ratio_density r t.
Proof.
move=> r0 v; have v0 : 0 < v by exact: square1_gt0.
have vi0 : 0 < v^-1 by rewrite invr_gt0.
rewrite /joint /chi_density pmulr_rgt0//; case: (ltP 0 w) => [w0|_]; last by rewrite !mulr0 mul0r.
set u := v^-1 * w; have u0 : 0 < u by rewrite mulr_gt0.
have un : u != 0 by rewrite gt_eqF.
have vn : v != 0 by rewrite gt_eqF.
rewrite /standard_density exprMn sqr_sqrtr ?ltW//.
have Ew : expR (- w / 2) = expR (- (u * t ^+ 2) / 2) * expR (- u / 2).
  by rewrite -expRD; congr expR; rewrite /u /v; field; rewrite gt_eqF.
have r1 : r.+1%:R / 2 = r%:R / 2 + 2^-1 :> R by rewrite -[r.+1%:R]natr1 mulrDl mul1r.
have U : Num.sqrt u * u `^ (r%:R / 2 - 1) = w `^ (r.+1%:R / 2 - 1) * v `^ (- (r.+1%:R / 2 - 1)).
  rewrite -(powR12_sqrt (ltW u0)) -powRD ?un ?implybT//.
  rewrite (_ : 2^-1 + (r%:R / 2 - 1) = r.+1%:R / 2 - 1); last by rewrite r1; ring.
  by rewrite powRM ?ltW// mulrC powRN -(powR_inv1 (ltW v0)) -powRrM -powRN mulN1r.
have V : v `^ (- (r.+1%:R / 2)) = v `^ (- (r.+1%:R / 2 - 1)) * v^-1.
  by rewrite -(powR_inv1 (ltW v0)) -powRD ?vn ?implybT//; congr (_ `^ _); ring.
have T : 2 `^ (r.+1%:R / 2) = 2 `^ (r%:R / 2) * Num.sqrt 2 :> R.
  by rewrite r1 powRD ?pnatr_eq0 ?implybT// powR12_sqrt.
rewrite /ratio_density /angle_constant -/v V Ew T (sqrtrM pi (ler0n R 2)).
apply: assemble => //; apply: lt0r_neq0; rewrite ?sqrtr_gt0 ?pi_gt0 ?powR_gt0//.
- exact: gamma_half_gt0.
- exact: gamma_half_gt0.
Qed.

Section law.
Variables (r : nat) (F : R * R -> \bar R).
Hypotheses (r0 : (0 < r)%N) (mF : measurable_fun setT F) (F0 : forall z, (0 <= F z)%E).

(* F times the joint density, as a function of (u, t). *)
Let f (z : R * R) : \bar R := (F (z.2, z.1 * (1 + z.2 ^+ 2))%R * (joint r z.1 z.2)%:E)%E.

Let f0 z : (0 <= f z)%E. Proof. by apply: mule_ge0; [exact: F0|rewrite lee_fin joint_ge0]. Qed.

Let mf : measurable_fun setT f.
Proof.
have m1 : measurable_fun setT (fst : R * R -> R) by exact: measurable_fst.
have m2 : measurable_fun setT (snd : R * R -> R) by exact: measurable_snd.
have msqrt : measurable_fun setT (fun z : R * R => Num.sqrt z.1).
  by apply: (measurableT_comp _ m1); apply: continuous_measurable_fun; exact: sqrt_continuous.
apply: emeasurable_funM.
  apply: (measurableT_comp mF); apply: measurable_fun_prod => //=.
  by apply: measurable_funM => //; apply: measurable_funD => //; exact: measurable_funX.
apply/measurable_EFinP; apply: measurable_funM; last exact: (measurableT_comp (measurable_chi_density r) m1).
apply: measurable_funM => //; apply: (measurableT_comp measurable_standard_density).
exact: measurable_funM.
Qed.

(* z = t sqrt u for fixed u. *)
Let inner_ratio u :
  ((\int[gaussian_law 1]_z F (z / Num.sqrt u, u + z ^+ 2)%R) * (chi_density r u)%:E = \int[mu]_t f (u, t))%E.
Proof.
have [u0|u0] := ltP 0 u; last first.
  have c0 : chi_density r u = 0 by rewrite /chi_density ltNge u0.
  rewrite c0 mule0; apply/esym; apply: eq_trans (@integral0 _ (measurableTypeR R) R mu setT).
  by apply: eq_real_integral => t; rewrite /f /joint /= c0 mulr0 mule0.
have su : 0 < Num.sqrt u by rewrite sqrtr_gt0.
pose H z : \bar R := F (z / Num.sqrt u, u + z ^+ 2)%R.
have mH : measurable_fun setT H.
  apply: (measurableT_comp mF); apply: measurable_fun_prod => /=; first exact: measurable_funM.
  by apply: measurable_funD => //; exact: exprn_measurable.
pose K z : \bar R := (H z * (standard_density z)%:E)%E.
have mK : measurable_fun setT K.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_standard_density.
have K0 z : (0 <= K z)%E by apply: mule_ge0; [exact: F0|rewrite lee_fin standard_density_ge0].
have E1 : (\int[gaussian_law 1]_z H z = \int[mu]_z K z)%E by apply: ge0_integral_standard => // z; exact: F0.
have := ge0_integral_scale (lt0r_neq0 su) mK K0; rewrite (gtr0_norm su) => E2.
have mKs : measurable_fun setT (fun t : measurableTypeR R => K (Num.sqrt u * t)).
  by apply: (measurableT_comp mK); exact: measurable_funM.
transitivity ((Num.sqrt u * chi_density r u)%:E * \int[mu]_t K (Num.sqrt u * t)%R)%E.
  rewrite E2 muleA -EFinM E1 muleC; congr (_%:E * _)%E.
  by rewrite mulrAC divff ?mul1r// lt0r_neq0.
rewrite -ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> t _; exact: K0.
- exact: mKs.
- by rewrite mulr_ge0 ?sqrtr_ge0 ?chi_density_ge0.
apply: eq_real_integral => t; rewrite /K /H /f /joint /= muleCA -EFinM; congr (F (_, _) * _%:E)%E.
- by rewrite mulrAC divff ?mul1r// lt0r_neq0.
- by rewrite exprMn sqr_sqrtr ?ltW// mulrDr mulr1.
- by ring.
Qed.

(* u = w / (1 + t^2) for fixed t. *)
Let inner_sum t : (\int[mu]_u f (u, t) =
  (\int[mu]_w (F (t, w) * (chi_density r.+1 w)%:E)) * (ratio_density r t)%:E)%E.
Proof.
have v0 := square1_gt0 t; set v := 1 + t ^+ 2 in v0.
pose K w : \bar R := f (v^-1 * w, t).
have mK : measurable_fun setT K.
  apply: (measurableT_comp mf); apply: measurable_fun_prod => //=; exact: measurable_funM.
have K0 w : (0 <= K w)%E by exact: f0.
have := ge0_integral_scale (lt0r_neq0 v0) mK K0; rewrite (gtr0_norm v0) => E.
have -> : (\int[mu]_u f (u, t) = \int[mu]_u K (v * u)%R)%E.
  by apply: eq_real_integral => u; rewrite /K mulrA mulVf ?mul1r// lt0r_neq0.
have mG : measurable_fun setT (fun w : measurableTypeR R => F (t, w) * (chi_density r.+1 w)%:E)%E.
  apply: emeasurable_funM; first by apply: (measurableT_comp mF); exact: measurable_pair1.
  by apply/measurable_EFinP; exact: measurable_chi_density.
rewrite E -ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> w _; exact: K0.
- exact: mK.
- by rewrite invr_ge0 ltW.
rewrite -ge0_integralZr; last 4 first.
- exact: measurableT.
- exact: mG.
- by move=> w _; apply: mule_ge0; [exact: F0|rewrite lee_fin chi_density_ge0].
- by rewrite lee_fin ratio_density_ge0.
apply: eq_real_integral => w; rewrite /K /f /= muleCA -EFinM (joint_factors w t r0) -/v.
by rewrite EFinM muleA; congr (F (_, _) * _ * _)%E; rewrite mulrAC mulVf ?mul1r// lt0r_neq0.
Qed.

Theorem polar_law :
  (\int[mu]_s ((\int[gaussian_law 1]_z F (z / Num.sqrt s, s + z ^+ 2)%R) * (chi_density r s)%:E) =
   \int[mu]_t ((\int[mu]_s (F (t, s) * (chi_density r.+1 s)%:E)) * (ratio_density r t)%:E))%E.
Proof.
apply: eq_trans (eq_real_integral inner_ratio) _.
by apply: eq_trans (plane_tonelli mf f0) _; exact: eq_real_integral inner_sum.
Qed.

(* tan, in a form whose measurability is plain. *)
Let tangent (psi : R) : R := sin psi * cos psi `^ (-1).

Let measurable_tangent : measurable_fun setT tangent.
Proof.
apply: measurable_funM; first by apply: continuous_measurable_fun; exact: continuous_sin.
apply: (measurableT_comp (measurable_powR (-1))).
by apply: continuous_measurable_fun; exact: continuous_cos.
Qed.

Let tangentE psi : 0 < cos psi -> tangent psi = tan psi.
Proof. by move=> c0; rewrite /tangent powR_inv1 ?ltW. Qed.

Let cos_atan_power t : cos (atan t) ^+ r.-1 / (1 + t ^+ 2) = (1 + t ^+ 2) `^ (- (r.+1%:R / 2)).
Proof.
have v0 := square1_gt0 t; set v := 1 + t ^+ 2 in v0 *.
have vn : v != 0 by rewrite gt_eqF.
rewrite cos_atan -/v -(powR12_sqrt (ltW v0)) -powRN -powR_mulrn ?powR_ge0// -powRrM.
rewrite -(powR_inv1 (ltW v0)) -powRD ?vn ?implybT//; congr (_ `^ _).
by rewrite -[in RHS](prednK r0) -[r.-1.+2%:R]natr1 -[r.-1.+1%:R]natr1; field.
Qed.

Theorem polar_law_angle :
  (\int[mu]_s ((\int[gaussian_law 1]_z F (z / Num.sqrt s, s + z ^+ 2)%R) * (chi_density r s)%:E) =
   \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
     ((\int[mu]_s (F (tan psi, s) * (chi_density r.+1 s)%:E)) * (angle_constant r * cos psi ^+ r.-1)%:E))%E.
Proof.
apply: (eq_trans polar_law).
pose g (z : R * R) : \bar R := (F z * (chi_density r.+1 z.2)%:E)%E.
have mg : measurable_fun setT g.
  apply: emeasurable_funM => //; apply/measurable_EFinP.
  exact: (measurableT_comp (measurable_chi_density r.+1) measurable_snd).
have g0 z : (0 <= g z)%E by apply: mule_ge0; [exact: F0|rewrite lee_fin chi_density_ge0].
pose G t : \bar R := (\int[mu]_s g (t, s))%E.
have mG : measurable_fun setT G := measurable_integral_right mg g0.
have G0 t : (0 <= G t)%E by apply: integral_ge0 => s _; exact: g0.
pose H psi : \bar R := (G (tangent psi) * (angle_constant r * `|cos psi| ^+ r.-1)%:E)%E.
have mH : measurable_fun setT H.
  apply: emeasurable_funM; first exact: (measurableT_comp mG measurable_tangent).
  apply/measurable_EFinP; apply: measurable_funM => //; apply: measurable_funX.
  apply: measurableT_comp; first exact: measurable_normr.
  by apply: continuous_measurable_fun; exact: continuous_cos.
have H0 psi : (0 <= H psi)%E.
  by apply: mule_ge0; [exact: G0|rewrite lee_fin mulr_ge0 ?exprn_ge0 ?angle_constant_ge0].
apply: (@eq_trans _ _ (\int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[) H psi)%E); last first.
  apply: (@eq_integral _ (measurableTypeR R) R mu) => psi; rewrite inE /= => psiI.
  have c0 : 0 < cos psi by apply: cos_gt0_pihalf; move: psiI; rewrite in_itv.
  by rewrite /H /G /g tangentE// ger0_norm// ltW.
rewrite (ge0_integral_angle mH H0); apply: eq_real_integral => t.
have c0 : 0 < cos (atan t) by rewrite cos_atan invr_gt0 sqrtr_gt0 square1_gt0.
rewrite /H tangentE// atanK ger0_norm ?ltW// -muleA -EFinM -mulrA cos_atan_power.
by [].
Qed.

End law.

(* C_r cos^(r-1) is a probability density on ]-pi/2, pi/2[. *)
Theorem angle_density_integral r : (0 < r)%N ->
  (\int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[) (angle_constant r * cos psi ^+ r.-1)%:E = 1)%E.
Proof.
move=> r0; have chi1 k : (0 < k)%N -> (\int[mu]_s (1 * (chi_density k s)%:E) = 1)%E.
  move=> k0; apply: eq_trans (chi_density_integral k0).
  by apply: eq_real_integral => s; rewrite mul1e.
have H := polar_law_angle r0 (measurable_cst (1%E : \bar R)) (fun=> lee01).
apply: eq_trans (eq_trans (esym H) _).
  apply: (@eq_integral _ (measurableTypeR R) R mu) => psi _.
  by apply: eq_trans (esym (mul1e _)) _; exact: (congr1 (fun z => z * _)%E (esym (chi1 r.+1 isT))).
apply: eq_trans (chi1 r r0); apply: eq_real_integral => s.
apply: (congr1 (fun z => z * _)%E); apply: eq_trans (integral_cst _ measurableT 1%E) _.
by rewrite mul1e; exact: probability_setT.
Qed.

End polar.
