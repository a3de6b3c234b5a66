(* Orthogonal maps of row vectors.

   For row vectors x, y of m real numbers
     row_dot x y = sum_i x_i y_i,   row_norm2 x = sum_i x_i^2,   row_norm x = sqrt (row_norm2 x),
     row_angle x y = acos (row_dot x y / (row_norm x row_norm y)), an angle in [0, pi];
   Q (m x m) is orthogonal if Q Q^T = 1, and x |-> x Q is its map.

   Proved here: the maps preserve dot products and norms and |det Q| = 1;
   if u and u' have the same norm, then u Q = u' for some orthogonal Q (a reflection, or the identity);
   every q is |q| e_1 up to an orthogonal map, and every pair q, q' of nonzero vectors is up to an orthogonal map
     |q| e_1 and |q'| (cos theta e_1 + sin theta e_2),   theta = row_angle q q'.  *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import boolp classical_sets functions reals topology normedtype.
From mathcomp Require Import sequences exp trigo.
From mathcomp Require Import matrix ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope ring_scope.

Section definitions.
Context (R : realType).

Definition row_dot m (x y : 'rV[R]_m) : R := \sum_i x ord0 i * y ord0 i.
Definition row_norm2 m (x : 'rV[R]_m) : R := \sum_i x ord0 i ^+ 2.
Definition row_norm m (x : 'rV[R]_m) : R := Num.sqrt (row_norm2 x).
Definition row_angle m (x y : 'rV[R]_m) : R := acos (row_dot x y / (row_norm x * row_norm y)).

Definition orthogonal m (Q : 'M[R]_m) : Prop := Q *m Q^T = 1%:M.

End definitions.

Section inner_product.
Context (R : realType).

Lemma row_dotE m (x y : 'rV[R]_m) : row_dot x y = (x *m y^T) ord0 ord0.
Proof. by rewrite mxE; apply: eq_bigr => i _; rewrite mxE. Qed.

Lemma row_norm2E m (x : 'rV[R]_m) : row_norm2 x = row_dot x x.
Proof. by apply: eq_bigr => i _; rewrite expr2. Qed.

Lemma mul_row_dot m (x y : 'rV[R]_m) : x *m y^T = (row_dot x y)%:M.
Proof. by rewrite [LHS]mx11_scalar row_dotE. Qed.

Lemma row_dotC m (x y : 'rV[R]_m) : row_dot x y = row_dot y x.
Proof. by apply: eq_bigr => i _; rewrite mulrC. Qed.

Lemma row_dotZl m c (x y : 'rV[R]_m) : row_dot (c *: x) y = c * row_dot x y.
Proof. by rewrite /row_dot mulr_sumr; apply: eq_bigr => i _; rewrite mxE mulrA. Qed.

Lemma row_dotZr m c (x y : 'rV[R]_m) : row_dot x (c *: y) = c * row_dot x y.
Proof. by rewrite row_dotC row_dotZl row_dotC. Qed.

Lemma row_dotDl m (x y z : 'rV[R]_m) : row_dot (x + y) z = row_dot x z + row_dot y z.
Proof. by rewrite !row_dotE mulmxDl mxE. Qed.

Lemma row_dotDr m (x y z : 'rV[R]_m) : row_dot x (y + z) = row_dot x y + row_dot x z.
Proof. by rewrite row_dotC row_dotDl !(row_dotC x). Qed.

Lemma row_dotNl m (x y : 'rV[R]_m) : row_dot (- x) y = - row_dot x y.
Proof. by rewrite -scaleN1r row_dotZl mulN1r. Qed.

Lemma row_dotBl m (x y z : 'rV[R]_m) : row_dot (x - y) z = row_dot x z - row_dot y z.
Proof. by rewrite row_dotDl row_dotNl. Qed.

Lemma row_dotBr m (x y z : 'rV[R]_m) : row_dot x (y - z) = row_dot x y - row_dot x z.
Proof. by rewrite row_dotC row_dotBl !(row_dotC x). Qed.

Lemma row_norm2_ge0 m (x : 'rV[R]_m) : 0 <= row_norm2 x.
Proof. by apply: sumr_ge0 => i _; exact: sqr_ge0. Qed.

Lemma row_norm2_eq0 m (x : 'rV[R]_m) : (row_norm2 x == 0) = (x == 0).
Proof.
apply/eqP/eqP => [/psumr_eq0P h|->]; last by apply: big1 => i _; rewrite mxE expr0n.
apply/rowP => i; rewrite mxE; apply/eqP.
by rewrite -sqrf_eq0 h// => j _; exact: sqr_ge0.
Qed.

Lemma row_norm_ge0 m (x : 'rV[R]_m) : 0 <= row_norm x.
Proof. exact: sqrtr_ge0. Qed.

Lemma row_norm_sqr m (x : 'rV[R]_m) : row_norm x ^+ 2 = row_norm2 x.
Proof. by rewrite sqr_sqrtr// row_norm2_ge0. Qed.

Lemma row_norm_eq0 m (x : 'rV[R]_m) : (row_norm x == 0) = (x == 0).
Proof. by rewrite -sqrf_eq0 row_norm_sqr row_norm2_eq0. Qed.

Lemma row_norm_gt0 m (x : 'rV[R]_m) : (0 < row_norm x) = (x != 0).
Proof. by rewrite lt_def row_norm_ge0 andbT row_norm_eq0. Qed.

Lemma row_norm2Z m c (x : 'rV[R]_m) : row_norm2 (c *: x) = c ^+ 2 * row_norm2 x.
Proof. by rewrite !row_norm2E row_dotZl row_dotZr mulrA expr2. Qed.

Lemma row_normZ m c (x : 'rV[R]_m) : row_norm (c *: x) = `|c| * row_norm x.
Proof. by rewrite /row_norm row_norm2Z sqrtrM ?sqr_ge0// sqrtr_sqr. Qed.

(* Vectors in two blocks. *)
Lemma row_dot_row_mx m n (x y : 'rV[R]_m) (v w : 'rV[R]_n) :
  row_dot (row_mx x v) (row_mx y w) = row_dot x y + row_dot v w.
Proof. by rewrite !row_dotE tr_row_mx mul_row_col mxE. Qed.

Lemma row_norm2_row_mx m n (x : 'rV[R]_m) (v : 'rV[R]_n) :
  row_norm2 (row_mx x v) = row_norm2 x + row_norm2 v.
Proof. by rewrite !row_norm2E row_dot_row_mx. Qed.

Lemma row_dot0r m (x : 'rV[R]_m) : row_dot x 0 = 0.
Proof. by rewrite -(scale0r 0) row_dotZr mul0r. Qed.

Lemma row_dot_scalar (a b : R) : row_dot (a%:M : 'rV_1) b%:M = a * b.
Proof. by rewrite /row_dot big_ord1 !mxE eqxx !mulr1n. Qed.

Lemma row_norm2_scalar (a : R) : row_norm2 (a%:M : 'rV_1) = a ^+ 2.
Proof. by rewrite row_norm2E row_dot_scalar expr2. Qed.

Lemma row_norm2_axis p (a : R) : row_norm2 (row_mx a%:M (0 : 'rV_p)) = a ^+ 2.
Proof. by rewrite row_norm2_row_mx row_norm2_scalar row_norm2E row_dot0r addr0. Qed.

Lemma row_norm_axis p (a : R) : 0 <= a -> row_norm (row_mx a%:M (0 : 'rV_p)) = a.
Proof. by move=> a0; rewrite /row_norm row_norm2_axis sqrtr_sqr ger0_norm. Qed.

End inner_product.

Section orthogonal_maps.
Context (R : realType).

Lemma orthogonal1 m : orthogonal (1%:M : 'M[R]_m).
Proof. by rewrite /orthogonal trmx1 mulmx1. Qed.

Lemma orthogonalM m (Q S : 'M[R]_m) : orthogonal Q -> orthogonal S -> orthogonal (Q *m S).
Proof. by move=> q s; rewrite /orthogonal trmx_mul mulmxA -(mulmxA Q) s mulmx1. Qed.

Lemma orthogonal_tr m (Q : 'M[R]_m) : orthogonal Q -> orthogonal Q^T.
Proof. by rewrite /orthogonal trmxK => /mulmx1C. Qed.

Lemma orthogonal_unit m (Q : 'M[R]_m) : orthogonal Q -> Q \in unitmx.
Proof. by move=> /mulmx1_unit[]. Qed.

Lemma orthogonal_det m (Q : 'M[R]_m) : orthogonal Q -> `|\det Q| = 1.
Proof.
move=> q; apply/eqP; rewrite -sqrp_eq1// -normrX expr2 -{2}det_tr -det_mulmx q det1.
by rewrite normr1.
Qed.

Lemma orthogonal_dot m (Q : 'M[R]_m) (x y : 'rV[R]_m) : orthogonal Q ->
  row_dot (x *m Q) (y *m Q) = row_dot x y.
Proof. by move=> q; rewrite !row_dotE trmx_mul mulmxA -(mulmxA x) q mulmx1. Qed.

Lemma orthogonal_norm2 m (Q : 'M[R]_m) (x : 'rV[R]_m) : orthogonal Q ->
  row_norm2 (x *m Q) = row_norm2 x.
Proof. by move=> q; rewrite !row_norm2E orthogonal_dot. Qed.

Lemma orthogonal_norm m (Q : 'M[R]_m) (x : 'rV[R]_m) : orthogonal Q ->
  row_norm (x *m Q) = row_norm x.
Proof. by move=> q; rewrite /row_norm orthogonal_norm2. Qed.

(* The map back. *)
Lemma orthogonal_mulK m (Q : 'M[R]_m) (x y : 'rV[R]_m) : orthogonal Q -> x *m Q = y -> y *m Q^T = x.
Proof. by move=> q <-; rewrite -mulmxA q mulmx1. Qed.

Lemma orthogonal_block m n (Q : 'M[R]_m) (S : 'M[R]_n) : orthogonal Q -> orthogonal S ->
  orthogonal (block_mx Q 0 0 S).
Proof.
move=> q s; rewrite /orthogonal tr_block_mx mulmx_block !trmx0 !mulmx0 !mul0mx !addr0 add0r q s.
by rewrite -scalar_mx_block.
Qed.

(* The reflection x |-> x - 2 <x, n> / |n|^2 n. *)
Definition reflection m (n : 'rV[R]_m) : 'M[R]_m := 1%:M - (2 / row_norm2 n) *: (n^T *m n).

Lemma reflection_orthogonal m (n : 'rV[R]_m) : n != 0 -> orthogonal (reflection n).
Proof.
move=> n0; have s0 : row_norm2 n != 0 by rewrite row_norm2_eq0.
have t : (reflection n)^T = reflection n.
  by rewrite /reflection linearB/= trmx1 linearZ/= trmx_mul trmxK.
rewrite /orthogonal t /reflection; set c := 2 / _; set N := n^T *m n.
have NN : N *m N = row_norm2 n *: N.
  by rewrite /N -mulmxA (mulmxA n) mul_row_dot mul_scalar_mx -row_norm2E -scalemxAr.
rewrite mulmxBl mul1mx mulmxBr mulmx1 -scalemxAl -scalemxAr NN !scalerA.
rewrite (_ : _ * _ = c + c); last by rewrite /c; field.
by rewrite scalerDl opprB addrK subrK.
Qed.

Lemma reflection_swap m (u u' : 'rV[R]_m) : row_norm2 u = row_norm2 u' -> u != u' ->
  u *m reflection (u - u') = u'.
Proof.
move=> e ne; have n0 : u - u' != 0 by rewrite subr_eq0.
have s0 : row_norm2 (u - u') != 0 by rewrite row_norm2_eq0.
rewrite mulmxBr mulmx1 -scalemxAr mulmxA mul_row_dot mul_scalar_mx scalerA.
suff -> : 2 / row_norm2 (u - u') * row_dot u (u - u') = 1 by rewrite scale1r subKr.
rewrite mulrAC; apply/eqP; rewrite -subr_eq0 -[X in _ - X](mulfV s0) -mulrBl.
suff -> : 2 * row_dot u (u - u') - row_norm2 (u - u') = 0 by rewrite mul0r.
rewrite row_norm2E !row_dotBr !row_dotBl -!row_norm2E -e (row_dotC u' u).
by ring.
Qed.

Theorem orthogonal_transitive m (u u' : 'rV[R]_m) : row_norm u = row_norm u' ->
  exists Q : 'M[R]_m, orthogonal Q /\ u *m Q = u'.
Proof.
move=> e; have [->|ne] := eqVneq u u'; first by exists 1%:M; rewrite mulmx1; split=> //; exact: orthogonal1.
exists (reflection (u - u')); split; first by apply: reflection_orthogonal; rewrite subr_eq0.
by apply: reflection_swap => //; rewrite -!row_norm_sqr e.
Qed.

(* A vector as a multiple of the first unit vector. *)
Theorem orthogonal_to_axis p (q : 'rV[R]_(1 + p)) :
  exists Q, orthogonal Q /\ q *m Q = row_mx (row_norm q)%:M 0.
Proof. by apply: orthogonal_transitive; rewrite row_norm_axis// row_norm_ge0. Qed.

(* Two vectors in the plane of the first two unit vectors. *)
Theorem orthogonal_to_plane p (q q' : 'rV[R]_(1 + (1 + p))) : q != 0 -> q' != 0 ->
  let theta := row_angle q q' in
  exists Q, [/\ orthogonal Q, q *m Q = row_mx (row_norm q)%:M 0
    & q' *m Q = row_mx (row_norm q' * cos theta)%:M (row_mx (row_norm q' * sin theta)%:M 0)].
Proof.
move=> q0 q'0 theta; have [S [oS eS]] := orthogonal_to_axis q.
pose x := lsubmx (q' *m S) ord0 ord0; pose w := rsubmx (q' *m S).
have q'S : q' *m S = row_mx x%:M w by rewrite -[LHS]hsubmxK [lsubmx _]mx11_scalar.
have [T [oT eT]] := orthogonal_to_axis w.
have oB : orthogonal (block_mx 1%:M 0 0 T) := orthogonal_block (orthogonal1 1) oT.
have n0 : row_norm q != 0 by rewrite row_norm_eq0.
have n0' : row_norm q' != 0 by rewrite row_norm_eq0.
have xE : row_norm q * x = row_dot q q'.
  by rewrite -(orthogonal_dot _ _ oS) eS q'S row_dot_row_mx row_dot_scalar
    (row_dotC 0) row_dot0r addr0.
have nE : x ^+ 2 + row_norm w ^+ 2 = row_norm q' ^+ 2.
  by rewrite !row_norm_sqr -(orthogonal_norm2 q' oS) q'S row_norm2_row_mx row_norm2_scalar.
pose c := row_dot q q' / (row_norm q * row_norm q').
have cE : row_norm q' * c = x by rewrite /c -xE; field; rewrite n0 n0'.
have c1 : 1 - c ^+ 2 = (row_norm w / row_norm q') ^+ 2.
  have wE : row_norm w ^+ 2 = row_norm q' ^+ 2 - (row_norm q' * c) ^+ 2.
    by rewrite cE -nE addrAC subrr add0r.
  by rewrite [RHS]expr_div_n wE; field.
have cB : -1 <= c <= 1.
  by rewrite -ler_norml -(@expr_le1 _ 2)// real_normK ?num_real// -subr_ge0 c1 sqr_ge0.
have cth : cos theta = c by rewrite /theta /row_angle acosK.
have sth : sin theta = row_norm w / row_norm q'.
  rewrite /theta /row_angle sin_acos// c1 sqrtr_sqr ger0_norm//.
  by rewrite divr_ge0 ?row_norm_ge0.
exists (S *m block_mx 1%:M 0 0 T); split; first exact: orthogonalM.
  by rewrite mulmxA eS mul_row_block !mul0mx !mulmx0 mulmx1 !addr0.
rewrite mulmxA q'S mul_row_block !mulmx0 mulmx1 addr0 add0r eT cth sth cE.
by rewrite mulrC divfK.
Qed.

End orthogonal_maps.
