(* Tonelli's theorem for Lebesgue integrals over R x R, and positivity of integrals.

     int int F(x, y) dy dx = int int F(x, y) dx dy          for measurable F >= 0 on R x R;
     int f > 0 if f >= 0 is measurable and positive on an interval ]c, d[, c < d.

   The library states Lebesgue measure on a copy of the measurable space R; here F is measurable on R x R itself. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import EntryLaws.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section plane.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

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

Section tonelli.
Variable F : R * R -> \bar R.
Hypotheses (mF : measurable_fun setT F) (F0 : forall z, 0 <= F z).

Let inner1 x : \int[mu]_y F (x, y) = \int[real_mu]_y F (x, y).
Proof. by apply: real_muE => //; exact: (measurableT_comp mF). Qed.

Let inner2 y : \int[mu]_x F (x, y) = \int[real_mu]_x F (x, y).
Proof. by apply: real_muE => //; exact: (measurableT_comp mF). Qed.

Lemma measurable_integral_right : measurable_fun setT (fun x : R => \int[mu]_y F (x, y)).
Proof.
by under eq_fun do rewrite inner1; exact: (@measurable_fun_fubini_tonelli_F _ _ _ _ R real_mu F mF F0).
Qed.

Lemma measurable_integral_left : measurable_fun setT (fun y : R => \int[mu]_x F (x, y)).
Proof.
by under eq_fun do rewrite inner2; exact: (@measurable_fun_fubini_tonelli_G _ _ _ _ R real_mu F mF F0).
Qed.

Theorem plane_tonelli : \int[mu]_x \int[mu]_y F (x, y) = \int[mu]_y \int[mu]_x F (x, y).
Proof.
rewrite real_muE; last 2 first.
- exact: measurable_integral_right.
- by move=> x; exact: integral_ge0.
rewrite [RHS]real_muE; last 2 first.
- exact: measurable_integral_left.
- by move=> y; exact: integral_ge0.
under eq_integral do rewrite inner1.
by under [RHS]eq_integral do rewrite inner2; exact: fubini_tonelli.
Qed.

End tonelli.

(* Equal functions have equal integrals. *)
Lemma eq_real_integral (F G : R -> \bar R) : F =1 G -> \int[mu]_x F x = \int[mu]_x G x.
Proof. by move=> FG; apply: (@eq_integral _ (measurableTypeR R) R mu) => x _; exact: FG. Qed.

(* The integral over a half line, as one over R. *)
Lemma integral_half_line (F : R -> \bar R) :
  \int[mu]_(x in `]0%R, +oo[) F x = \int[mu]_x (if (0 < x)%R then F x else 0).
Proof.
rewrite integral_mkcond; apply: eq_real_integral => x.
by rewrite patchE mem_setE in_itv /= andbT.
Qed.

Lemma integral_gt0 (f : R -> R) (c d : R) : measurable_fun setT f -> (forall x, 0 <= f x)%R ->
  (c < d)%R -> (forall x, c < x < d -> 0 < f x)%R -> 0 < \int[mu]_x (f x)%:E.
Proof.
move=> mf f0 cd fp; rewrite lt_neqAle integral_ge0 ?andbT => [|x _]; last by rewrite lee_fin.
apply/eqP => /esym H; pose g : measurableTypeR R -> \bar R := EFin \o f.
have mg : measurable_fun setT g by apply/measurable_EFinP.
have : \int[mu]_x `|g x| = 0 by rewrite -H; apply: eq_real_integral => x; rewrite /g /= ger0_norm.
move=> /(ae_eq_integral_abs mu measurableT mg)[N [mN muN sub]].
have cdN : (`]c, d[%classic : set (measurableTypeR R)) `<=` N.
  move=> x /=; rewrite in_itv /= => xcd; apply: sub => /= /(_ I) /eqP.
  by rewrite /g /= eqe gt_eqF// fp.
have : mu `]c, d[%classic <= mu N.
  by apply: le_measure => //; rewrite inE//; exact: measurable_itv.
by rewrite muN lebesgue_measure_itv /= lte_fin cd -EFinB lee_fin leNgt subr_gt0 cd.
Qed.

End plane.
