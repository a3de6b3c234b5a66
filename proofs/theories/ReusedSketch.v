(* S17, item 1, and the Gaussian case of S16.

   T releases Y_t = G_t A^T A, t < T, made with one and the same A, the gradients G_t (p_t x m) fixed by the data, are the
   release of the stacked gradients (G_0; ...; G_(T-1)): S16 applies to the stack. So they are perfectly distinguishable
   unless G'_t = c G_t with one c > 0 for all t, or G_t = u_t q^T and G'_t = u_t q'^T with one q and one q', not 0 and not opposite.
   Item 2b: with gradients that depend on earlier releases, the symmetry test still accepts the true data set always. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy MatrixAlgebra GradientLaw MatrixSpace EntryLaws NullSets NullPolynomial SymmetryTest.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section algebra.
Variable F : fieldType.
Variables (T : nat) (p : 'I_T -> nat) (m r : nat).
Implicit Types (G : forall t, 'M[F]_(p t, m)) (A : 'M[F]_(r, m)).

(* The stacked gradients. *)
Definition stack G : 'M[F]_(\sum_t p t, m) := \mxcol_t G t.

Theorem S17_stacked_release G A : release (stack G) A = stack (fun t => release (G t) A).
Proof.
by apply/mxcolP => t; rewrite mxcolK /release -!submxcol_mul mxcolK.
Qed.

Lemma stack_inj G G' : stack G = stack G' -> forall t, G t = G' t.
Proof. by move=> /eq_mxcolP. Qed.

Lemma stackZ c G : c *: stack G = stack (fun t => c *: G t).
Proof.
apply/mxcolP => t; rewrite mxcolK -[in RHS](mxcolK G t).
by apply/matrixP => i j; rewrite !mxE.
Qed.

(* A column of the stack splits into the columns of its parts. *)
Lemma stack_column (u : 'cV[F]_(\sum_t p t)) (q : 'cV[F]_m) :
  u *m q^T = stack (fun t => submxcol u t *m q^T).
Proof.
by apply/mxcolP => t; rewrite -submxcol_mul mxcolK.
Qed.

(* Item 2b: along the run with the true data, with the realised gradients G t, Y G^T is symmetric. *)
Theorem S17_symmetric_along_the_run G A (Y : forall t, 'M[F]_(p t, m)) :
  (forall t, Y t = release (G t) A) -> symmetric (stack Y *m (stack G)^T).
Proof.
move=> hY; rewrite (_ : stack Y = release (stack G) A); first exact: S16_symmetric.
by rewrite S17_stacked_release; exact: eq_mxcol.
Qed.

End algebra.

Section verdict.
Context d (W : measurableType d) (R : realType) (P : probability W R) (T : nat) (p : 'I_T -> nat) (m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.
Hypotheses (reg : regular P A) (r_gt0 : (0 < r)%N).
Implicit Types (G : forall t, 'M[R]_(p t, m)).

(* One factor c > 0 for all steps. *)
Definition common_scale G G' : Prop := exists2 c : R, 0 < c & forall t, G' t = c *: G t.

(* G_t = u_t q^T and G'_t = u_t q'^T with one q and one q', not 0 and not opposite. *)
Definition common_vectors G G' : Prop :=
  exists (u : forall t, 'cV[R]_(p t)) (q q' : 'cV[R]_m),
  [/\ q != 0, q' != 0, forall t, G t = u t *m q^T /\ G' t = u t *m q'^T & forall c : R, c < 0 -> q' <> c *: q].

Theorem S17_reuse_perfectly_distinguishable G G' :
  (exists t, G t <> G' t) -> ~ common_scale G G' -> ~ common_vectors G G' ->
  perfectly_distinguishable (release_law P A (stack G)) (release_law P A (stack G')).
Proof.
move=> [t ne] ns nv; apply: S16_perfectly_distinguishable => //.
- by move=> /stack_inj e; exact: ne.
- move=> [u [q [q' [[u0 q0 q0' e e'] nopp]]]]; apply: nv.
  exists (fun t => submxcol u t), q, q'; split=> // s.
  by move: e e'; rewrite !stack_column => /stack_inj -> /stack_inj ->.
- move=> [c c0 e]; apply: ns; exists c => // s.
  by move: e; rewrite stackZ => /stack_inj ->.
Qed.

End verdict.

Section gaussian.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n m r : nat).
Variable A : 'I_r -> 'I_m -> {RV P >-> R}.

(* S16 for A with independent N(0, 1/r) entries. *)
Theorem S16_gaussian (G G' : 'M[R]_(n, m)) (eps delta : R) : (0 < r)%N ->
  gaussian_entries A ->
  G <> G' -> ~ vector_pair G G' -> ~ scale_family G G' -> delta < 1 ->
  [/\ ~ dp_le eps delta (release_law P (matrix_of A) G) (release_law P (matrix_of A) G'),
      ~ dp_le eps delta (release_law P (matrix_of A) G') (release_law P (matrix_of A) G),
      privacy_curve (release_law P (matrix_of A) G) (release_law P (matrix_of A) G') eps = 1%E
    & privacy_curve (release_law P (matrix_of A) G') (release_law P (matrix_of A) G) eps = 1%E].
Proof.
by move=> r0 gauss; apply: S16_no_privacy => //; exact: gaussian_regular.
Qed.

(* The symmetry test for A with independent N(0, 1/r) entries. *)
Theorem S16_gaussian_symmetry_test (G G' : 'M[R]_(n, m)) : (0 < r)%N ->
  gaussian_entries A ->
  ~ proportional G G' -> ~ common_column G G' ->
  P [set w | symmetric (release G (entries A w) *m G^T)] = 1%E /\
  P [set w | symmetric (release G' (entries A w) *m G^T)] = 0%E.
Proof.
move=> r0 gauss np nc; split; first exact: (S16_symmetry_always P (matrix_of A) G).
exact: (S16_symmetry_null (gaussian_regular r0 gauss) r0 np nc).
Qed.

End gaussian.
