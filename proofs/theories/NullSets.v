(* The zero set of a nonzero polynomial in independent entries with atomless laws has probability zero.

   Independence is that of Independence.v. The laws of a family X i are atomless if P(X i = x) = 0 for all i and x. A
   normal law with positive variance is atomless. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import MatrixSpace EntryLaws.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section definitions.
Context d (W : measurableType d) (R : realType) (P : probability W R).

Definition atomless (I : Type) (X : I -> {RV P >-> R}) : Prop :=
  forall i x, P (X i @^-1` [set x]) = 0%E.

End definitions.

Section atomless_laws.
Context d (W : measurableType d) (R : realType) (P : probability W R).

Lemma gaussian_atomless (I : Type) (X : I -> {RV P >-> R}) (v : R) :
  0 < v -> (forall i, has_law (X i) (gaussian_law v)) -> atomless X.
Proof.
move=> v0 gX i x; have s0 : Num.sqrt v != 0 by rewrite gt_eqF// sqrtr_gt0.
have -> : P (X i @^-1` [set x]) = normal_prob 0 (Num.sqrt v) [set x] by exact: gX.
exact: (normal_prob_dominates 0 _ (measurable_set1 x) (lebesgue_measure_set1 x)).
Qed.

(* A nonzero polynomial has finitely many roots. *)
Lemma atomless_roots (mu : {measure set R -> \bar R}) (p : {poly R}) :
  (forall x, mu [set x] = 0%E) -> p != 0 ->
  measurable [set x | p.[x] = 0] /\ mu [set x | p.[x] = 0] = 0%E.
Proof.
move=> a0; move: {2}(size p) (leqnn (size p)) => k; elim: k p => [|k ih] p sp p0.
  by move: sp; rewrite leqn0 size_poly_eq0 (negbTE p0).
have [[x px]|nr] := pselect (exists x, root p x); last first.
  rewrite (_ : [set x | _] = set0); first by split; [exact: measurable0|rewrite measure0].
  by apply/seteqP; split=> x //= /eqP px; apply: nr; exists x.
have /factor_theorem[q pq] := px.
have q0 : q != 0 by apply: contra_neq p0 => q0; rewrite pq q0 mul0r.
have sq : (size q <= k)%N.
  by move: sp; rewrite pq size_mul ?polyXsubC_eq0// size_XsubC addn2.
have [mq mu_q] := ih q sq q0.
have -> : [set y | p.[y] = 0] = [set y | q.[y] = 0] `|` [set x].
  apply/seteqP; split=> y; rewrite /= pq hornerM hornerXsubC.
    by move=> /eqP; rewrite mulf_eq0 subr_eq0 => /orP[] /eqP; [left|right].
  by case=> [->|->]; rewrite ?mul0r// subrr mulr0.
have mx : measurable [set x] by exact: measurable_set1.
split; first exact: measurableU.
apply/eqP; rewrite -measure_le0.
apply: (@le_trans _ _ (mu [set y | q.[y] = 0%R] + mu [set x])%E); first exact: measureU2.
by rewrite mu_q a0 adde0.
Qed.

End atomless_laws.

Section independent_pair.
Context d d1 d2 (W : measurableType d) (T1 : measurableType d1) (T2 : measurableType d2).
Context (R : realType) (P : probability W R).
Variables (X : {mfun W >-> T1}) (Z : {mfun W >-> T2}).
Hypothesis indep : forall B C, measurable B -> measurable C ->
  P (X @^-1` B `&` Z @^-1` C) = (P (X @^-1` B) * P (Z @^-1` C))%E.

(* A set whose sections are null for X, but for a set of sections that is null for Z, is null. *)
Lemma null_by_sections (N : set (T1 * T2)) (C : set T2) :
  measurable N -> measurable C -> P (Z @^-1` C) = 0%E ->
  (forall z, ~ C z -> P (X @^-1` [set x | N (x, z)]) = 0%E) ->
  P [set w | N (X w, Z w)] = 0%E.
Proof.
move=> mN mC C0 sec.
have mXZ : measurable_fun setT (fun w => (X w, Z w)) by exact: measurable_fun_prod.
pose muX := distribution P X; pose muZ := distribution P Z.
have e1 : (muX \x muZ)%E N = pushforward P mXZ N.
  by apply: product_measure_unique => // A B mA mB; rewrite -indep.
have e2 : (muX \x muZ)%E N = (muX \x^ muZ)%E N.
  by apply: product_measure_unique => // A B mA mB; exact: product_measure2E.
transitivity (pushforward P mXZ N) => //.
rewrite -e1 e2 /product_measure2 (ge0_negligible_integral mC)//.
- apply: integral0_eq => z [_ Cz] /=; rewrite -(sec z Cz).
  by rewrite /muX /distribution/= /pushforward/= ysectionE.
- exact: measurable_fun_ysection.
Qed.

End independent_pair.
