(* The chi-square densities: the law of a sum of n squares of independent N(0, 1) variables, n >= 1.

     chi_density n s = s^(n/2-1) e^(-s/2) / (2^(n/2) Gamma(n/2)) for s > 0, and 0 for s <= 0;
     chi_density_integral: its integral is 1;
     chi_square_1:   E F(x^2) = int F(s) chi_density 1 s ds                                       x ~ N(0, 1);
     chi_square_add: E int F(s + x^2) chi_density n s ds = int F(s) chi_density (n+1) s ds        x ~ N(0, 1).

   In chi_square_add both sides are multiples of the same integral (power_convolution), and both are 1 for F = 1. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import GaussianMoments EntryLaws.
From LoraPrivacy Require Import RadialSubstitutions PlaneTonelli BetaConvolution GammaLaw.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Definition chi_density {R : realType} (n : nat) (s : R) : R :=
  if 0 < s then s `^ (n%:R / 2 - 1) * expR (- s / 2) / (2 `^ (n%:R / 2) * gamma_integral (n%:R / 2))
  else 0.

Section chi_square.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).
Implicit Types (s x : R) (F : R -> \bar R) (n : nat).

(* The density of N(0, 1). *)
Definition standard_density x : R := expR (- x ^+ 2 / 2) / Num.sqrt (2 * pi).

Lemma standard_density_ge0 x : 0 <= standard_density x.
Proof. by rewrite divr_ge0 ?expR_ge0 ?sqrtr_ge0. Qed.

Lemma measurable_standard_density : measurable_fun setT standard_density.
Proof.
apply: measurable_funM; last exact: measurable_cst.
apply: measurableT_comp; first exact: measurable_expR.
apply: measurable_funM; last exact: measurable_cst.
by apply: measurableT_comp; [exact: oppr_measurable|exact: exprn_measurable].
Qed.

Theorem ge0_integral_standard F : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_law 1]_x F x = \int[mu]_x (F x * (standard_density x)%:E))%E.
Proof.
move=> mF F0; rewrite /gaussian_law sqrtr1 ge0_integral_distribution//.
rewrite (ge0_integral_normal 1 mF F0).
apply: eq_real_integral => x; congr (_ * _%:E)%E.
rewrite /standard_density /normal_pdf oner_eq0 subr0 expr1n mul1r mulrC.
by rewrite -[pi *+ 2]mulr_natl.
Qed.

Let scale n : R := (2 `^ (n%:R / 2) * gamma_integral (n%:R / 2))^-1.

Let scale_gt0 n : (0 < n)%N -> 0 < scale n.
Proof. by move=> n0; rewrite invr_gt0 mulr_gt0 ?powR_gt0 ?gamma_half_gt0. Qed.

Lemma chi_densityE n s : chi_density n s = expR (- s / 2) * power_density (n%:R / 2) s * scale n.
Proof.
rewrite /chi_density /power_density; case: ifP => _; last by rewrite mulr0 mul0r.
by rewrite [_ `^ _ * _]mulrC.
Qed.

Lemma gamma_integral_ge0 (a : R) : 0 <= gamma_integral a.
Proof. by rewrite gamma_integralE fine_ge0// ltW// gamma_extended_gt0. Qed.

Lemma chi_density_ge0 n s : 0 <= chi_density n s.
Proof.
rewrite /chi_density; case: ifP => // _.
by rewrite divr_ge0 ?mulr_ge0 ?powR_ge0 ?expR_ge0 ?gamma_integral_ge0.
Qed.

Lemma chi_density_gt0 n s : (0 < n)%N -> 0 < s -> 0 < chi_density n s.
Proof.
by move=> n0 s0; rewrite chi_densityE !mulr_gt0 ?expR_gt0 ?power_density_gt0 ?scale_gt0.
Qed.

Lemma measurable_chi_density n : measurable_fun setT (@chi_density R n).
Proof.
rewrite (_ : chi_density n = fun s => expR (- s / 2) * power_density (n%:R / 2) s * scale n); last first.
  by apply/funext => s; exact: chi_densityE.
apply: measurable_funM => //; apply: measurable_funM; last exact: measurable_power_density.
by apply: measurableT_comp => //; apply: measurable_funM => //; exact: oppr_measurable.
Qed.

Theorem chi_density_integral n : (0 < n)%N -> (\int[mu]_s (chi_density n s)%:E = 1)%E.
Proof.
move=> n0; pose G s : \bar R := (expR (- s / 2) * power_density (n%:R / 2) s)%:E.
transitivity (\int[mu]_s ((scale n)%:E * G s))%E.
  by apply: eq_real_integral => s; rewrite chi_densityE mulrC.
