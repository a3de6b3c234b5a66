(* The gamma integral and its values at the half integers.

     gamma_integral a = int_0^oo x^(a-1) e^(-x) dx, as a real number (0 if the integral is infinite);
     gamma_product:   int_a int_b = beta_integral a b * int_(a+b)     as extended reals;
     gamma_half:      gamma_integral (1/2) = sqrt pi;
     gamma_half_gt0:  for n >= 1 the integral at a = n/2 is finite and positive;
     gamma_integral_rate: int_0^oo x^(n/2-1) e^(-x/2) dx = 2^(n/2) gamma_integral (n/2), n >= 1.

   Finite at n/2 implies finite at (n+1)/2, since beta_integral (n/2) (1/2) > 0. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral gauss_integral.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import LinearSubstitution RadialSubstitutions PlaneTonelli BetaConvolution.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Definition gamma_integral {R : realType} (a : R) : R :=
  fine (\int[@lebesgue_measure R]_(x in `]0%R, +oo[) (x `^ (a - 1) * expR (- x))%:E)%E.

Section gamma.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).
Implicit Types (a b x s t : R).

(* The same integral as an extended real, over R. *)
Definition gamma_extended a : \bar R := (\int[mu]_x (expR (- x) * power_density a x)%:E)%E.

Lemma gamma_extendedE a :
  (\int[mu]_(x in `]0%R, +oo[) (x `^ (a - 1) * expR (- x))%:E = gamma_extended a)%E.
Proof.
rewrite integral_half_line; apply: eq_real_integral => x.
by rewrite /power_density mulrC; case: ifP => _; rewrite ?mulr0.
Qed.

Lemma gamma_integralE a : gamma_integral a = fine (gamma_extended a).
Proof. by rewrite -gamma_extendedE. Qed.

Lemma measurable_exp_rate (k : R) : measurable_fun setT (fun x : R => expR (k * x)).
Proof. by apply: measurableT_comp => //; apply: measurable_funM. Qed.

Lemma measurable_expN : measurable_fun setT (fun x : R => expR (- x)).
Proof. by apply: measurableT_comp => //; exact: oppr_measurable. Qed.

Lemma gamma_extended_gt0 a : (0 < gamma_extended a)%E.
Proof.
apply: (@integral_gt0 R _ 0 1) => //.
- by apply: measurable_funM; [exact: measurable_expN|exact: measurable_power_density].
- by move=> x; rewrite mulr_ge0 ?expR_ge0 ?power_density_ge0.
- by move=> x /andP[x0 _]; rewrite mulr_gt0 ?expR_gt0 ?power_density_gt0.
Qed.

Theorem gamma_product a b :
  (gamma_extended a * gamma_extended b = beta_integral a b * gamma_extended (a + b))%E.
Proof.
have mE : measurable_fun setT (fun x : R => (expR (- x))%:E).
  by apply/measurable_EFinP; exact: measurable_expN.
have E0 x : (0 <= (expR (- x))%:E)%E by rewrite lee_fin expR_ge0.
have mG c : measurable_fun setT (fun x : measurableTypeR R => (expR (- x) * power_density c x)%:E).
  apply/measurable_EFinP; apply: measurable_funM; first exact: measurable_expN.
  exact: measurable_power_density.
have G0 c x : (0 <= (expR (- x) * power_density c x)%:E)%E.
  by rewrite lee_fin mulr_ge0 ?expR_ge0 ?power_density_ge0.
have := power_convolution a b mE E0 => H; rewrite /gamma_extended.
transitivity (\int[mu]_x \int[mu]_y
    ((expR (- (x + y)))%:E * (power_density a x * power_density b y)%:E))%E; last first.
  by rewrite H; congr (_ * _)%E; apply: eq_real_integral => s; rewrite -EFinM.
rewrite -ge0_integralZr; last 4 first.
- exact: measurableT.
- exact: mG.
- by move=> x _; exact: G0.
- exact/ltW/gamma_extended_gt0.
apply: eq_real_integral => x; rewrite -ge0_integralZl; last 4 first.
- exact: measurableT.
- exact: mG.
- by move=> y _; exact: G0.
- exact: G0.
by apply: eq_real_integral => y; rewrite -!EFinM opprD expRD; congr EFin; ring.
Qed.

Theorem gamma_extended_half : gamma_extended 2^-1 = (Num.sqrt pi)%:E.
Proof.
pose F x : \bar R := (expR (- x) * power_density 2^-1 x)%:E.
have mF : measurable_fun setT F.
  apply/measurable_EFinP; apply: measurable_funM; first exact: measurable_expN.
  exact: measurable_power_density.
