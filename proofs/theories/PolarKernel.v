(* The joint density of the ratio and the sum of squares of a normal and a chi-square variable.

   phi is the density of N(0, 1); chi_n and C_r = angle_constant r are those of ConditionalLoss.v; c(t) = cos (atan t).

     E G(z) = int G(t sqrt s) phi(t sqrt s) sqrt s dt          for z ~ N(0, 1), s > 0 and measurable G >= 0;
     phi(t sqrt s) sqrt s chi_r(s) = C_r c(t)^(r-1) chi_(r+1)((1 + t^2) s)          for s > 0, r >= 1.

   The second needs Gamma(n/2) > 0 for n >= 1; no integral is computed: Gamma cancels. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws DensityIntegral LinearSubstitution.
From LoraPrivacy Require Import LossTail ConditionalLoss.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section gaussian.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

(* Equal functions have equal integrals. *)
Lemma eq_lebesgue_integral (F G : R -> \bar R) : F =1 G -> \int[mu]_x F x = \int[mu]_x G x.
Proof. by move=> FG; apply: (@eq_integral _ (measurableTypeR R) R mu) => x _; exact: FG. Qed.

Let one : Num.sqrt 1 = 1%R :> R. Proof. by rewrite sqrtr1. Qed.

Lemma normal_pdf_standard (x : R) : normal_pdf 0 1 x = ((Num.sqrt (2 * pi))^-1 * expR (- x ^+ 2 / 2))%R.
Proof.
by rewrite /normal_pdf oner_eq0 subr0 expr1n mul1r mulr_natl.
Qed.

Lemma integral_standard_normal (G : R -> \bar R) : measurable_fun setT G -> (forall x, 0 <= G x) ->
  \int[gaussian_law 1]_z G z = \int[mu]_z (G z * (normal_pdf 0 1 z)%:E).
Proof.
move=> mG G0.
transitivity (\int[normal_prob 0 (Num.sqrt 1) : probability _ R]_z G z).
  exact: (ge0_integral_distribution (@to_real R) mG G0).
have dens : has_density mu (normal_prob 0 (Num.sqrt 1) : probability _ R) (normal_pdf 0 1).
  split=> [|x|S mS]; [exact: measurable_normal_pdf|exact: normal_pdf_ge0|].
  by rewrite -[X in normal_pdf 0 X]one.
exact: (ge0_integral_density dens mG G0).
Qed.

(* z = t sqrt s. *)
Lemma standard_normal_scaled (s : R) (G : R -> \bar R) : (0 < s)%R ->
  measurable_fun setT G -> (forall x, 0 <= G x) ->
  \int[gaussian_law 1]_z G z =
  \int[mu]_t (G (t * Num.sqrt s)%R * (normal_pdf 0 1 (t * Num.sqrt s) * Num.sqrt s)%:E).
Proof.
move=> s0 mG G0; rewrite integral_standard_normal//.
pose H (z : R) := G z * (normal_pdf 0 1 z)%:E.
have q0 : (0 < Num.sqrt s)%R by rewrite sqrtr_gt0.
have mH : measurable_fun setT H.
  apply: emeasurable_funM; first exact: mG.
  by apply/measurable_EFinP; exact: measurable_normal_pdf.
have H0 x : 0 <= H x by rewrite mule_ge0// lee_fin normal_pdf_ge0.
have := ge0_integral_scale (lt0r_neq0 q0) mH H0; rewrite gtr0_norm// => aff.
transitivity ((Num.sqrt s)%:E * \int[mu]_x H (Num.sqrt s * x)%R).
  by rewrite aff muleA -EFinM divff ?gt_eqF// mul1e.
have mHs : measurable_fun setT (fun x : R => H (Num.sqrt s * x)%R).
  by apply: (measurableT_comp mH); exact: mulrl_measurable.
have step : \int[mu]_x ((Num.sqrt s)%:E * H (Num.sqrt s * x)%R) =
    (Num.sqrt s)%:E * \int[mu]_x H (Num.sqrt s * x)%R.
  exact: (@ge0_integralZl_EFin _ _ R mu setT measurableT _ (fun _ _ => H0 _) mHs _ (ltW q0)).
apply: eq_trans (esym step) _.
apply: eq_lebesgue_integral => t; rewrite /H (mulrC (Num.sqrt s)) muleCA; congr (_ * _).
by rewrite -EFinM [in RHS]mulrC.
Qed.

End gaussian.

Section kernel.
Context (R : realType).
Hypothesis gamma_half_gt0 : forall n, (0 < n)%N -> (0 < gamma_integral (n%:R / 2 : R))%R.
Local Open Scope ring_scope.

Lemma sum_square_gt0 (t : R) : 0 < 1 + t ^+ 2.
Proof. by rewrite ltr_pwDl// sqr_ge0. Qed.

(* The joint density of t = z/sqrt s and s, in terms of the density of (1 + t^2) s. *)
Lemma polar_kernel r (s t : R) : (0 < r)%N -> 0 < s ->
  normal_pdf 0 1 (t * Num.sqrt s) * Num.sqrt s * chi_density r s =
  angle_constant r * cos (atan t) ^+ r.-1 * chi_density r.+1 ((1 + t ^+ 2) * s).
Proof.
move=> r0 s0; have d0 := sum_square_gt0 t; have g0 := gamma_half_gt0 r0.
have g1 : 0 < gamma_integral (r.+1%:R / 2 : R) by exact: gamma_half_gt0.
rewrite normal_pdf_standard cos_atan /chi_density s0 (mulr_gt0 d0 s0) /angle_constant.
have rE : r.-1%:R = r%:R - 1 :> R by rewrite -subn1 natrB.
have pE : r.+1%:R / 2 - 1 = r.-1%:R / 2 :> R by rewrite rE -natr1; field.
rewrite pE (powRM _ (ltW d0) (ltW s0)).
have dE : (1 + t ^+ 2) `^ (r.-1%:R / 2) = Num.sqrt (1 + t ^+ 2) ^+ r.-1.
  by rewrite mulrC powRrM powR12_sqrt ?ltW// powR_mulrn// sqrtr_ge0.
have sE : s `^ (r.-1%:R / 2) = s `^ (r%:R / 2 - 1) * Num.sqrt s.
  rewrite -powR12_sqrt ?(ltW s0)// -powRD; last by rewrite (gt_eqF s0) implybT.
  by congr (s `^ _); rewrite rE; field.
have tE : 2 `^ (r.+1%:R / 2) = 2 `^ (r%:R / 2) * Num.sqrt 2 :> R.
  rewrite -powR12_sqrt ?ler0n// -powRD; last by rewrite pnatr_eq0 implybT.
  by congr (2 `^ _); rewrite -natr1; field.
have eE : expR (- ((1 + t ^+ 2) * s) / 2) = expR (- (t * Num.sqrt s) ^+ 2 / 2) * expR (- s / 2).
  by rewrite -expRD exprMn sqr_sqrtr ?ltW//; congr expR; ring.
rewrite dE sE tE eE (@sqrtrM _ 2 pi (ler0n _ 2)) exprVn.
have q0 : 0 < Num.sqrt (1 + t ^+ 2) ^+ r.-1 by rewrite exprn_gt0// sqrtr_gt0.
have p0 : 0 < Num.sqrt pi :> R by rewrite sqrtr_gt0 pi_gt0.
have two0 : 0 < Num.sqrt 2 :> R by rewrite sqrtr_gt0 ltr0n.
have h0 : 0 < 2 `^ (r%:R / 2) :> R by rewrite powR_gt0.
by field; rewrite !gt_eqF.
Qed.

End kernel.
