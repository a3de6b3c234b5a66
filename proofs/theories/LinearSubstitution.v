(* Affine substitution in a Lebesgue integral, for every measurable F >= 0.

     int F(a x + b) dx = |a|^-1 int F(x) dx          (a <> 0)

   A measure that gives the length to every interval ]c, d] is Lebesgue measure; |a| times the image of Lebesgue measure
   under x |-> a x + b is such a measure. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import lebesgue_stieltjes_measure.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section affine.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

Lemma lebesgue_measure_of_length (m : {measure set (measurableTypeR R) -> \bar R}) :
  (forall c d : R, c <= d -> m `]c, d]%classic = (d - c)%:E) ->
  forall A, measurable A -> mu A = m A.
Proof.
move=> mcd A mA; apply: lebesgue_stieltjes_measure_unique => // _ [[c d] _ <-] /=.
have -> : lebesgue_stieltjes_measure idfun `]c, d]%classic = mu `]c, d]%classic by [].
rewrite lebesgue_measure_itv /= lte_fin.
have [cd|dc] := ltP c d; first by rewrite mcd ?ltW// EFinB.
by rewrite set_itv_ge ?measure0// bnd_simp -leNgt.
Qed.

Definition affine_map (a b : R) (x : measurableTypeR R) : measurableTypeR R := a * x + b.

Lemma measurable_affine_map a b : measurable_fun setT (affine_map a b).
Proof.
by apply: measurable_funD; [apply: measurable_funM|]; exact: measurable_cst || exact: measurable_id.
Qed.

Lemma affine_preimage_length a b c d : a != 0 -> c <= d ->
  (`|a|%:E * mu (affine_map a b @^-1` `]c, d]%classic) = (d - c)%:E)%E.
Proof.
move=> a0 cd; have length (x y : bool) (u v : R) : u <= v ->
    mu [set` Interval (BSide x u) (BSide y v)] = (v - u)%:E.
  move=> uv; rewrite lebesgue_measure_itv /= lte_fin EFinB; case: ltgtP uv => // -> _.
  by rewrite -EFinB subrr.
have [an|ap|az] := ltgtP a 0; last by rewrite az eqxx in a0.
- have -> : affine_map a b @^-1` `]c, d]%classic = `[(d - b) / a, (c - b) / a[%classic.
    apply/seteqP; split=> x /=; rewrite /affine_map !in_itv/= ler_ndivrMr// ltr_ndivlMr//
      [x * a]mulrC => /andP[? ?]; apply/andP; split; lra.
  rewrite length; last by rewrite ler_nM2r ?invr_lt0// lerD2r.
  by rewrite ltr0_norm// -EFinM; congr EFin; field.
- have -> : affine_map a b @^-1` `]c, d]%classic = `](c - b) / a, (d - b) / a]%classic.
    apply/seteqP; split=> x /=; rewrite /affine_map !in_itv/= ler_pdivlMr// ltr_pdivrMr//
      [x * a]mulrC => /andP[? ?]; apply/andP; split; lra.
  rewrite length; last by rewrite ler_pM2r ?invr_gt0// lerD2r.
  by rewrite gtr0_norm// -EFinM; congr EFin; field.
Qed.

(* |a| times the image of Lebesgue measure under x |-> a x + b. *)
Definition affine_image a b :=
  mscale (NngNum (normr_ge0 a)) (pushforward mu (measurable_affine_map a b)).

Theorem ge0_integral_affine (a b : R) (F : R -> \bar R) : a != 0 ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x F (a * x + b)%R = (`|a|^-1)%:E * \int[mu]_x F x)%E.
Proof.
move=> a0 mF F0.
have same : (\int[mu]_x F x = \int[affine_image a b]_x F x)%E.
  apply: eq_measure_integral => A mA _; apply: lebesgue_measure_of_length => // c d cd.
  exact: affine_preimage_length.
rewrite same ge0_integral_mscale//= ge0_integral_pushforward// muleA -EFinM mulVf ?normr_eq0//.
by rewrite mul1e.
Qed.

Corollary ge0_integral_shift (b : R) (F : R -> \bar R) :
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x F (x + b)%R = \int[mu]_x F x)%E.
Proof.
move=> mF F0; have := ge0_integral_affine b (oner_neq0 R) mF F0.
rewrite normr1 invr1 mul1e => <-; apply: eq_integral => x _.
by rewrite mul1r.
Qed.

Corollary ge0_integral_scale (a : R) (F : R -> \bar R) : a != 0 ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x F (a * x)%R = (`|a|^-1)%:E * \int[mu]_x F x)%E.
Proof.
move=> a0 mF F0; rewrite -(ge0_integral_affine 0 a0 mF F0).
by apply: eq_integral => x _; rewrite addr0.
Qed.

Corollary ge0_integral_opp (F : R -> \bar R) :
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x F (- x)%R = \int[mu]_x F x)%E.
Proof.
move=> mF F0; have N0 : - 1 != 0 :> R by rewrite oppr_eq0 oner_eq0.
have := ge0_integral_scale N0 mF F0; rewrite normrN normr1 invr1 mul1e => <-.
by apply: eq_integral => x _; rewrite mulN1r.
Qed.

End affine.