rewrite ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> s _; rewrite lee_fin mulr_ge0 ?expR_ge0 ?power_density_ge0.
- apply/measurable_EFinP; apply: measurable_funM; last exact: measurable_power_density.
  by apply: measurableT_comp => //; apply: measurable_funM => //; exact: oppr_measurable.
- exact/ltW/scale_gt0.
by rewrite gamma_integral_rate// -EFinM mulVf// gt_eqF// -invr_gt0 scale_gt0.
Qed.

Theorem chi_square_1 F : measurable_fun setT F -> (forall s, 0 <= F s)%E ->
  (\int[gaussian_law 1]_x F (x ^+ 2)%R = \int[mu]_s (F s * (chi_density 1 s)%:E))%E.
Proof.
move=> mF F0.
have mF2 : measurable_fun setT (fun x : R => F (x ^+ 2)%R).
  by apply: (measurableT_comp mF); exact: exprn_measurable.
rewrite ge0_integral_standard//.
pose H x : \bar R := (F (x ^+ 2)%R * (standard_density x)%:E)%E.
have mH : measurable_fun setT H.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_standard_density.
have H0 x : (0 <= H x)%E by rewrite mule_ge0// lee_fin standard_density_ge0.
rewrite (ge0_integral_even_part mH H0).
pose K s : \bar R := (F s * (chi_density 1 s)%:E)%E.
have mK : measurable_fun setT K.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_chi_density.
have K0 s : (0 <= K s)%E by rewrite mule_ge0// lee_fin chi_density_ge0.
transitivity (\int[mu]_(s in `]0%R, +oo[) K s)%E; last first.
  rewrite integral_half_line; apply: eq_real_integral => s; rewrite /K /chi_density.
  by case: (0 < s); rewrite ?mule0.
rewrite (ge0_integral_square mK K0).
apply: (@eq_integral _ (measurableTypeR R) R mu) => x; rewrite inE /= in_itv /= andbT => x0.
have HN : H (- x) = H x by rewrite /H /standard_density sqrrN.
rewrite HN /H /K -ge0_muleDr ?lee_fin ?standard_density_ge0// -muleA -EFinD -EFinM.
congr (_ * _%:E)%E; rewrite /standard_density /chi_density exprn_gt0//.
rewrite mul1r gamma_half powR12_sqrt// sqrtrM//.
have -> : (x ^+ 2) `^ (2^-1 - 1) = x^-1.
  rewrite -powR_mulrn ?ltW// -powRrM -(powR_inv1 (ltW x0)); congr (_ `^ _); lra.
have s2 : Num.sqrt 2 != 0 :> R by rewrite gt_eqF// sqrtr_gt0.
have sp : Num.sqrt pi != 0 :> R by rewrite gt_eqF// sqrtr_gt0 pi_gt0.
rewrite -[x *+ 2]mulr_natl; set e := expR _; field.
by rewrite s2 sp gt_eqF.
Qed.

Let convolution n F : measurable_fun setT F -> (forall s, 0 <= F s)%E -> (0 < n)%N ->
  (\int[gaussian_law 1]_x \int[mu]_s (F (s + x ^+ 2)%R * (chi_density n s)%:E) =
   (scale 1 * scale n / scale n.+1)%:E * beta_integral 2^-1 (n%:R / 2) *
   \int[mu]_s (F s * (chi_density n.+1 s)%:E))%E.
Proof.
move=> mF F0 n0.
have mchi k : measurable_fun setT (fun s : R => (chi_density k s)%:E).
  by apply/measurable_EFinP; exact: measurable_chi_density.
pose f (z : R * R) : \bar R := (F (z.2 + z.1)%R * (chi_density n z.2)%:E)%E.
have mf : measurable_fun setT f.
  apply: emeasurable_funM; last exact: (measurableT_comp (mchi n) measurable_snd).
  by apply: (measurableT_comp mF); apply: measurable_funD; [exact: measurable_snd|exact: measurable_fst].
have f0 z : (0 <= f z)%E by rewrite mule_ge0// lee_fin chi_density_ge0.
have := chi_square_1 (measurable_integral_right mf f0) (fun w => integral_ge0 mu (fun s _ => f0 (w, s))).
move=> ->.
pose E (s : R) := expR (- s / 2).
have mE : measurable_fun setT (fun s : R => (E s)%:E).
  apply/measurable_EFinP; apply: measurableT_comp => //; apply: measurable_funM; last exact: measurable_cst.
  exact: oppr_measurable.
have E0 s : (0 <= (E s)%:E)%E by rewrite lee_fin expR_ge0.
have mFE : measurable_fun setT (fun s => F s * (E s)%:E)%E by exact: emeasurable_funM.
have := power_convolution 2^-1 (n%:R / 2) mFE (fun s => mule_ge0 (F0 s) (E0 s)).
set L := (X in X = _); set M := (\int[mu]_s _)%E => LM.
have cpos : 0 < scale 1 * scale n by rewrite mulr_gt0 ?scale_gt0.
have eM : (\int[mu]_s (F s * (chi_density n.+1 s)%:E) = (scale n.+1)%:E * M)%E.
  rewrite /M -ge0_integralZl_EFin; last 4 first.
  - exact: measurableT.
  - by move=> s _; rewrite !mule_ge0// lee_fin ?expR_ge0 ?power_density_ge0.
  - apply: emeasurable_funM; first exact: mFE.
    by apply/measurable_EFinP; exact: measurable_power_density.
  - exact/ltW/scale_gt0.
  apply: eq_real_integral => s; rewrite chi_densityE -muleA [RHS]muleCA -!EFinM; congr (_ * _%:E)%E.
  by rewrite -[n.+1%:R]natr1 mulrDl mul1r addrC /E; ring.
apply: eq_trans (congr1 (fun z => _ * z)%E (esym eM)); rewrite muleACA -EFinM -LM.
have -> : scale 1 * scale n / scale n.+1 * scale n.+1 = scale 1 * scale n.
  by apply: divfK; apply: lt0r_neq0; exact: scale_gt0.
pose g (z : R * R) : \bar R := (F (z.1 + z.2)%R * (E (z.1 + z.2))%:E *
  (power_density 2^-1 z.1 * power_density (n%:R / 2) z.2)%:E)%E.
have mg : measurable_fun setT g.
  apply: emeasurable_funM.
    by apply: (measurableT_comp mFE); apply: measurable_funD; [exact: measurable_fst|exact: measurable_snd].
  apply/measurable_EFinP; apply: measurable_funM.
    exact: (measurableT_comp (measurable_power_density _) measurable_fst).
  exact: (measurableT_comp (measurable_power_density _) measurable_snd).
have g0 z : (0 <= g z)%E by rewrite !mule_ge0// lee_fin ?mulr_ge0 ?expR_ge0 ?power_density_ge0.
have pair (h : R * R -> \bar R) x : measurable_fun setT h ->
    measurable_fun setT (fun s : measurableTypeR R => h (x, s)).
  by move=> mh; apply: (measurableT_comp mh); exact: measurable_pair1.
rewrite /L -ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> x _; apply: integral_ge0 => s _; exact: (g0 (x, s)).
- exact: (measurable_integral_right mg g0).
- exact: ltW.
apply: eq_real_integral => x; rewrite -ge0_integralZr; last 4 first.
- exact: measurableT.
- exact: (pair f x mf).
- by move=> s _; exact: f0.
- by rewrite lee_fin chi_density_ge0.
rewrite -ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> s _; exact: (g0 (x, s)).
- exact: (pair g x mg).
- exact: ltW.
apply: eq_real_integral => s; rewrite /f /= [(s + x)%R]addrC -!muleA [RHS]muleCA -!EFinM.
congr (_ * _%:E)%E.
have -> : E (x + s) = expR (- x / 2) * expR (- s / 2) by rewrite -expRD -mulrDl -opprD.
rewrite !chi_densityE (_ : 1%:R / 2 = 2^-1 :> R); last by rewrite mul1r.
move: (scale 1) (scale n) (expR _) (expR _) (power_density _ _) (power_density _ _) => *; ring.
Qed.

Theorem chi_square_add n F : (0 < n)%N -> measurable_fun setT F -> (forall s, 0 <= F s)%E ->
  (\int[gaussian_law 1]_x \int[mu]_s (F (s + x ^+ 2)%R * (chi_density n s)%:E) =
   \int[mu]_s (F s * (chi_density n.+1 s)%:E))%E.
Proof.
move=> n0 mF F0.
have one k : (0 < k)%N -> (\int[mu]_s (1 * (chi_density k s)%:E) = 1)%E.
  move=> k0; apply: eq_trans (chi_density_integral k0).
  by apply: eq_real_integral => s; rewrite mul1e.
pose K := ((scale 1 * scale n / scale n.+1)%:E * beta_integral 2^-1 (n%:R / 2))%E.
have K1 : K = 1%E.
  have KE := @convolution n (fun=> 1%E) (measurable_cst _) (fun=> lee01) n0.
  apply: eq_trans (esym (mule1 K)) _.
  apply: eq_trans (congr1 (fun z => K * z)%E (esym (one n.+1 isT))) _.
  apply: eq_trans (esym KE) _.
  apply: eq_trans (congr1 (fun z => \int[gaussian_law (1 : R)]_x z)%E (one n n0)) _.
  apply: eq_trans (integral_cst _ measurableT 1%E) _.
  by rewrite mul1e; exact: probability_setT.
by apply: eq_trans (convolution mF F0 n0) _; apply: eq_trans (congr1 (fun z => z * _)%E K1) _; exact: mul1e.
Qed.

End chi_square.