have F0 x : (0 <= F x)%E by rewrite lee_fin mulr_ge0 ?expR_ge0 ?power_density_ge0.
transitivity (\int[mu]_(x in `]0%R, +oo[) F x)%E.
  rewrite integral_half_line; apply: eq_real_integral => x; rewrite /F /power_density.
  by case: ifP => _; rewrite ?mulr0.
rewrite (ge0_integral_square mF F0).
transitivity (\int[mu]_(x in `]0%R, +oo[) (2%:E * (gauss_fun x)%:E))%E.
  apply: (@eq_integral _ (measurableTypeR R) R mu) => x; rewrite inE /= in_itv /= andbT => x0.
  rewrite /F /power_density exprn_gt0// -EFinM /gauss_fun -EFinM; congr EFin.
  have -> : (x ^+ 2) `^ (2^-1 - 1) = x^-1.
    rewrite -powR_mulrn ?ltW// -powRrM -(powR_inv1 (ltW x0)); congr (_ `^ _); lra.
  by rewrite -[x *+ 2]mulr_natl; set e := expR _; field; rewrite gt_eqF.
rewrite ge0_integralZl_EFin//; last 2 first.
- by move=> x _; rewrite lee_fin gauss_fun_ge0.
- by apply: measurable_funTS; apply/measurable_EFinP; exact: measurable_gauss_fun.
rewrite (integral_itv_obnd_cbnd (f := gauss_fun)); last first.
  by apply: measurable_funTS; exact: measurable_gauss_fun.
by rewrite integral0y_gauss -EFinM mulrCA divff ?mulr1.
Qed.

Lemma gamma_extended_half_integer n : (0 < n)%N ->
  gamma_extended (n%:R / 2) = (gamma_integral (n%:R / 2))%:E.
Proof.
move=> n0; rewrite gamma_integralE fineK//.
elim: n n0 => [//|[_ _|n IH _]]; first by rewrite mul1r gamma_extended_half.
have e : n.+2%:R / 2 = n.+1%:R / 2 + 2^-1 :> R by rewrite -[n.+2%:R]natr1 mulrDl mul1r.
have := gamma_product (n.+1%:R / 2) 2^-1; rewrite -e gamma_extended_half.
have := IH isT; case: (gamma_extended (n.+1%:R / 2)) => // g _.
have := gamma_extended_gt0 (n.+2%:R / 2).
case: (gamma_extended (n.+2%:R / 2)) => // _.
by rewrite gt0_muley ?beta_integral_gt0// -EFinM.
Qed.

Theorem gamma_half_gt0 n : (0 < n)%N -> 0 < gamma_integral (n%:R / 2 : R).
Proof.
by move=> n0; rewrite -lte_fin -gamma_extended_half_integer// gamma_extended_gt0.
Qed.

Theorem gamma_half : gamma_integral (2^-1 : R) = Num.sqrt pi.
Proof. by rewrite gamma_integralE gamma_extended_half. Qed.

Theorem gamma_integral_rate n : (0 < n)%N ->
  (\int[mu]_x (expR (- x / 2) * power_density (n%:R / 2) x)%:E =
   (2 `^ (n%:R / 2) * gamma_integral (n%:R / 2 : R))%:E)%E.
Proof.
move=> n0; set a := n%:R / 2.
pose F x : \bar R := (expR (- x / 2) * power_density a x)%:E.
have mF : measurable_fun setT F.
  apply/measurable_EFinP; apply: measurable_funM; last exact: measurable_power_density.
  apply: measurableT_comp => //; apply: measurable_funM => //; exact: oppr_measurable.
have F0 x : (0 <= F x)%E by rewrite lee_fin mulr_ge0 ?expR_ge0 ?power_density_ge0.
have two0 : 2 != 0 :> R by rewrite pnatr_eq0.
have := ge0_integral_scale two0 mF F0; rewrite (gtr0_norm (ltr0Sn R 1)) => H.
have -> : (\int[mu]_x F x = 2%:E * \int[mu]_x F (2 * x)%R)%E.
  by rewrite H muleA -EFinM divff// mul1e.
transitivity (2%:E * \int[mu]_x ((2 `^ (a - 1))%:E * (expR (- x) * power_density a x)%:E))%E.
  congr (_ * _)%E; apply: eq_real_integral => x; rewrite /F -EFinM power_densityM//; congr EFin.
  by rewrite (_ : - (2 * x) / 2 = - x); [ring|field].
rewrite ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> x _; rewrite lee_fin mulr_ge0 ?expR_ge0 ?power_density_ge0.
- apply/measurable_EFinP; apply: measurable_funM; first exact: measurable_expN.
  exact: measurable_power_density.
- exact: powR_ge0.
rewrite -/(gamma_extended a) (gamma_extended_half_integer n0) -!EFinM mulrA; congr (_ * _)%:E.
by rewrite mulr_powRB1// divr_gt0// ltr0n.
Qed.

End gamma.
