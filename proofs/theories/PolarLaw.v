(* The polar law of the ratio and the sum of squares of a normal and a chi-square variable.

   chi_density n s = s^(n/2-1) e^(-s/2) / (2^(n/2) Gamma(n/2)) for s > 0, and 0 elsewhere   (chi_n below);
   angle_constant r = Gamma((r+1)/2) / (sqrt pi Gamma(r/2))                                 (C_r below).

   For U ~ chi-square with r >= 1 degrees of freedom, z ~ N(0, 1) independent of U, and measurable F >= 0,

     E F(z/sqrt U, U + z^2) = int over t in R of C_r c(t)^(r-1) / (1 + t^2) int F(t, s) chi_(r+1)(s) ds dt
                            = int over psi in ]-pi/2, pi/2[ of C_r cos^(r-1) psi int F(tan psi, s) chi_(r+1)(s) ds dpsi.

   where c(t) = cos (atan t) = (1 + t^2)^(-1/2). The only hypothesis is Gamma(n/2) > 0 for n >= 1.

   The substitutions are z = t sqrt s, s = w/(1 + t^2) (affine) and t = tan psi; the densities are in PolarKernel.v. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import EntryLaws LinearSubstitution RealTonelli.
From LoraPrivacy Require Import RadialSubstitutions LossTail ConditionalLoss PolarKernel.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section polar.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation chi n s := (chi_density n s)%:E.

Hypothesis gamma_half_gt0 : forall n, (0 < n)%N -> (0 < gamma_integral (n%:R / 2 : R))%R.

(* Tonelli's theorem for Lebesgue measure on R, in both variables. *)
Let measurable_to_real : measurable_fun setT (@to_real R).
Proof. by move=> _ U mU; rewrite setTI. Qed.

Let real_mu : set R -> \bar R := pushforward mu measurable_to_real.

HB.instance Definition _ := Measure.on real_mu.

Let real_mu_sigma_finite : sigma_finite setT real_mu.
Proof. exact: (sigma_finiteT mu). Qed.

HB.instance Definition _ := @Measure_isSigmaFinite.Build _ _ _ real_mu real_mu_sigma_finite.

Let real_muE (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x) ->
  \int[mu]_x F x = \int[real_mu]_x F x.
Proof. by move=> mF F0; rewrite ge0_integral_pushforward. Qed.

Lemma lebesgue_tonelli (F : R * R -> \bar R) : measurable_fun setT F -> (forall z, 0 <= F z) ->
  \int[mu]_s \int[mu]_t F (t, s) = \int[mu]_t \int[mu]_s F (t, s).
Proof.
move=> mF F0.
have inner s : \int[mu]_t F (t, s) = \int[real_mu]_t F (t, s).
  by apply: real_muE => [|t]; [exact: (measurableT_comp mF (measurable_pair2 s))|exact: F0].
apply: (eq_trans (eq_lebesgue_integral inner)).
apply: (eq_trans (esym (@real_tonelli _ _ R real_mu F mF F0))).
apply/esym; apply: real_muE; first exact: (@measurable_real_integral _ _ R F mF F0).
by move=> t; apply: integral_ge0 => s _; exact: F0.
Qed.

Let c r (t : R) : R := (angle_constant r * cos (atan t) ^+ r.-1)%R.

Lemma angle_constant_ge0 r : (0 < r)%N -> (0 <= angle_constant r :> R)%R.
Proof.
move=> r0; have g1 : (0 < gamma_integral (r.+1%:R / 2 : R))%R by exact: gamma_half_gt0.
apply: divr_ge0; first exact: ltW.
by apply: mulr_ge0; [exact: sqrtr_ge0|exact: ltW (gamma_half_gt0 r0)].
Qed.

Let c_ge0 r t : (0 < r)%N -> (0 <= c r t)%R.
Proof.
move=> r0; apply: mulr_ge0; first exact: angle_constant_ge0.
by apply: exprn_ge0; rewrite cos_atan invr_ge0 sqrtr_ge0.
Qed.

Let measurable_c r : measurable_fun setT (c r).
Proof.
apply: measurable_funM; first exact: measurable_cst.
apply: measurable_funX; apply: continuous_measurable_fun => t.
by apply: continuous_comp; [exact: continuous_atan|exact: continuous_cos].
Qed.

Let chi0 n (s : R) : 0 <= chi n s.
Proof. by rewrite lee_fin; exact: chi_density_ge0. Qed.

Let mchi n : measurable_fun setT (fun s : R => chi n s).
Proof. by apply/measurable_EFinP; exact: measurable_chi_density. Qed.

Let dilated (z : R * R) : R := ((1 + z.1 ^+ 2) * z.2)%R.

Let measurable_dilated : measurable_fun setT dilated.
Proof.
apply: measurable_funM; last exact: measurable_snd.
apply: measurable_funD; first exact: measurable_cst.
by apply: measurable_funX; exact: measurable_fst.
Qed.

Section law.
Variables (r : nat) (F : R * R -> \bar R).
Hypotheses (r0 : (0 < r)%N) (mF : measurable_fun setT F) (F0 : forall z, 0 <= F z).

Let K (z : R * R) := F (z.1, dilated z) * ((c r z.1)%:E * chi r.+1 (dilated z)).

Let mK : measurable_fun setT K.
Proof.
apply: emeasurable_funM.
  apply: (measurableT_comp mF); apply: measurable_fun_prod; first exact: measurable_fst.
  exact: measurable_dilated.
apply: emeasurable_funM; last exact: (measurableT_comp (mchi r.+1) measurable_dilated).
by apply/measurable_EFinP; exact: (measurableT_comp (measurable_c r) measurable_fst).
Qed.

Let K0 z : 0 <= K z.
Proof.
apply: mule_ge0; first exact: F0.
by apply: mule_ge0; [rewrite lee_fin; exact: c_ge0|exact: chi0].
Qed.

(* z = t sqrt s for fixed s. *)
Let ratio_integral s :
  (\int[gaussian_law 1]_z F (z / Num.sqrt s, s + z ^+ 2)%R) * chi r s = \int[mu]_t K (t, s).
Proof.
have [s0|s0] := ltP 0%R s; last first.
  rewrite {1}/chi_density ltNge s0 /= mule0; apply/esym.
  apply: eq_trans (integral0 mu setT); apply: eq_lebesgue_integral => t.
  rewrite /K /dilated /= /chi_density ltNge mulr_ge0_le0 ?mule0//.
  exact: ltW (sum_square_gt0 t).
pose G z := F (z / Num.sqrt s, s + z ^+ 2)%R.
have mG : measurable_fun setT G.
  apply: (measurableT_comp mF); apply: measurable_fun_prod.
    by apply: measurable_funM; [exact: measurable_id|exact: measurable_cst].
  apply: measurable_funD; first exact: measurable_cst.
  by apply: measurable_funX; exact: measurable_id.
have G0 z : 0 <= G z by exact: F0.
have q0 : (0 < Num.sqrt s)%R by rewrite sqrtr_gt0.
rewrite (standard_normal_scaled s0 mG G0).
pose f t := G (t * Num.sqrt s)%R * (normal_pdf 0 1 (t * Num.sqrt s) * Num.sqrt s)%:E.
have mq : measurable_fun setT (fun t : R => t * Num.sqrt s)%R by exact: mulrr_measurable.
have mf : measurable_fun setT f.
  apply: emeasurable_funM; first exact: (measurableT_comp mG mq).
  apply/measurable_EFinP; apply: measurable_funM; last exact: measurable_cst.
  exact: (measurableT_comp (measurable_normal_pdf 0 1) mq).
have f0 t : 0 <= f t.
  apply: mule_ge0; first exact: G0.
  by rewrite lee_fin; apply: mulr_ge0; [exact: normal_pdf_ge0|exact: ltW].
have step : \int[mu]_t (f t * chi r s) = (\int[mu]_t f t) * chi r s.
  by apply: ge0_integralZr; [exact: measurableT|exact: mf|move=> t _; exact: f0|exact: chi0].
apply: (eq_trans (esym step)); apply: eq_lebesgue_integral => t.
rewrite /f -muleA -EFinM (polar_kernel gamma_half_gt0 t r0 s0) EFinM.
rewrite /G (mulfK (lt0r_neq0 q0)) exprMn (sqr_sqrtr (ltW s0)).
have -> : (s + t ^+ 2 * s = dilated (t, s))%R by rewrite /dilated /=; ring.
by [].
Qed.

(* s = w/(1 + t^2) for fixed t. *)
Let I t := \int[mu]_s (F (t, s) * chi r.+1 s).

Let dilation_integral t : \int[mu]_s K (t, s) = I t * (c r t)%:E * ((1 + t ^+ 2)^-1)%:E.
Proof.
have d0 := sum_square_gt0 t.
have mFt : measurable_fun setT (fun w => F (t, w)).
  exact: (measurableT_comp mF (measurable_pair1 t)).
pose g w := F (t, w) * chi r.+1 w.
have mg : measurable_fun setT g by exact: emeasurable_funM mFt (mchi r.+1).
have g0 w : 0 <= g w by apply: mule_ge0; [exact: F0|exact: chi0].
have c0 : 0 <= (c r t)%:E by rewrite lee_fin; exact: c_ge0.
pose H w := g w * (c r t)%:E.
have mH : measurable_fun setT H.
  by apply: emeasurable_funM mg _; exact: measurable_cst.
have H0 w : 0 <= H w by exact: mule_ge0.
have := ge0_integral_scale (lt0r_neq0 d0) mH H0; rewrite (gtr0_norm d0) => scale.
transitivity (\int[mu]_s H ((1 + t ^+ 2) * s)%R).
  by apply: eq_lebesgue_integral => s; rewrite /K /H /g /dilated /= -muleA (muleC (chi _ _)).
rewrite scale muleC; congr (_ * _).
by apply: ge0_integralZr; [exact: measurableT|exact: mg|move=> w _; exact: g0|exact: c0].
Qed.

(* The polar law with the ratio t. *)
Theorem polar_law_ratio :
  \int[mu]_s ((\int[gaussian_law 1]_z F (z / Num.sqrt s, s + z ^+ 2)%R) * chi r s) =
  \int[mu]_t ((\int[mu]_s (F (t, s) * chi r.+1 s)) *
    (angle_constant r * cos (atan t) ^+ r.-1)%:E * ((1 + t ^+ 2)^-1)%:E).
Proof.
rewrite (eq_lebesgue_integral ratio_integral); apply: (eq_trans (lebesgue_tonelli mK K0)).
exact: eq_lebesgue_integral dilation_integral.
Qed.

Let J : set R := `](- (pi / 2))%R, (pi / 2)%R[.

Let atan_J t : J (atan t).
Proof. by rewrite /J /= in_itv /= atan_gtNpi2 atan_ltpi2. Qed.

Let cos_J psi : J psi -> (0 < cos psi)%R.
Proof. by rewrite /J /= in_itv /=; exact: cos_gt0_pihalf. Qed.

Let mJ : measurable (J : set (measurableTypeR R)).
Proof. exact: measurable_itv. Qed.

Let E psi := I (tan psi) * (angle_constant r * cos psi ^+ r.-1)%:E.

Let mI : measurable_fun setT I.
Proof.
apply: (@measurable_real_integral _ _ R (fun z : R * R => F z * chi r.+1 z.2)).
  exact: emeasurable_funM mF (measurableT_comp (mchi r.+1) measurable_snd).
by move=> z; apply: mule_ge0; [exact: F0|exact: chi0].
Qed.

Let I0 t : 0 <= I t.
Proof. by apply: integral_ge0 => s _; apply: mule_ge0; [exact: F0|exact: chi0]. Qed.

Let measurable_tan_J : measurable_fun (J : set R) (@tan R).
Proof.
apply: open_continuous_measurable_fun; first exact: interval_open.
by move=> psi; rewrite inE => /cos_J/lt0r_neq0; exact: continuous_tan.
Qed.

Let mEJ : measurable_fun (J : set R) E.
Proof.
apply: emeasurable_funM.
  exact: (measurable_comp measurableT (@subsetT _ _) mI measurable_tan_J).
apply/measurable_EFinP; apply: measurable_funTS.
apply: measurable_funM; first exact: measurable_cst.
by apply: measurable_funX; apply: continuous_measurable_fun; exact: continuous_cos.
Qed.

Let mE : measurable_fun setT (E \_ J).
Proof. exact: (measurable_restrictT E mJ).1 mEJ. Qed.

Let E0 psi : 0 <= (E \_ J) psi.
Proof.
rewrite patchE; case: ifPn => // /set_mem Jpsi; apply: mule_ge0; first exact: I0.
rewrite lee_fin; apply: mulr_ge0; first exact: angle_constant_ge0.
by apply: exprn_ge0; exact: ltW (cos_J Jpsi).
Qed.

(* The polar law with the angle, t = tan psi. *)
Theorem polar_law_angle :
  \int[mu]_s ((\int[gaussian_law 1]_z F (z / Num.sqrt s, s + z ^+ 2)%R) * chi r s) =
  \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
    ((\int[mu]_s (F (tan psi, s) * chi r.+1 s)) * (angle_constant r * cos psi ^+ r.-1)%:E).
Proof.
apply: (eq_trans polar_law_ratio).
transitivity (\int[mu]_t ((E \_ J) (atan t) * ((1 + t ^+ 2)^-1)%:E)).
  by apply: eq_lebesgue_integral => t; rewrite patchE (mem_set (atan_J t)) /E atanK.
apply: (eq_trans (esym (ge0_integral_angle mE E0))).
apply: eq_integral => psi Jpsi.
by rewrite patchE (_ : (psi \in J) = true).
Qed.

End law.
End polar.
