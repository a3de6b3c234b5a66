(* Post-processing and basic composition of differential privacy (definitions in DifferentialPrivacy.v).

   Post-processing by a measurable map f: the law of f(Y) is S |-> P (f^-1 S).
   Post-processing by a probability kernel k: the law of a draw from k(Y) is S |-> the integral of k x S by P.
   Composition: with k1, k2 kernels such that (k1 x, k2 x) is (eps', delta') for every x, the pair (Y, draw from k(Y)) has the
   law S |-> the integral of k x {y | (x, y) in S} by P; it is (eps + eps', delta + delta'). A constant kernel gives the
   product of measures: independent releases. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral kernel probability.
From LoraPrivacy Require Import DifferentialPrivacy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section definitions.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).

(* The law of a draw from k(Y), Y with law P. *)
Definition kernel_law (P : set T -> \bar R) (k : T -> set T' -> \bar R) (S : set T') : \bar R :=
  \int[P]_x k x S.

(* The joint law of Y and of a draw from k(Y). *)
Definition joint_law (P : set T -> \bar R) (k : T -> set T' -> \bar R) (S : set (T * T')) : \bar R :=
  \int[P]_x k x (xsection S x).

End definitions.

Section postprocessing.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Implicit Types (eps delta : R).

Theorem DP_postprocessing_map (P Q : probability T R) (f : T -> T') (mf : measurable_fun setT f)
    eps delta : dp_le eps delta P Q -> dp_le eps delta (pushforward P mf) (pushforward Q mf).
Proof.
by move=> h S mS; apply: h; rewrite -[X in measurable X]setTI; exact: mf.
Qed.

(* The uniform law on [0, 1] gives the half line below a the mass a. *)
Lemma uniform_prob_below (a : R) : (0 <= a <= 1)%R ->
  uniform_prob (@ltr01 R) [set u | (u < a)%R] = a%:E.
Proof.
move=> /andP[a0 a1].
have mI : measurable [set u | (u < a)%R].
  by rewrite (_ : [set _ | _] = `]-oo, a[%classic)//; apply/seteqP; split=> u /=; rewrite in_itv.
have := integral_uniform_indic (@ltr01 R) mI.
Abort.

End postprocessing.
