(* The law of a sketched multiple of the first unit vector.

   For q = a e_1 (m = 1 + p), r = 1 + k, x a column of r and z a row of p independent N(0, 1) variables:
     int F d(sketch_law q r) = int_x int_z F (a |x|^2 / r, (a |x| / r) z)          for measurable F >= 0. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import EntryLaws MatrixSpace OrthogonalMaps.
From LoraPrivacy Require Import ProductMatrix ProductMatrixBlocks GaussianMatrix GaussianScaling SketchLaw.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section axis.
Context (R : realType).
Lemma sketch_axis_blocks r p (a : R) (u : 'cV[R]_r) (W : 'M[R]_(r, p)) :
  (row_mx a%:M 0 : 'rV_(1 + p)) *m (row_mx u W)^T *m row_mx u W =
  row_mx (a * row_norm2 u^T)%:M (a *: (u^T *m W)).
Proof.
rewrite tr_row_mx mul_row_col mul0mx addr0 mul_scalar_mx -scalemxAl mul_mx_row scale_row_mx.
by rewrite -{2}[u]trmxK mul_row_dot -row_norm2E scale_scalar_mx.
Qed.

(* A row vector (f, g w) is measurable if its parts are. *)
Lemma measurable_first_scaled p d (T : measurableType d) (f g : T -> R) (w : T -> matrix_space R 1 p) :
  measurable_fun setT f -> measurable_fun setT g -> measurable_fun setT w ->
  measurable_fun setT (fun x => row_mx (f x)%:M (g x *: w x) : matrix_space R 1 (1 + p)).
Proof.
move=> mf mg mw; apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
case: (fintype.split j) => l.
  by under eq_fun do rewrite mxE !ord1 eqxx mulr1n; exact: mf.
under eq_fun do rewrite mxE; apply: measurable_funM => //.
exact: (measurableT_comp (measurable_entry i l) mw).
Qed.

Section integral.
Variables (k p : nat) (a : R) (F : matrix_space R 1 (1 + p) -> \bar R).
Hypotheses (mF : measurable_fun setT F) (F0 : forall y, (0 <= F y)%E).
Notation r := k.+1.
Let v : R := r%:R^-1.

Let v0 : 0 < v. Proof. by rewrite invr_gt0 ltr0n. Qed.

Theorem sketch_law_axis :
  (\int[sketch_law (row_mx a%:M (0 : 'rV_p)) r]_y F y =
   \int[gaussian_matrix r 1 1]_x \int[gaussian_matrix 1 p 1]_z
     F (row_mx (a * (row_norm2 x^T / r%:R))%:M ((a * (row_norm x^T / r%:R)) *: z)))%E.
Proof.
rewrite sketch_law_integral//.
pose H (A : matrix_space R r (1 + p)) := F ((row_mx a%:M 0 : 'rV_(1 + p)) *m A^T *m A).
have mH : measurable_fun setT H by apply: measurableT_comp mF (@measurable_sketch_row R r (1 + p) _).
apply: (eq_trans (gaussian_matrix_row_mx v mH (fun=> F0 _))).
pose c := Num.sqrt v; have c0 : 0 < c by rewrite sqrtr_gt0.
have c1 : c != 0 by rewrite gt_eqF.
have cc : c * c = v by rewrite -expr2 sqr_sqrtr// ltW.
pose K (u : matrix_space R r 1) := (\int[gaussian_matrix r p v]_W H (row_mx u W))%E.
have mK : measurable_fun setT K.
  have := measurable_fun_fubini_tonelli_F (m2 := gaussian_matrix r p v)
    (H \o (fun z : matrix_space R r 1 * matrix_space R r p => row_mx z.1 z.2 : matrix_space R r (1 + p)))
    (measurableT_comp mH (@measurable_row_mx R r 1 p)) (fun=> F0 _).
  exact.
have K0 u : (0 <= K u)%E by apply: integral_ge0 => W _; exact: F0.
apply: (eq_trans (gaussian_matrix_standard v0 mK K0)).
apply: eq_integral => x _; rewrite -/c /K /H.
under eq_integral => W _ do rewrite sketch_axis_blocks.
pose G (b : R) (w : matrix_space R 1 p) := F (row_mx (a * row_norm2 (c *: x)^T)%:M (b *: w)).
have mG b : measurable_fun setT (G b).
  by apply: measurableT_comp mF (measurable_first_scaled _ _ _).
apply: (eq_trans (gaussian_rows_combination (c *: x) v0 (mG a) (fun=> F0 _))).
have nx : row_norm (c *: x)^T = c * row_norm x^T by rewrite linearZ/= row_normZ gtr0_norm.
pose G' w := G a (row_norm (c *: x)^T *: w).
have mG' : measurable_fun setT (G' : matrix_space R 1 p -> \bar R).
  by apply: measurableT_comp (mG a) (@measurable_scale _ _ _ _).
apply: (eq_trans (gaussian_matrix_standard v0 mG' (fun=> F0 _))).
apply: eq_integral => z _; rewrite -/c /G' /G; congr F.
rewrite !scalerA nx linearZ/= row_norm2Z.
rewrite expr2 -/v -cc.
by congr (row_mx _%:M (_ *: _)); ring.
Qed.

End integral.

End axis.
