(* S16, the algebra, over any field F and for matrices of any size.

   Y = G A^T A is the product release of the matrix G (n x m) with the sketch A (r x m).
     - Y G^T is symmetric, for every A.
     - Y' = G' A^T A: Y' G^T is symmetric iff sum_k (G' a_k) /\ (G a_k) = 0 over the rows a_k of A,
       where x /\ y = x y^T - y x^T.
     - Y' G^T is symmetric for every A (r >= 1) iff G' a is parallel to G a for every vector a, and this iff G' and G are
       proportional (one of them may be zero) or G = u q^T and G' = u q'^T with one common column u.
   Vectors are column vectors 'cV; x and y are parallel if x y^T = y x^T. *)
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg matrix ring.
From mathcomp Require Import boolp.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section definitions.
Variable F : fieldType.

(* The product release: the sketched gradient G A^T A. *)
Definition release n m r (G : 'M[F]_(n, m)) (A : 'M[F]_(r, m)) : 'M[F]_(n, m) := G *m A^T *m A.

Definition symmetric n (M : 'M[F]_n) : Prop := M^T = M.

Definition wedge n (x y : 'cV[F]_n) : 'M[F]_n := x *m y^T - y *m x^T.

Definition parallel n (x y : 'cV[F]_n) : Prop := x *m y^T = y *m x^T.

(* G and G' are proportional; one of them may be zero. *)
Definition proportional n m (G G' : 'M[F]_(n, m)) : Prop :=
  exists c : F, G' = c *: G \/ G = c *: G'.

(* G = u q^T and G' = u q'^T. *)
Definition common_column n m (G G' : 'M[F]_(n, m)) : Prop :=
  exists (u : 'cV[F]_n) (q q' : 'cV[F]_m), G = u *m q^T /\ G' = u *m q'^T.

Definition locally_parallel n m (G G' : 'M[F]_(n, m)) : Prop :=
  forall a : 'cV[F]_m, parallel (G' *m a) (G *m a).

End definitions.

Section symmetry.
Variable F : fieldType.

Theorem S16_symmetric n m r (G : 'M[F]_(n, m)) (A : 'M[F]_(r, m)) :
  symmetric (release G A *m G^T).
Proof. by rewrite /symmetric /release !trmx_mul !trmxK !mulmxA. Qed.

Lemma gram_rows m r (A : 'M[F]_(r, m)) : A^T *m A = \sum_k (row k A)^T *m row k A.
Proof.
apply/matrixP=> i j; rewrite !mxE summxE; apply: eq_bigr => k _.
by rewrite !mxE big_ord1 !mxE.
Qed.

(* The defect of symmetry of Y' G^T is the sum of the wedges over the rows of A. *)
Theorem S16_defect n m r (G G' : 'M[F]_(n, m)) (A : 'M[F]_(r, m)) :
  release G' A *m G^T - (release G' A *m G^T)^T =
  \sum_k wedge (G' *m (row k A)^T) (G *m (row k A)^T).
Proof.
rewrite /release -!mulmxA (mulmxA A^T) gram_rows mulmx_suml mulmx_sumr linear_sum/= -sumrB.
by apply: eq_bigr => k _; rewrite /wedge !trmx_mul !trmxK !mulmxA.
Qed.

Theorem S16_symmetric_iff n m r (G G' : 'M[F]_(n, m)) (A : 'M[F]_(r, m)) :
  symmetric (release G' A *m G^T) <->
  \sum_k wedge (G' *m (row k A)^T) (G *m (row k A)^T) = 0.
Proof.
rewrite -S16_defect /symmetric; split=> [->|/eqP]; first by rewrite subrr.
by rewrite subr_eq0 => /eqP.
Qed.

Lemma wedge_eq0 n (x y : 'cV[F]_n) : wedge x y = 0 <-> parallel x y.
Proof.
by rewrite /wedge /parallel; split=> [/eqP|->]; rewrite ?subrr// subr_eq0 => /eqP.
Qed.

(* The matrix whose row k is a, the others 0. *)
Definition one_row m r (k : 'I_r) (a : 'cV[F]_m) : 'M[F]_(r, m) := delta_mx k (ord0 : 'I_1) *m a^T.

Lemma gram_one_row m r (k : 'I_r) (a : 'cV[F]_m) : (one_row k a)^T *m one_row k a = a *m a^T.
Proof.
rewrite /one_row trmx_mul trmxK trmx_delta mulmxA -(mulmxA a) mul_delta_mx.
by rewrite (_ : delta_mx ord0 ord0 = 1%:M) ?mulmx1//; apply/matrixP=> i j; rewrite !ord1 !mxE.
Qed.

Theorem S16_symmetric_for_all n m r (G G' : 'M[F]_(n, m)) : (0 < r)%N ->
  (forall A : 'M[F]_(r, m), symmetric (release G' A *m G^T)) <-> locally_parallel G G'.
Proof.
case: r => // r _; split=> [h a|h A]; last first.
  by apply/S16_symmetric_iff/big1 => k _; apply/wedge_eq0; exact: h.
have := h (one_row ord0 a); have := gram_one_row (ord0 : 'I_r.+1) a.
move: (one_row _ a) => A gA; rewrite /symmetric /release -!mulmxA (mulmxA A^T) gA.
by rewrite /parallel !trmx_mul !trmxK !mulmxA => ->.
Qed.

End symmetry.

Section dichotomy.
Variable F : fieldType.

Lemma parallel_sym n (x y : 'cV[F]_n) : parallel x y -> parallel y x.
Proof. by rewrite /parallel => ->. Qed.

Lemma parallelZ n (c : F) (y : 'cV[F]_n) : parallel (c *: y) y.
Proof. by rewrite /parallel linearZ/= -scalemxAl scalemxAr. Qed.

Lemma parallel_entries n (x y : 'cV[F]_n) :
  parallel x y <-> forall i j, x i ord0 * y j ord0 = y i ord0 * x j ord0.
Proof.
split=> [/matrixP h i j|h]; first by have := h i j; rewrite !mxE !big_ord1 !mxE.
by apply/matrixP => i j; rewrite !mxE !big_ord1 !mxE.
Qed.

Lemma parallelP n (x y : 'cV[F]_n) : parallel x y -> y != 0 -> exists c, x = c *: y.
Proof.
move=> /parallel_entries h /cV0Pn[j yj]; exists (x j ord0 / y j ord0).
apply/colP => i; apply: (mulIf yj); rewrite h !mxE mulrAC divfK//.
by rewrite mulrC.
Qed.

Lemma parallel_trans n (x y z : 'cV[F]_n) :
  z != 0 -> parallel x z -> parallel y z -> parallel x y.
Proof.
move=> z0 /parallelP/(_ z0)[a ->] /parallelP/(_ z0)[b ->].
by apply/parallel_entries => i j; rewrite !mxE; ring.
Qed.

Lemma parallel0 n (x : 'cV[F]_n) : parallel 0 x.
Proof. by rewrite /parallel trmx0 mul0mx mulmx0. Qed.

Lemma parallelB n (x y z : 'cV[F]_n) : parallel x z -> parallel y z -> parallel (x - y) z.
Proof. by rewrite /parallel linearB/= mulmxBl mulmxBr => -> ->. Qed.

Section pair.
Variables (n m : nat) (G G' : 'M[F]_(n, m)).
Hypothesis lp : locally_parallel G G'.

(* The multiples agree where the images are independent. *)
Lemma same_multiple (a b : 'cV[F]_m) (c d : F) :
  ~ parallel (G *m a) (G *m b) -> G' *m a = c *: (G *m a) -> G' *m b = d *: (G *m b) -> c = d.
Proof.
move=> np ea eb; apply/eqP; rewrite -subr_eq0; apply/negP => /negP cd; apply: np.
have /parallel_entries := lp (a + b); rewrite !mulmxDr ea eb => h.
apply/parallel_entries; move: (G *m a) (G *m b) h => x y h i j.
apply: (mulfI cd); apply/eqP; rewrite -subr_eq0.
have := h i j; rewrite !mxE => /eqP; rewrite -subr_eq0 => /eqP <-.
by apply/eqP; ring.
Qed.

Lemma multiple_of (a : 'cV[F]_m) : G *m a != 0 -> exists c, G' *m a = c *: (G *m a).
Proof. by apply: parallelP; exact: lp. Qed.

(* If two images G a and G b are independent, G' is a multiple of G. *)
Lemma independent_images (a b : 'cV[F]_m) :
  ~ parallel (G *m a) (G *m b) -> exists c, G' = c *: G.
Proof.
move=> np.
have a0 : G *m a != 0 by apply/eqP => e; apply: np; rewrite e; exact: parallel0.
have b0 : G *m b != 0.
  by apply/eqP => e; apply: np; rewrite e; apply/parallel_sym/parallel0.
have [c ea] := multiple_of a0; have [c' eb] := multiple_of b0.
have cc' := same_multiple np ea eb; rewrite -cc' in eb.
exists c; apply/row_matrixP => i; apply/rowP => j; rewrite !mxE.
suff /colP/(_ i) : G' *m delta_mx j (ord0 : 'I_1) = c *: (G *m delta_mx j (ord0 : 'I_1)).
  by rewrite -!colE !mxE.
move: (delta_mx j (ord0 : 'I_1)) => d.
have [d0|d0] := eqVneq (G *m d) 0.
  have par e : parallel (G' *m d) (G *m e).
    have := lp (d + e); rewrite !mulmxDr d0 add0r => h.
    by rewrite -(addrK (G' *m e) (G' *m d)); apply: parallelB => //; exact: lp.
  rewrite d0 scaler0; apply/eqP; apply/negPn/negP => n0; apply: np.
  by apply: (parallel_trans n0); apply: parallel_sym; exact: par.
have [g ed] := multiple_of d0.
have [pa|pa] := pselect (parallel (G *m a) (G *m d)); last first.
  by rewrite ed -(same_multiple pa ea ed).
have [pb|pb] := pselect (parallel (G *m b) (G *m d)); last first.
  by rewrite ed -(same_multiple pb eb ed).
by case: np; exact: (parallel_trans d0).
Qed.

(* If all images are multiples of u, the two matrices share the column u, or one is zero. *)
Lemma dependent_images (a : 'cV[F]_m) :
  G *m a != 0 -> (forall b, parallel (G *m b) (G *m a)) -> common_column G G'.
Proof.
move=> u0 dep.
have par' b : parallel (G' *m b) (G *m a).
  have [b0|b0] := eqVneq (G *m b) 0; last first.
    apply: (parallel_trans b0); first exact: lp.
    by apply: parallel_sym; exact: dep.
  have := lp (b + a); rewrite !mulmxDr b0 add0r => h.
  by rewrite -(addrK (G' *m a) (G' *m b)); apply: parallelB; [exact: h|exact: lp].
move: (G *m a) u0 dep par' => u u0 dep par'.
have factor (M : 'M[F]_(n, m)) : (forall b, parallel (M *m b) u) ->
    exists q : 'cV[F]_m, M = u *m q^T.
  move=> h.
  have /choice[q hq] j : exists q, M *m delta_mx j (ord0 : 'I_1) = q *: u by exact: parallelP.
  exists (\col_j q j); apply/matrixP => i j; rewrite mxE big_ord1 !mxE.
  by have /colP/(_ i) := hq j; rewrite -colE !mxE mulrC.
have [q eG] := factor G dep; have [q' eG'] := factor G' par'.
by exists u, q, q'.
Qed.

End pair.

Theorem S16_dichotomy n m (G G' : 'M[F]_(n, m)) :
  locally_parallel G G' <-> proportional G G' \/ common_column G G'.
Proof.
split; last first.
  case=> [[c [->|->]] a|[u [q [q' [-> ->]]]] a]; rewrite /locally_parallel.
  - by rewrite -scalemxAl; exact: parallelZ.
  - by apply: parallel_sym; rewrite -scalemxAl; exact: parallelZ.
  - rewrite -!mulmxA; have e (w : 'cV[F]_m) : w^T *m a = ((w^T *m a) ord0 ord0)%:M.
      exact: mx11_scalar.
    by rewrite (e q) (e q') !mul_mx_scalar; apply/parallel_entries => i j; rewrite !mxE; ring.
move=> lp.
have [[a [b np]]|dep] := pselect (exists a b : 'cV[F]_m, ~ parallel (G *m a) (G *m b)).
  by left; have [c ->] := independent_images lp np; exists c; left.
have [[a a0]|z] := pselect (exists a : 'cV[F]_m, G *m a != 0).
  right; apply: (dependent_images lp a0) => b; apply: contrapT => nb; apply: dep.
  by exists b, a.
left; exists 0; right; rewrite scale0r; apply/matrixP => i j.
have : G *m delta_mx j (ord0 : 'I_1) = 0.
  by apply/eqP; apply/negPn/negP => nz; apply: z; exists (delta_mx j ord0).
by rewrite -colE => /colP/(_ i); rewrite !mxE.
Qed.

(* The symmetry test with candidate G accepts every release of G' in exactly these cases. *)
Corollary S16_dichotomy_release n m r (G G' : 'M[F]_(n, m)) : (0 < r)%N ->
  (forall A : 'M[F]_(r, m), symmetric (release G' A *m G^T)) <->
  proportional G G' \/ common_column G G'.
Proof. by move=> r0; rewrite S16_symmetric_for_all//; exact: S16_dichotomy. Qed.

End dichotomy.
