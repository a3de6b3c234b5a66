(* S24, item 1: the law of the factor release, in coordinates.

   A is an r x m matrix with independent N(0, 1/r) entries, r >= 1, and the adversary sees G A^T, G the n x m gradient:
   factor_law r G. Suppose that the matrix C (n x rho, with a left inverse C') and mu_j > 0 satisfy

     G G^T = C diag(mu) C^T.

   Then factor_law r G is the law of C diag(sqrt mu) zeta / sqrt r, zeta a rho x r matrix of independent N(0, 1) entries. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy Independence EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks.
From LoraPrivacy Require Import GaussianMatrix GaussianIsometry ScaledNormal.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section release.
Context (R : realType) (r m : nat).
Hypothesis r_gt0 : (0 < r)%N.
Notation v := ((r%:R : R)^-1).

Let v0 : 0 < v. Proof. by rewrite invr_gt0 ltr0n. Qed.

Lemma measurable_mulmx_left k n (M : 'M[R]_(n, k)) l :
  measurable_fun setT (fun Z : matrix_space R k l => M *m Z : matrix_space R n l).
Proof.
by apply: polynomial_mx_measurable; apply: polynomial_mx_mul; [exact: polynomial_mx_cst|exact: polynomial_mx_id].
Qed.

Lemma measurable_factor n (G : 'M[R]_(n, m)) :
  measurable_fun setT (fun A : matrix_space R r m => G *m A^T : matrix_space R n r).
Proof.
apply: polynomial_mx_measurable; apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
by apply: polynomial_mx_tr; exact: polynomial_mx_id.
Qed.

(* The law of G A^T, A with independent N(0, 1/r) entries. *)
Definition factor_law n (G : 'M[R]_(n, m)) : probability (matrix_space R n r) R :=
  distribution (gaussian_matrix r m v) (mfun_Sub (mem_set (measurable_factor G))).

Context (n rho : nat) (C : 'M[R]_(n, rho)) (C' : 'M[R]_(rho, n)).
Hypothesis CC : C' *m C = 1%:M.

(* Item 1, in coordinates: G G^T = C diag(mu) C^T. *)
Theorem S24_law (G : 'M[R]_(n, m)) (mu : 'I_rho -> R) (S : set (matrix_space R n r)) :
  (forall j, 0 < mu j) -> G *m G^T = C *m diag_mx (\row_j mu j) *m C^T -> measurable S ->
  factor_law G S =
  gaussian_matrix rho r v [set Z | S (C *m scale_rows (fun j => Num.sqrt (mu j)) Z)].
Proof.
move=> mu0 GG mS.
have CT : C^T *m C'^T = 1%:M by rewrite -trmx_mul CC trmx1.
pose s j := Num.sqrt (mu j).
have s0 j : s j != 0 by rewrite gt_eqF// sqrtr_gt0.
pose D := diag_mx (\row_j s j); pose D' := diag_mx (\row_j (s j)^-1).
have DD : D *m D' = 1%:M.
  by rewrite /D /D' mulmx_diag -[RHS]diag_const_mx; congr diag_mx; apply/rowP => j; rewrite !mxE mulfV.
have DmuD : D' *m diag_mx (\row_j mu j) *m D' = 1%:M.
  rewrite /D' !mulmx_diag -[RHS]diag_const_mx; congr diag_mx; apply/rowP => j; rewrite !mxE.
  by rewrite -{1}[mu j](sqr_sqrtr (ltW (mu0 j))) -/(s j); field; exact: s0.
pose V := D' *m C' *m G.
have VV : V *m V^T = 1%:M.
  rewrite /V !trmx_mul tr_diag_mx -/D' -!mulmxA [G *m (_ *m _)]mulmxA GG -!mulmxA.
  by rewrite [C' *m (C *m _)]mulmxA CC mul1mx [C^T *m (C'^T *m _)]mulmxA CT mul1mx mulmxA.
have GV : G = C *m D *m V.
  have X0 : (1%:M - C *m C') *m G = 0.
    apply: gram_eq0; rewrite trmx_mul mulmxA -[_ *m G *m G^T]mulmxA GG !mulmxA.
    by rewrite mulmxBl mul1mx -[C *m C' *m C]mulmxA CC mulmx1 subrr !mul0mx.
  rewrite /V !mulmxA -[C *m D *m D']mulmxA DD mulmx1.
  by move/eqP: X0; rewrite mulmxBl mul1mx subr_eq0 => /eqP.
pose f (Z : matrix_space R rho r) : matrix_space R n r := C *m scale_rows s Z.
have mf : measurable_fun setT f.
  apply: measurableT_comp (@measurable_scale_rows R rho r s).
  exact: measurable_mulmx_left.
have mfS : measurable (f @^-1` S) by rewrite -[X in measurable X]setTI; exact: mf.
have mtS : measurable ((trmx : matrix_space R r rho -> matrix_space R rho r) @^-1` (f @^-1` S)).
  rewrite -[X in measurable X]setTI; apply: (_ : measurable_fun setT _) => //.
  by apply: polynomial_mx_measurable; apply: polynomial_mx_tr; exact: polynomial_mx_id.
rewrite -[RHS](gaussian_matrix_tr v mfS) -(gaussian_matrix_isometry v0 VV mtS).
congr (gaussian_matrix r m v _); apply/seteqP.
have E A : G *m A^T = f (A *m V^T)^T.
  rewrite /f trmx_mul trmxK {1}GV -!mulmxA; congr (_ *m _); apply/matrixP => i j.
  by rewrite mul_diag_mx !mxE.
by split=> A /=; rewrite E.
Qed.

End release.
