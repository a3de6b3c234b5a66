(* S16, item 1, and S17, item 1, evaluated: the curve of matrix gradients that share one column.

   A has independent N(0, 1/r) entries on any probability space, G = u q^T and G' = u q'^T with u, q, q' <> 0. The release
   G A^T A has the curve of S11 for (q, q'): one integral at an angle between 0 and pi, the closed form where q = lambda q',
   lambda > 0. For T releases with one A, G_t = u_t q^T and G'_t = u_t q'^T with some u_t <> 0: the integral, at an angle between 0
   and pi. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy MatrixAlgebra MatrixSpace NullPolynomial EntryLaws ProductMatrix ProductMatrixBlocks.
From LoraPrivacy Require Import SymmetryTest ReusedSketch CommonColumn OrthogonalMaps SketchLaw.
From LoraPrivacy Require Import LossTail ConditionalLoss PrivacyCurve.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section vector.
Context d (W : measurableType d) (R : realType) (P : probability W R) (m r : nat).
Variable A : 'I_r -> 'I_m -> {RV P >-> R}.
Hypotheses (HA : gaussian_entries A) (r_gt0 : (0 < r)%N).
Let mu := @lebesgue_measure R.

Let measurable_trmx k l : measurable_fun setT (trmx : matrix_space R k l -> matrix_space R l k).
Proof. by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry. Qed.

(* The vector release as a column and as a row. *)
Let vector_law_row (q : 'cV[R]_m) (S : set (matrix_space R m 1)) : measurable S ->
  vector_law P (matrix_of A) q S = sketch_law q^T r (trmx @^-1` S).
Proof.
move=> mS; have mS' : measurable (trmx @^-1` S : set (matrix_space R 1 m)).
  by have := measurable_trmx measurableT mS; rewrite setTI.
rewrite -(sketch_law_of_entries q^T HA mS'); congr (P _); apply/seteqP.
by split=> w; rewrite /= !trmx_mul !trmxK mulmxA.
Qed.

Lemma vector_law_curve (q q' : 'cV[R]_m) (eps : R) :
  privacy_curve (vector_law P (matrix_of A) q) (vector_law P (matrix_of A) q') eps =
  privacy_curve (sketch_law q^T r) (sketch_law q'^T r) eps.
Proof.
have back (q0 : 'cV[R]_m) (S : set (matrix_space R 1 m)) : measurable S ->
    sketch_law q0^T r S = vector_law P (matrix_of A) q0 (trmx @^-1` S).
  move=> mS; rewrite vector_law_row; last by have := measurable_trmx measurableT mS; rewrite setTI.
  by congr (sketch_law _ _ _); apply/seteqP; split=> y; rewrite /= trmxK.
by apply: (privacy_curve_reversible eps (measurable_trmx (k := 1) (l := m)) (measurable_trmx (k := m) (l := 1))) => // S mS;
  first [exact: vector_law_row|exact: back].
Qed.

(* The closed form of S11 at q = lambda q'. *)
Definition scaling_curve (lambda eps : R) : R :=
  let a := loss_a r m in
  let c := eps + a * ln lambda in
  let x := c / (lambda - 1) in
  if 1 < lambda then gamma_Q a (maxr x 0) - expR eps * gamma_Q a (maxr x 0 * lambda)
  else if lambda < 1 then
    if c < 0 then gamma_P a x - expR eps * gamma_P a (x * lambda) else 0
  else maxr (1 - expR eps) 0.

Section one_step.
Variables (n : nat) (u : 'cV[R]_n).
Hypothesis u_neq0 : u != 0.

Theorem S16_vector_curve (q q' : 'cV[R]_m) (eps : R) : q != 0 -> q' != 0 ->
  0 < row_angle q^T q'^T < pi ->
  (privacy_curve (release_law P (matrix_of A) (u *m q^T)) (release_law P (matrix_of A) (u *m q'^T)) eps =
   \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
     (S11_integrand r m (row_norm q^T / row_norm q'^T) (row_angle q^T q'^T) eps psi)%:E)%E.
Proof.
move=> q0 q'0 ha; rewrite (S16_common_column_curve P (matrix_of A) q q' eps u_neq0) vector_law_curve.
by apply: S11_curve => //; rewrite (can2_eq (@trmxK _ _ _) (@trmxK _ _ _)) trmx0.
Qed.

Theorem S16_vector_scaling (q' : 'cV[R]_m) (lambda eps : R) : 0 < lambda -> q' != 0 ->
  privacy_curve (release_law P (matrix_of A) (u *m (lambda *: q')^T))
    (release_law P (matrix_of A) (u *m q'^T)) eps = (scaling_curve lambda eps)%:E.
Proof.
move=> l0 q'0; rewrite (S16_common_column_curve P (matrix_of A) _ q' eps u_neq0) vector_law_curve.
apply: S11_scaling => //; last by rewrite linearZ.
by rewrite (can2_eq (@trmxK _ _ _) (@trmxK _ _ _)) trmx0.
Qed.

End one_step.

Section steps.
Variables (T : nat) (p : 'I_T -> nat) (u : forall t, 'cV[R]_(p t)).
Hypothesis u_neq0 : exists t, u t != 0.

Theorem S17_vector_curve (q q' : 'cV[R]_m) (eps : R) : q != 0 -> q' != 0 ->
  0 < row_angle q^T q'^T < pi ->
  (privacy_curve (release_law P (matrix_of A) (stack (fun t => u t *m q^T)))
                 (release_law P (matrix_of A) (stack (fun t => u t *m q'^T))) eps =
   \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
     (S11_integrand r m (row_norm q^T / row_norm q'^T) (row_angle q^T q'^T) eps psi)%:E)%E.
Proof.
move=> q0 q'0 ha; rewrite (S17_common_vectors_curve P (matrix_of A) q q' eps u_neq0) vector_law_curve.
by apply: S11_curve => //; rewrite (can2_eq (@trmxK _ _ _) (@trmxK _ _ _)) trmx0.
Qed.

End steps.

End vector.
