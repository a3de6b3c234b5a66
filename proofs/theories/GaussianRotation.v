(* A Gaussian matrix keeps its law when it is turned, from the right and from the left.

   For v > 0 and an orthogonal Q (Q Q^T = 1), and A with the law gaussian_matrix r m v:
     A Q has the same law (Q is m x m: gaussian_matrix_mulr);
     Q A has the same law (Q is r x r: gaussian_matrix_mull).
   For one row the density depends on |x| only and |det Q| = 1; a matrix is turned row by row, and Q A = (A^T Q^T)^T. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks.
From LoraPrivacy Require Import DensityIntegral GaussianMatrix LebesgueVector LinearChange GaussianVector.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section rotation.
Context (R : realType) (v : R).
Hypothesis v_gt0 : 0 < v.

Lemma norm_orthogonal n (Q : 'M[R]_n) (x : 'rV[R]_n) : Q *m Q^T = 1%:M ->
  \sum_i (x *m Q) ord0 i ^+ 2 = \sum_i x ord0 i ^+ 2.
Proof.
have E (y : 'rV[R]_n) : \sum_i y ord0 i ^+ 2 = (y *m y^T) ord0 ord0.
  by rewrite mxE; apply: eq_bigr => i _; rewrite mxE expr2.
by move=> QQ; rewrite !E trmx_mul mulmxA -[_ *m Q *m _]mulmxA QQ mulmx1.
Qed.

Lemma measurable_mulmx_right r m n (Q : 'M[R]_(m, n)) :
  measurable_fun setT (fun A : matrix_space R r m => A *m Q : matrix_space R r n).
Proof.
by apply: polynomial_mx_measurable; apply: polynomial_mx_mul; [exact: polynomial_mx_id|exact: polynomial_mx_cst].
Qed.

Let row_rotation n (Q : 'M[R]_n) (F : matrix_space R 1 n -> \bar R) : Q *m Q^T = 1%:M ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_matrix 1 n v]_x F (x *m Q) = \int[gaussian_matrix 1 n v]_x F x)%E.
Proof.
move=> QQ mF F0; pose g (x : matrix_space R 1 n) := (F x * (gaussian_density v x)%:E)%E.
have mg : measurable_fun setT g.
  apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_gaussian_density.
have g0 x : (0 <= g x)%E by rewrite mule_ge0// lee_fin gaussian_density_ge0.
have mFQ : measurable_fun setT (fun x : matrix_space R 1 n => F (x *m Q)).
  exact: (measurableT_comp mF (measurable_mulmx_right Q)).
rewrite (gaussian_matrix_integral v_gt0 mFQ (fun=> F0 _)) (gaussian_matrix_integral v_gt0 mF F0).
rewrite -(lebesgue_vector_orthogonal QQ mg g0).
by apply: eq_integral => x _; rewrite /g /gaussian_density norm_orthogonal.
Qed.

Theorem gaussian_matrix_integral_mulr r m (Q : 'M[R]_m) (F : matrix_space R r m -> \bar R) :
  Q *m Q^T = 1%:M -> measurable_fun setT F -> (forall A, 0 <= F A)%E ->
  (\int[gaussian_matrix r m v]_A F (A *m Q) = \int[gaussian_matrix r m v]_A F A)%E.
Proof.
move=> QQ; elim: r F => [|r ih] F mF F0.
  by apply: eq_integral => A _; congr F; rewrite [LHS]flatmx0 [RHS]flatmx0.
have mFQ : measurable_fun setT (fun A : matrix_space R (1 + r) m => F (A *m Q)).
  exact: (measurableT_comp mF (measurable_mulmx_right Q)).
rewrite (gaussian_matrix_col_mx v (r1 := 1) (r2 := r) mFQ (fun=> F0 _)).
rewrite (gaussian_matrix_col_mx v (r1 := 1) (r2 := r) mF F0).
pose c (z : matrix_space R 1 m * matrix_space R r m) : matrix_space R (1 + r) m := col_mx z.1 z.2.
have mFc : measurable_fun setT (F \o c) by exact: (measurableT_comp mF (@measurable_col_mx R 1 r m)).
pose H (u : matrix_space R 1 m) := (\int[gaussian_matrix r m v]_w F (col_mx u w))%E.
have mH : measurable_fun setT H.
  exact: (measurable_fun_fubini_tonelli_F (m2 := gaussian_matrix r m v) (F \o c) mFc (fun=> F0 _)).
have H0 u : (0 <= H u)%E by apply: integral_ge0 => w _; exact: F0.
rewrite -(row_rotation QQ mH H0); apply: eq_integral => u _.
pose K (w : matrix_space R r m) := F (col_mx (u *m Q) w).
have mK : measurable_fun setT K by exact: (measurableT_comp mFc (measurable_pair1 (u *m Q : matrix_space R 1 m))).
rewrite -[RHS](ih K mK (fun=> F0 _)).
by apply: eq_integral => w _; rewrite /K (@mul_col_mx _ 1 r).
Qed.

Theorem gaussian_matrix_mulr r m (Q : 'M[R]_m) (S : set (matrix_space R r m)) :
  Q *m Q^T = 1%:M -> measurable S ->
  gaussian_matrix r m v ((fun A : 'M[R]_(r, m) => A *m Q) @^-1` S) = gaussian_matrix r m v S.
Proof.
move=> QQ mS; pose f (A : matrix_space R r m) : matrix_space R r m := A *m Q.
have mf : measurable_fun setT f by exact: measurable_mulmx_right.
have mSQ : measurable (f @^-1` S) by rewrite -[X in measurable X]setTI; exact: mf.
have m1 : measurable_fun setT (fun A : matrix_space R r m => (\1_S A : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have p1 (A : matrix_space R r m) : (0 <= (\1_S A : R)%:E)%E by rewrite lee_fin.
have := gaussian_matrix_integral_mulr QQ m1 p1.
rewrite [X in _ = X -> _]integral_indic// setIT => <-.
transitivity (\int[gaussian_matrix r m v]_A (\1_(f @^-1` S) A)%:E)%E => //.
by rewrite integral_indic// setIT.
Qed.

Theorem gaussian_matrix_mull r m (Q : 'M[R]_r) (S : set (matrix_space R r m)) :
  Q *m Q^T = 1%:M -> measurable S ->
  gaussian_matrix r m v ((fun A : 'M[R]_(r, m) => Q *m A) @^-1` S) = gaussian_matrix r m v S.
Proof.
move=> QQ mS; pose f (A : matrix_space R r m) : matrix_space R r m := Q *m A.
have mf : measurable_fun setT f.
  by apply: polynomial_mx_measurable; apply: polynomial_mx_mul; [exact: polynomial_mx_cst|exact: polynomial_mx_id].
have mt : measurable_fun setT (trmx : matrix_space R m r -> matrix_space R r m).
  by apply: polynomial_mx_measurable; apply: polynomial_mx_tr; exact: polynomial_mx_id.
have mSQ : measurable (f @^-1` S) by rewrite -[X in measurable X]setTI; exact: mf.
have mST : measurable ((trmx : matrix_space R m r -> matrix_space R r m) @^-1` S).
  by rewrite -[X in measurable X]setTI; exact: mt.
have QQT : Q^T *m Q^T^T = 1%:M by rewrite trmxK; exact: mulmx1C.
transitivity (gaussian_matrix m r v (trmx @^-1` (f @^-1` S))); first by rewrite gaussian_matrix_tr.
rewrite -(gaussian_matrix_tr v mS) -(gaussian_matrix_mulr QQT mST).
by congr (gaussian_matrix m r v _); apply/seteqP; split=> A; rewrite /= /f trmx_mul trmxK.
Qed.

End rotation.
