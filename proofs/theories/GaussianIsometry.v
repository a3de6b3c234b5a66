(* The image of a Gaussian matrix by orthonormal rows.

   For v > 0 and V (k x m) with V V^T = 1, the matrix A V^T has the law gaussian_matrix r k v if A has gaussian_matrix r m v.
   V is completed to an orthogonal matrix on m + k coordinates, the last k of them independent of A:
   [A, B] [[1 - V^T V, V^T], [-V, 0]] has the right block A V^T. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import MatrixSpace EntryLaws ProductMatrix ProductMatrixBlocks GaussianMatrix GaussianRotation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section isometry.
Context (R : realType) (v : R).
Hypothesis v0 : 0 < v.

Lemma gram_eq0 n m (M : 'M[R]_(n, m)) : M *m M^T = 0 -> M = 0.
Proof.
move=> /matrixP h; apply/matrixP => i j; rewrite mxE; have := h i i; rewrite !mxE.
under eq_bigr do rewrite mxE -expr2.
move/eqP; rewrite psumr_eq0; last by move=> k _; exact: sqr_ge0.
by move=> /allP/(_ j (mem_index_enum j)); rewrite sqrf_eq0 => /eqP.
Qed.

(* An orthogonal matrix whose last columns are V^T after the first. *)
Let turn m k (V : 'M[R]_(k, m)) : 'M[R]_(m + k) := block_mx (1%:M - V^T *m V) V^T (- V) 0.

Let turn_orthogonal m k (V : 'M[R]_(k, m)) : V *m V^T = 1%:M -> turn V *m (turn V)^T = 1%:M.
Proof.
move=> VV; rewrite /turn tr_block_mx mulmx_block !trmxK [RHS]scalar_mx_block.
have s : (1%:M - V^T *m V)^T = 1%:M - V^T *m V by rewrite linearB/= trmx1 trmx_mul trmxK.
have i : V^T *m V *m (V^T *m V) = V^T *m V by rewrite mulmxA -[_ *m _ *m V^T]mulmxA VV mulmx1.
congr block_mx; rewrite ?s.
- by rewrite mulmxBl mul1mx mulmxBr mulmx1 i subrr subr0 subrK.
- rewrite linearN /= mulmxN mulmxBl mul1mx -mulmxA VV mulmx1 subrr oppr0 trmx0 mulmx0 addr0//.
- rewrite mulNmx mulmxBr mulmx1 mulmxA VV mul1mx subrr oppr0 mul0mx addr0//.
- by rewrite linearN /= mulNmx mulmxN opprK VV trmx0 mulmx0 addr0.
Qed.

(* The image of a Gaussian matrix by orthonormal rows V. *)
Theorem gaussian_matrix_isometry r m k (V : 'M[R]_(k, m)) (S : set (matrix_space R r k)) :
  V *m V^T = 1%:M -> measurable S ->
  gaussian_matrix r m v ((fun A : 'M[R]_(r, m) => A *m V^T) @^-1` S) = gaussian_matrix r k v S.
Proof.
move=> VV mS; have prob q := @probability_setT _ _ _ (gaussian_matrix r q v).
have mV : measurable_fun setT (fun A : matrix_space R r m => A *m V^T : matrix_space R r k).
  exact: measurable_mulmx_right.
have mVS : measurable ((fun A : matrix_space R r m => A *m V^T : matrix_space R r k) @^-1` S).
  by rewrite -[X in measurable X]setTI; exact: mV.
(* The right block of [A, B] times turn V is A V^T. *)
pose right (M : matrix_space R r (m + k)) : matrix_space R r k := rsubmx M.
have mr : measurable_fun setT right.
  by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
have mrS : measurable (right @^-1` S) by rewrite -[X in measurable X]setTI; exact: mr.
have block (D : set (matrix_space R r (m + k))) : measurable D ->
    gaussian_matrix r (m + k) v D =
    (\int[gaussian_matrix r m v]_A \int[gaussian_matrix r k v]_B (\1_D (row_mx A B))%:E)%E.
  move=> mD; rewrite -(gaussian_matrix_row_mx v (F := fun M => (\1_D M)%:E)).
  - by rewrite integral_indic ?setIT.
  - by apply/measurable_EFinP; exact: measurable_indic.
  - by move=> M; rewrite lee_fin.
have mD : measurable ((fun M : matrix_space R r (m + k) => M *m turn V) @^-1` (right @^-1` S)).
  by rewrite -[X in measurable X]setTI; exact: (measurable_mulmx_right (turn V)).
have key := gaussian_matrix_mulr v0 (turn_orthogonal VV) mrS.
transitivity (gaussian_matrix r (m + k) v ((fun M => M *m turn V) @^-1` (right @^-1` S))).
  rewrite block//; transitivity (\int[gaussian_matrix r m v]_A
      (\1_((fun A : matrix_space R r m => A *m V^T : matrix_space R r k) @^-1` S) A)%:E)%E.
    by rewrite integral_indic ?setIT.
  apply: eq_integral => A _.
  rewrite (eq_integral (fun=> (\1_((fun A0 : 'M[R]_(r, m) => A0 *m V^T) @^-1` S) A)%:E)).
    by rewrite integral_cst// [X in (_ * X)%E]prob mule1.
  move=> B _; congr EFin; rewrite !indicE; congr ((nat_of_bool _)%:R); apply/idP/idP; rewrite !inE /= /right;
    by rewrite /turn mul_row_block mulmx0 addr0 row_mxKr.
rewrite key block//.
rewrite (eq_integral (fun=> gaussian_matrix r k v S)).
  by rewrite integral_cst// [X in (_ * X)%E]prob mule1.
move=> A _; transitivity (\int[gaussian_matrix r k v]_B (\1_S B)%:E)%E; last by rewrite integral_indic ?setIT.
apply: eq_integral => B _; congr EFin; rewrite !indicE; congr ((nat_of_bool _)%:R).
by apply/idP/idP; rewrite !inE /= /right row_mxKr.
Qed.

End isometry.
