(* Tonelli's theorem with Lebesgue measure on R as one of the two measures.

   For a sigma-finite measure m on T and measurable F >= 0 on T x R:
     x |-> int F(x, s) ds is measurable, and int_x int F(x, s) ds = int (int_x F(x, s)) ds.

   The library states Lebesgue measure on a copy of the measurable space R; here F is measurable on T x R itself. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import EntryLaws.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section tonelli.
Context d (T : measurableType d) (R : realType) (m : {sigma_finite_measure set T -> \bar R}).
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

Variable F : T * R -> \bar R.
Hypotheses (mF : measurable_fun setT F) (F0 : forall z, 0 <= F z).

Let inner x : \int[mu]_s F (x, s) = \int[real_mu]_s F (x, s).
Proof. by apply: real_muE => //; exact: (measurableT_comp mF). Qed.

Lemma measurable_real_integral : measurable_fun setT (fun x => \int[mu]_s F (x, s)).
Proof. by under eq_fun do rewrite inner; exact: (@measurable_fun_fubini_tonelli_F _ _ _ _ R real_mu F mF F0). Qed.

Theorem real_tonelli : \int[m]_x \int[mu]_s F (x, s) = \int[mu]_s \int[m]_x F (x, s).
Proof.
under eq_integral do rewrite inner.
rewrite (@fubini_tonelli _ _ _ _ R m real_mu F)//= real_muE//.
  exact: (@measurable_fun_fubini_tonelli_G _ _ _ _ R m F mF F0).
by move=> s; exact: integral_ge0.
Qed.

End tonelli.
