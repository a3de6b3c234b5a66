(* Linear change of variables in n dimensions.

   For every invertible n x n matrix M and measurable F >= 0 on row vectors,
     int F (v M) dv = |det M|^-1 int F v dv                                (lebesgue_vector_linear).
   A permutation keeps volumes (product_matrix_col_perm), triangular matrices are treated block by block, and P M = L U. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect fingroup perm.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks LebesgueVector.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(* If nu' is the image of nu under f, integrals by nu' are integrals by nu. *)
Lemma ge0_integral_image d1 d2 (X : measurableType d1) (Y : measurableType d2) (R : realType)
  (nu : {measure set X -> \bar R}) (nu' : {measure set Y -> \bar R}) (f : X -> Y) (F : Y -> \bar R) :
  measurable_fun setT f -> (forall S, measurable S -> nu (f @^-1` S) = nu' S) ->
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[nu']_y F y = \int[nu]_x F (f x))%E.
Proof.
move=> mf same mF F0; rewrite -(ge0_integral_pushforward mf)//.
by apply: eq_measure_integral => S mS _; exact/esym/same.
Qed.

Section linear.
Context (R : realType).
Notation lv := (@lebesgue_vector R).

Lemma scales_empty (M : 'M[R]_0) : scales M 1.
Proof.
split=> // F mF F0; rewrite mul1e; apply: eq_integral => w _.
by congr F; apply/rowP; case.
Qed.

Lemma scales_perm n (s : 'S_n) : scales (perm_mx s : 'M[R]_n) 1.
Proof.
have E (w : 'rV[R]_n) : w *m perm_mx s = col_perm s^-1%g w by rewrite col_permE invgK.
pose f (w : matrix_space R 1 n) : matrix_space R 1 n := w *m perm_mx s.
have mf : measurable_fun setT f.
  by have := measurable_affine_row (perm_mx s : 'M[R]_n) 0; under eq_fun do rewrite addr0.
split=> // F mF F0; rewrite mul1e; apply/esym/(ge0_integral_image mf) => // S mS.
rewrite -[RHS](product_matrix_col_perm (@lebesgue_real R) s^-1%g mS).
by congr (lv n _); apply/seteqP; split=> w; rewrite /= /f E.
Qed.

Lemma scales_lower_triangular n (M : 'M[R]_n) : is_trig_mx M -> \det M != 0 ->
  scales M `|\det M|^-1.
Proof.
elim: n M => [|n ih] M; first by rewrite det_mx00 normr1 invr1 => _ _; exact: scales_empty.
rewrite -[M](@submxK _ 1 n 1 n) (@is_trig_block_mx _ 1 n 1 n)// => /and3P[/eqP -> _ tM].
rewrite [ulsubmx _]mx11_scalar; set d := _ 0 0; set M' := drsubmx _ in tM *.
rewrite (@det_lblock _ 1 n) det_scalar1 mulf_eq0 negb_or => /andP[d0 M0].
by rewrite normrM invfM; apply: scales_lower => //; exact: ih.
Qed.

Lemma scales_upper_triangular n (M : 'M[R]_n) : is_trig_mx M^T -> \det M != 0 ->
  scales M `|\det M|^-1.
Proof.
elim: n M => [|n ih] M; first by rewrite det_mx00 normr1 invr1 => _ _; exact: scales_empty.
rewrite -[M](@submxK _ 1 n 1 n) (@tr_block_mx _ 1 n 1 n) (@is_trig_block_mx _ 1 n 1 n)//.
rewrite trmx_eq0 => /and3P[/eqP -> _ tM].
rewrite [ulsubmx _]mx11_scalar; set d := _ 0 0; set M' := drsubmx _ in tM *.
rewrite (@det_ublock _ 1 n) det_scalar1 mulf_eq0 negb_or => /andP[d0 M0].
by rewrite normrM invfM; apply: scales_upper => //; exact: ih.
Qed.

Theorem scales_unit n (M : 'M[R]_n) : M \in unitmx -> scales M `|\det M|^-1.
Proof.
case: n M => [|n] M uM; first by rewrite det_mx00 normr1 invr1; exact: scales_empty.
have detM : \det M != 0 by rewrite -unitfE -unitmxE.
have := cormen_lup_correct M; have := cormen_lup_perm M; have := cormen_lup_detL M.
have := cormen_lup_lower M; have := cormen_lup_upper M.
case: (cormen_lup M) => -[P L] U /= upU lowL detL /is_perm_mxP[s ->] E.
have ME : M = perm_mx s^-1%g *m (L *m U).
  by rewrite -[X in _ *m X]E mulmxA -perm_mxM mulVg perm_mx1 mul1mx.
have tL : is_trig_mx L.
  apply/is_trig_mxP => i j ij; rewrite (lowL i j (ltnW ij)).
  by have /negbTE -> : i != j by apply/eqP => e; rewrite e ltnn in ij.
have tU : is_trig_mx U^T by apply/is_trig_mxP => i j ij; rewrite mxE; exact: upU.
have detU : `|\det M| = `|\det U|.
  by rewrite ME !det_mulmx detL mul1r normrM det_perm normrX normrN1 expr1n mul1r.
have dU : \det U != 0 by rewrite -normr_eq0 -detU normr_eq0.
have dL : \det L != 0 by rewrite detL oner_eq0.
rewrite detU [in X in scales X _]ME -[_^-1]mul1r; apply: scales_mul; first exact: scales_perm.
rewrite -[_^-1]mul1r; apply: scales_mul; last exact: scales_upper_triangular.
by have := scales_lower_triangular tL dL; rewrite detL normr1 invr1.
Qed.

Theorem lebesgue_vector_linear n (M : 'M[R]_n) (F : matrix_space R 1 n -> \bar R) :
  M \in unitmx -> measurable_fun setT F -> (forall v, 0 <= F v)%E ->
  (\int[lebesgue_vector R n]_v F (v *m M) = (`|\det M|^-1)%:E * \int[lebesgue_vector R n]_v F v)%E.
Proof. by move=> uM mF F0; apply: (scales_unit uM).2. Qed.

Corollary lebesgue_vector_scale n (a : R) (F : matrix_space R 1 n -> \bar R) :
  a != 0 -> measurable_fun setT F -> (forall v, 0 <= F v)%E ->
  (\int[lebesgue_vector R n]_v F (a *: v) = (`|a|^-1 ^+ n)%:E * \int[lebesgue_vector R n]_v F v)%E.
Proof.
move=> a0 mF F0; have u : (a%:M : 'M[R]_n) \in unitmx by rewrite unitmxE det_scalar unitrX// unitfE.
have <- : `|\det (a%:M : 'M[R]_n)|^-1 = `|a|^-1 ^+ n by rewrite det_scalar normrX exprVn.
rewrite -(lebesgue_vector_linear u mF F0).
by apply: eq_integral => v _; rewrite mul_mx_scalar.
Qed.

Corollary lebesgue_vector_orthogonal n (Q : 'M[R]_n) (F : matrix_space R 1 n -> \bar R) :
  Q *m Q^T = 1%:M -> measurable_fun setT F -> (forall v, 0 <= F v)%E ->
  (\int[lebesgue_vector R n]_v F (v *m Q) = \int[lebesgue_vector R n]_v F v)%E.
Proof.
move=> QQ mF F0; have d2 : `|\det Q| ^+ 2 = 1.
  by rewrite -normrX expr2 -{2}[Q]trmxK det_tr -det_mulmx QQ det1 normr1.
have d1 : `|\det Q| = 1 by apply/eqP; rewrite -sqrp_eq1 ?normr_ge0// d2.
have u : Q \in unitmx by have [] := mulmx1_unit QQ.
by rewrite (lebesgue_vector_linear u mF F0) d1 invr1 mul1e.
Qed.

End linear.
