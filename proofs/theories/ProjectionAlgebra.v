(* S25, the algebra of a projected gradient.

   dot x y = <x, y> and sqnorm x = <x, x>. An orthogonal projection is a matrix S with S^T = S and S S = S.
     - <S q, q> = ||S q||^2; for y = c S q, <y, q> = ||y||^2 / c, and y lies on the sphere of radius c ||q|| / 2 about
       c q / 2. The statement has c = m/r.
     - row_projection A = A^T (A A^T)^-1 A is the orthogonal projection on the row space of A where A A^T is invertible.
     - There is an A (r x m) with A A^T invertible iff r <= m; and for r < m, q <> 0 and e <> 0 there is one with
       det(A A^T) <row_projection A q, e> <> 0. This quantity is the polynomial q^T A^T adj(A A^T) A e. *)
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum matrix mxalgebra ring.
From mathcomp Require Import boolp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section definitions.
Variable F : realFieldType.

Definition dot m (x y : 'cV[F]_m) : F := (x^T *m y) ord0 ord0.
Definition sqnorm m (x : 'cV[F]_m) : F := dot x x.

Definition orthogonal_projection m (S : 'M[F]_m) : Prop := S^T = S /\ S *m S = S.

(* The Gram determinant det(A A^T), and A^T adj(A A^T) A, which is det(A A^T) times the projection. *)
Definition gram_det r m (A : 'M[F]_(r, m)) : F := \det (A *m A^T).
Definition scaled_projection r m (A : 'M[F]_(r, m)) : 'M[F]_m := A^T *m \adj (A *m A^T) *m A.

(* The projection on the row space of A, where A A^T is invertible (and 0 elsewhere). *)
Definition row_projection r m (A : 'M[F]_(r, m)) : 'M[F]_m := (gram_det A)^-1 *: scaled_projection A.

End definitions.

Section inner_product.
Variable F : realFieldType.

Lemma dotE m (x y : 'cV[F]_m) : dot x y = \sum_i x i ord0 * y i ord0.
Proof. by rewrite /dot mxE; apply: eq_bigr => i _; rewrite mxE. Qed.

Lemma dotC m (x y : 'cV[F]_m) : dot x y = dot y x.
Proof. by rewrite !dotE; apply: eq_bigr => i _; rewrite mulrC. Qed.

Lemma dotDl m (x y z : 'cV[F]_m) : dot (x + y) z = dot x z + dot y z.
Proof. by rewrite /dot linearD/= mulmxDl mxE. Qed.

Lemma dotBr m (x y z : 'cV[F]_m) : dot x (y - z) = dot x y - dot x z.
Proof. by rewrite /dot mulmxBr !mxE. Qed.

Lemma dotZl m (c : F) (x y : 'cV[F]_m) : dot (c *: x) y = c * dot x y.
Proof. by rewrite /dot linearZ/= -scalemxAl mxE. Qed.

Lemma dotZr m (c : F) (x y : 'cV[F]_m) : dot x (c *: y) = c * dot x y.
Proof. by rewrite dotC dotZl dotC. Qed.

Lemma dotBl m (x y z : 'cV[F]_m) : dot (x - y) z = dot x z - dot y z.
Proof. by rewrite dotC dotBr !(dotC z). Qed.

Lemma sqnorm_ge0 m (x : 'cV[F]_m) : 0 <= sqnorm x.
Proof. by rewrite /sqnorm dotE; apply: sumr_ge0 => i _; rewrite -expr2 sqr_ge0. Qed.

Lemma sqnorm_eq0 m (x : 'cV[F]_m) : sqnorm x = 0 -> x = 0.
Proof.
rewrite /sqnorm dotE => /psumr_eq0P h; apply/colP => i; rewrite mxE.
by apply/eqP; rewrite -[_ == 0]orbb -mulf_eq0 h// => j _; rewrite -expr2 sqr_ge0.
Qed.

Lemma sqnorm_neq0 m (x : 'cV[F]_m) : x != 0 -> sqnorm x != 0.
Proof. by apply: contra_neq; exact: sqnorm_eq0. Qed.

Theorem S25_projection_sphere m (S : 'M[F]_m) (q : 'cV[F]_m) :
  orthogonal_projection S -> dot (S *m q) q = sqnorm (S *m q).
Proof. by move=> [ST SS]; rewrite /sqnorm /dot trmx_mul ST -!mulmxA (mulmxA S) SS. Qed.

(* The rescaled release y = c S q; the statement has c = m/r. *)
Theorem S25_rescaled m (S : 'M[F]_m) (q : 'cV[F]_m) (c : F) : c != 0 ->
  orthogonal_projection S -> dot (c *: (S *m q)) q = c^-1 * sqnorm (c *: (S *m q)).
Proof.
move=> c0 /S25_projection_sphere h.
by rewrite /sqnorm !dotZl dotZr -/(sqnorm _) -h mulKf.
Qed.

Theorem S25_on_a_sphere m (y q : 'cV[F]_m) (c : F) : c != 0 ->
  dot y q = c^-1 * sqnorm y -> sqnorm (y - (c / 2) *: q) = (c / 2) ^+ 2 * sqnorm q.
Proof.
move=> c0 h; rewrite /sqnorm dotBr !dotBl !dotZr !dotZl.
have -> : dot y y = c * dot y q by rewrite h mulrA divff// mul1r.
by rewrite (dotC q y) -/(sqnorm q); field.
Qed.

End inner_product.

Section row_projection.
Variable F : realFieldType.

Lemma gram_det_unit r m (A : 'M[F]_(r, m)) : (gram_det A != 0) = (A *m A^T \in unitmx).
Proof. by rewrite unitmxE unitfE. Qed.

Lemma row_projection_sym r m (A : 'M[F]_(r, m)) : (row_projection A)^T = row_projection A.
Proof.
by rewrite /row_projection linearZ/= /scaled_projection !trmx_mul trmx_adj trmx_mul !trmxK mulmxA.
Qed.

(* The usual formula. *)
Lemma row_projectionE r m (A : 'M[F]_(r, m)) : gram_det A != 0 ->
  row_projection A = A^T *m invmx (A *m A^T) *m A.
Proof.
by rewrite gram_det_unit => u; rewrite /row_projection /scaled_projection /invmx u
  -scalemxAr -scalemxAl.
Qed.

Lemma row_projection_orthogonal r m (A : 'M[F]_(r, m)) : gram_det A != 0 ->
  orthogonal_projection (row_projection A).
Proof.
move=> d0; rewrite row_projectionE//; move: d0; rewrite gram_det_unit => u; split.
  by rewrite !trmx_mul trmx_inv trmx_mul !trmxK mulmxA.
by rewrite -!mulmxA (mulmxA A A^T) (mulmxA (invmx _) (A *m A^T)) mulVmx// mul1mx.
Qed.

(* It fixes the rows of A: it is the projection on their span. *)
Lemma row_projection_rows r m (A : 'M[F]_(r, m)) : gram_det A != 0 -> A *m row_projection A = A.
Proof.
move=> d0; rewrite row_projectionE//; move: d0; rewrite gram_det_unit => u.
by rewrite !mulmxA mulmxV// mul1mx.
Qed.

(* For a square A it is the identity. *)
Lemma row_projection_square m (A : 'M[F]_m) : gram_det A != 0 -> row_projection A = 1%:M.
Proof.
move=> d0; have h := row_projection_rows d0.
have u : A \in unitmx.
  by move: d0; rewrite gram_det_unit !unitmxE det_mulmx unitrM => /andP[].
by rewrite -[LHS]mul1mx -(mulVmx u) -mulmxA h.
Qed.

Lemma row_projection_full r m (A : 'M[F]_(r, m)) : r = m -> gram_det A != 0 -> row_projection A = 1%:M.
Proof. by move=> e; subst r; exact: row_projection_square. Qed.

Lemma gram_det_exists r m : (r <= m)%N -> exists A : 'M[F]_(r, m), gram_det A != 0.
Proof.
move=> rm; exists (pid_mx r); rewrite gram_det_unit tr_pid_mx mul_pid_mx.
by rewrite minnn (minn_idPr rm) pid_mx_1 unitmx1.
Qed.

Lemma gram_free k m (V : 'M[F]_(k, m)) : row_free V -> gram_det V != 0.
Proof.
move=> fV; rewrite gram_det_unit -row_free_unit -kermx_eq0; apply/eqP.
set K := kermx _; have KV : K *m (V *m V^T) = 0 by exact: mulmx_ker.
have KV0 : K *m V = 0.
  apply/row_matrixP => i; rewrite row0 row_mul; set x := row i K.
  have xVV : x *m V *m V^T = 0 by rewrite -mulmxA -row_mul KV row0.
  apply: trmx_inj; rewrite trmx0; apply: sqnorm_eq0.
  by rewrite /sqnorm /dot trmxK trmx_mul mulmxA xVV mul0mx mxE.
by apply: (row_free_inj fV); rewrite KV0 mul0mx.
Qed.

(* A vector that is orthogonal to neither q nor e. *)
Lemma not_orthogonal m (q e : 'cV[F]_m) : q != 0 -> e != 0 ->
  exists a, dot a q != 0 /\ dot a e != 0.
Proof.
move=> q0 e0; have [qe|qe] := eqVneq (dot q e) 0; last by exists q; split=> //; exact: sqnorm_neq0.
exists (q + e); rewrite !dotDl (dotC e q) qe addr0 add0r.
by split; exact: sqnorm_neq0.
Qed.

(* k independent rows orthogonal to a and q, for k + 2 <= m. *)
Lemma orthogonal_rows k m (a q : 'cV[F]_m) : (k.+1 < m)%N ->
  exists V : 'M[F]_(k, m), [/\ row_free V, V *m a = 0 & V *m q = 0].
Proof.
move=> km; pose K := kermx (row_mx a q); pose V := (pid_mx k : 'M_(k, \rank K)) *m row_base K.
have rK : (k <= \rank K)%N.
  rewrite mxrank_ker leq_subRL; last exact: rank_leq_row.
  have := rank_leq_col (row_mx a q); rewrite addnC -(leq_add2l k) => /leq_trans; apply.
  by rewrite addn2.
exists V; have fV : row_free V.
  by rewrite /row_free mxrankMfree ?row_base_free// rank_pid_mx.
have : V *m row_mx a q = 0.
  by apply/sub_kermxP; rewrite /V (submx_trans (submxMl _ _))// eq_row_base.
rewrite mul_mx_row => /eqP; rewrite -[0]row_mx0 => /eqP /eq_row_mx[].
by split.
Qed.

Lemma scaled_projection_value r m (A : 'M[F]_(r, m)) (w : 'cV[F]_r) (q e : 'cV[F]_m) :
  A *m A^T *m w = A *m q -> dot (scaled_projection A *m q) e = gram_det A * (w^T *m (A *m e)) ord0 ord0.
Proof.
move=> h; have -> : scaled_projection A *m q = gram_det A *: (A^T *m w).
  by rewrite /scaled_projection -!mulmxA -h (mulmxA (\adj _)) mul_adj_mx mul_scalar_mx -scalemxAr.
by rewrite dotZl /dot trmx_mul trmxK -mulmxA.
Qed.

Theorem S25_not_identically_zero r m (q e : 'cV[F]_m) : (0 < r)%N -> (r < m)%N ->
  q != 0 -> e != 0 -> exists A : 'M[F]_(r, m), dot (scaled_projection A *m q) e != 0.
Proof.
case: r => // k _ km q0 e0; have [a [aq ae]] := not_orthogonal q0 e0.
have a0 : a != 0.
  by apply: contra_neq aq => ->; rewrite dotC /dot mulmx0 mxE.
have [V [fV Va Vq]] := orthogonal_rows a q km.
pose A : 'M[F]_(1 + k, m) := col_mx a^T V.
have N : A *m A^T = block_mx (a^T *m a) 0 0 (V *m V^T).
  by rewrite /A tr_col_mx trmxK mul_col_row Va -[a^T *m V^T]trmxK trmx_mul !trmxK Va trmx0.
pose w : 'cV[F]_(1 + k) := col_mx ((dot a q / sqnorm a)%:M) 0.
have sa := sqnorm_neq0 a0.
have e11 (x y : 'cV[F]_m) : x^T *m y = (dot x y)%:M by rewrite [LHS]mx11_scalar.
have hw : A *m A^T *m w = A *m q.
  rewrite N /w mul_block_col !mulmx0 mul0mx !addr0 /A mul_col_mx Vq !e11.
  by rewrite -scalar_mxM mulrC divfK.
exists A; rewrite (scaled_projection_value _ hw).
have -> : (w^T *m (A *m e)) ord0 ord0 = dot a q / sqnorm a * dot a e.
  rewrite /w tr_col_mx trmx0 tr_scalar_mx /A mul_col_mx mul_row_col mul0mx addr0 e11.
  by rewrite -scalar_mxM mxE eqxx mulr1n.
rewrite !mulf_neq0 ?invr_eq0//.
rewrite /gram_det N det_ublock mulf_neq0//; last exact: gram_free.
by rewrite e11 det_scalar1.
Qed.

End row_projection.
