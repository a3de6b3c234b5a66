(* The convolution of two powers on the half line, for every measurable F >= 0 and all real a, b.

     power_density a x = x^(a-1) for x > 0, and 0 elsewhere;
     beta_integral a b = int_0^1 t^(a-1) (1-t)^(b-1) dt, a positive extended real;
     int int F(x + y) x^(a-1) y^(b-1) dy dx = beta_integral a b * int F(s) s^(a+b-1) ds      over x, y, s > 0.

   Proof: y = s - x for fixed x, exchange the integrals, x = s t for fixed s. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import LinearSubstitution PlaneTonelli.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section convolution.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Implicit Types (a b x s t : R) (F : R -> \bar R).

Definition power_density a x : R := if 0 < x then x `^ (a - 1) else 0.

Lemma power_density_ge0 a x : 0 <= power_density a x.
Proof. by rewrite /power_density; case: ifP => // _; exact: powR_ge0. Qed.

Lemma power_density_gt0 a x : 0 < x -> 0 < power_density a x.
Proof. by move=> x0; rewrite /power_density x0 powR_gt0. Qed.

Lemma measurable_power_density a : measurable_fun setT (power_density a).
Proof. by apply: measurable_fun_ifT => //; exact: measurable_fun_ltr. Qed.

Lemma power_densityM a s t : 0 < s -> power_density a (s * t) = s `^ (a - 1) * power_density a t.
Proof.
move=> s0; rewrite /power_density pmulr_rgt0//; case: ifP => t0; last by rewrite mulr0.
by rewrite powRM// ltW.
Qed.

Definition beta_integral a b : \bar R :=
  (\int[mu]_t (power_density a t * power_density b (1 - t))%:E)%E.

Lemma measurable_beta a b s : measurable_fun setT (fun x : R => power_density a x * power_density b (s - x)).
Proof.
apply: measurable_funM; first exact: measurable_power_density.
apply: measurableT_comp; first exact: measurable_power_density.
exact: measurable_funB.
Qed.

Lemma beta_ge0 a b s x : 0 <= power_density a x * power_density b (s - x).
Proof. by rewrite mulr_ge0// power_density_ge0. Qed.

Lemma beta_integral_gt0 a b : (0 < beta_integral a b)%E.
Proof.
apply: (@integral_gt0 R _ 0 1) => //.
- exact: measurable_beta.
- by move=> x; exact: beta_ge0.
- by move=> x /andP[x0 x1]; rewrite mulr_gt0// power_density_gt0// subr_gt0.
Qed.

Lemma beta_integral_scale a b s :
  (\int[mu]_x (power_density a x * power_density b (s - x))%:E =
   (power_density (a + b) s)%:E * beta_integral a b)%E.
Proof.
have [s0|s0] := ltP 0 s; last first.
  rewrite [power_density (a + b) s]/power_density ltNge s0 /= mul0e.
  rewrite -(@integral0 _ (measurableTypeR R) R mu setT); apply: eq_real_integral => x.
  rewrite /power_density; case: ifP => [x0|_]; last by rewrite mul0r.
  by rewrite subr_gt0 ltNge (le_trans s0 (ltW x0)) /= mulr0.
have sn : s != 0 by rewrite gt_eqF.
pose G x : \bar R := (power_density a x * power_density b (s - x))%:E.
have mG : measurable_fun setT G by apply/measurable_EFinP; exact: measurable_beta.
have G0 x : (0 <= G x)%E by rewrite lee_fin beta_ge0.
have H := ge0_integral_scale sn mG G0; rewrite (gtr0_norm s0) in H.
have -> : (\int[mu]_x G x = s%:E * \int[mu]_t G (s * t)%R)%E.
  by rewrite H muleA -EFinM divff// mul1e.
transitivity (s%:E * \int[mu]_t ((s `^ (a - 1) * s `^ (b - 1))%:E *
    (power_density a t * power_density b (1 - t))%:E))%E.
  congr (_ * _)%E; apply: eq_real_integral => t; rewrite /G -EFinM; congr EFin.
  rewrite (_ : s - s * t = s * (1 - t)); last by ring.
  by rewrite !power_densityM//; ring.
rewrite ge0_integralZl_EFin; last 4 first.
- exact: measurableT.
- by move=> t _; rewrite lee_fin beta_ge0.
- by apply/measurable_EFinP; exact: measurable_beta.
- by rewrite mulr_ge0 ?powR_ge0.
rewrite muleA -EFinM; congr (_%:E * _)%E.
rewrite /power_density s0 -powRD ?sn ?implybT// -{1}(powRr1 (ltW s0)) -powRD ?sn ?implybT//.
by congr (_ `^ _); ring.
Qed.

Theorem power_convolution a b F : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x \int[mu]_y (F (x + y)%R * (power_density a x * power_density b y)%:E) =
   beta_integral a b * \int[mu]_s (F s * (power_density (a + b) s)%:E))%E.
Proof.
move=> mF F0.
pose f (z : R * R) : \bar R := (F z.2 * (power_density a z.1 * power_density b (z.2 - z.1))%:E)%E.
have mf : measurable_fun setT f.
  apply: emeasurable_funM; first exact: (measurableT_comp mF measurable_snd).
  apply/measurable_EFinP; apply: measurable_funM.
    exact: (measurableT_comp (measurable_power_density a) measurable_fst).
  apply: (measurableT_comp (measurable_power_density b)).
  by apply: measurable_funB; [exact: measurable_snd|exact: measurable_fst].
have f0 z : (0 <= f z)%E by rewrite mule_ge0// lee_fin beta_ge0.
transitivity (\int[mu]_x \int[mu]_s f (x, s))%E.
  apply: eq_real_integral => x.
  have mfx : measurable_fun setT (fun s : R => f (x, s)).
    by apply: (measurableT_comp mf); exact: measurable_pair1.
  have := ge0_integral_shift x mfx (fun s => f0 (x, s)) => <-.
  by apply: eq_real_integral => y; rewrite /f /= [(y + x)%R]addrC (addrC x) addrK.
rewrite (plane_tonelli mf f0).
transitivity (\int[mu]_s (beta_integral a b * (F s * (power_density (a + b) s)%:E)))%E.
  apply: eq_real_integral => s; rewrite /f /= ge0_integralZl//.
  - by rewrite beta_integral_scale muleA muleC.
  - by apply/measurable_EFinP; exact: measurable_beta.
  - by move=> x _; rewrite lee_fin beta_ge0.
rewrite ge0_integralZl//.
- by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_power_density.
- by move=> s _; rewrite mule_ge0// lee_fin power_density_ge0.
- exact/ltW/beta_integral_gt0.
Qed.

End convolution.
