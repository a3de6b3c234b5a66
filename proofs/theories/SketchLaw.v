(* The law of a sketched vector.

   A is an r x m matrix with independent N(0, 1/r) entries, q a fixed row vector of m numbers. sketch_law q r is the law of
   the row vector q A^T A, a probability on the row vectors with m entries (A^T A q as a row).

   Proved here:
     - on any probability space, if A has independent N(0, 1/r) entries, then sketch_law q r is the law of q A^T A;
     - rotations: sketch_law (q Q) r is the image of sketch_law q r under y |-> y Q, for orthogonal Q and r >= 1;
     - for fixed u and W with independent N(0, v) entries, u^T W has the law of |u| times one row of W. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import EntryLaws MatrixAlgebra MatrixSpace SymmetryTest OrthogonalMaps.
From LoraPrivacy Require Import ProductMatrix ProductMatrixBlocks GaussianMatrix GaussianScaling GaussianRotation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section sketch_law.
Context (R : realType).

Definition sketch_row r m (q : 'rV[R]_m) (A : matrix_space R r m) : matrix_space R 1 m := q *m A^T *m A.

Lemma measurable_sketch_row r m (q : 'rV[R]_m) : measurable_fun setT (@sketch_row r m q).
Proof. exact: (polynomial_mx_measurable (polynomial_release r q)). Qed.

Definition sketch_law m (q : 'rV[R]_m) (r : nat) : probability (matrix_space R 1 m) R :=
  distribution (gaussian_matrix r m r%:R^-1) (mfun_Sub (mem_set (@measurable_sketch_row r m q))).

Lemma sketch_lawE m (q : 'rV[R]_m) r (S : set (matrix_space R 1 m)) :
  sketch_law q r S = gaussian_matrix r m r%:R^-1 [set A | S (q *m A^T *m A)].
Proof. by []. Qed.

Lemma sketch_law_integral m (q : 'rV[R]_m) r (F : matrix_space R 1 m -> \bar R) :
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[sketch_law q r]_y F y = \int[gaussian_matrix r m r%:R^-1]_A F (q *m A^T *m A)%R)%E.
Proof. by move=> mF F0; rewrite ge0_integral_distribution. Qed.

(* The law on any probability space. *)
Theorem sketch_law_of_entries m r d (T : measurableType d) (P : probability T R)
    (A : 'I_r -> 'I_m -> {RV P >-> R}) (q : 'rV[R]_m) (S : set (matrix_space R 1 m)) :
  gaussian_entries A -> measurable S ->
  P [set w | S (q *m (\matrix_(i, j) A i j w)^T *m \matrix_(i, j) A i j w)] = sketch_law q r S.
Proof.
move=> HA mS; rewrite sketch_lawE -(gaussian_entries_matrix HA)//.
by rewrite -[X in measurable X]setTI; exact: (measurable_sketch_row (r := r) q).
Qed.

End sketch_law.

Section rotations.
Context (R : realType).
Lemma measurable_mulmxl r m n (Q : 'M[R]_(n, r)) :
  measurable_fun setT (fun A : matrix_space R r m => Q *m A : matrix_space R n m).
Proof.
apply: polynomial_mx_measurable; apply: polynomial_mx_mul; last exact: polynomial_mx_id.
exact: polynomial_mx_cst.
Qed.

Theorem sketch_law_rotation m r (q : 'rV[R]_m) (Q : 'M[R]_m) (S : set (matrix_space R 1 m)) : (0 < r)%N ->
  orthogonal Q -> measurable S -> sketch_law (q *m Q) r S = sketch_law q r [set y | S (y *m Q)].
Proof.
move=> r0 oQ mS; rewrite !sketch_lawE.
have v0 : 0 < r%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have mT : measurable ([set A | S (q *m Q *m A^T *m A)] : set (matrix_space R r m)).
  by rewrite -[X in measurable X]setTI; exact: (measurable_sketch_row (r := r) (q *m Q)).
rewrite -(gaussian_matrix_mulr v0 oQ mT).
have E (A : 'M[R]_(r, m)) : q *m Q *m (A *m Q)^T *m (A *m Q) = q *m A^T *m A *m Q.
  by rewrite trmx_mul !mulmxA -(mulmxA q Q) oQ mulmx1.
by congr (gaussian_matrix r m _ _); apply/seteqP; split=> A /=; rewrite E.
Qed.

Theorem sketch_law_integral_rotation m r (q : 'rV[R]_m) (Q : 'M[R]_m) (F : matrix_space R 1 m -> \bar R) :
  (0 < r)%N -> orthogonal Q -> measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[sketch_law (q *m Q) r]_y F y = \int[sketch_law q r]_y F (y *m Q)%R)%E.
Proof.
move=> r0 oQ mF F0; rewrite -(ge0_integral_pushforward (measurable_mulmx_right (r := 1) Q))//.
by apply: eq_measure_integral => S mS _; exact: sketch_law_rotation.
Qed.

(* Rotation from the left under the integral. *)
Lemma gaussian_matrix_integral_mull r m (v : R) (Q : 'M[R]_r) (F : matrix_space R r m -> \bar R) : 0 < v ->
  orthogonal Q -> measurable_fun setT F -> (forall A, 0 <= F A)%E ->
  (\int[gaussian_matrix r m v]_A F (Q *m A)%R = \int[gaussian_matrix r m v]_A F A)%E.
Proof.
move=> v0 oQ mF F0; rewrite -(ge0_integral_pushforward (measurable_mulmxl (m := m) Q))//.
by apply: eq_measure_integral => S mS _; exact: (gaussian_matrix_mull v0 oQ mS).
Qed.

(* A linear combination of the rows has the law of |u| times one row. *)
Theorem gaussian_rows_combination k p (v : R) (u : 'cV[R]_(1 + k)) (F : matrix_space R 1 p -> \bar R) : 0 < v ->
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[gaussian_matrix (1 + k) p v]_W F (u^T *m W)%R =
   \int[gaussian_matrix 1 p v]_w F (row_norm u^T *: w)%R)%E.
Proof.
move=> v0 mF F0; have [Q [oQ eQ]] := orthogonal_to_axis u^T.
pose G (W : matrix_space R (1 + k) p) := F (u^T *m W).
have mG : measurable_fun setT G by apply: measurableT_comp mF (measurable_mulmxl _).
rewrite -(gaussian_matrix_integral_mull v0 oQ mG (fun=> F0 _)).
have mH := measurableT_comp mG (measurable_mulmxl (m := p) Q).
rewrite (gaussian_matrix_col_mx v mH (fun=> F0 _)).
apply: eq_integral => w _; rewrite /G /=.
under eq_integral => W' _ do rewrite mulmxA eQ mul_row_col mul0mx addr0 mul_scalar_mx.
rewrite integral_cst// [X in (_ * X)%E](_ : _ = 1%E) ?mule1//.
exact: (@probability_setT _ _ _ (gaussian_matrix k p v)).
Qed.

End rotations.
