(* Multiples of normal vectors.

   If X has the law N(0, v), v > 0, then c X has the law N(0, c^2 v)     (gaussian_law_scale, c <> 0),
   and c M is a matrix of independent N(0, c^2 v) entries if M is one of independent N(0, v) entries:
     int F(c M) d(gaussian_matrix r m v) = int F d(gaussian_matrix r m (c^2 v))     (gaussian_matrix_scale)
   for measurable F >= 0, in particular v = 1 (gaussian_matrix_standard). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import EntryLaws MatrixSpace LinearSubstitution.
From LoraPrivacy Require Import ProductMatrix ProductMatrixBlocks GaussianMatrix.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section scaling.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

Lemma measurable_scale r m (c : R) :
  measurable_fun setT (fun M : matrix_space R r m => c *: M : matrix_space R r m).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
by apply: measurable_funM => //; exact: measurable_entry.
Qed.

Lemma normal_pdf_scale (c s y : R) : c != 0 -> 0 < s ->
  `|c|^-1 * normal_pdf 0 s (c^-1 * y) = normal_pdf 0 (`|c| * s) y.
Proof.
move=> c0 s0; have n0 : `|c| != 0 by rewrite normr_eq0.
have s1 : s != 0 by rewrite gt_eqF.
have cs0 : `|c| * s != 0 by rewrite mulf_neq0.
rewrite /normal_pdf (negbTE cs0) (negbTE s1) !subr0 mulrA !exprMn real_normK ?num_real//.
congr (_ * expR _); last by field; rewrite c0 s1.
rewrite -[c ^+ 2 * _ * _]mulrA -[c ^+ 2 * _ *+ 2]mulrnAr sqrtrM ?sqr_ge0// sqrtr_sqr.
by rewrite invfM.
Qed.

Lemma gaussian_law_scale (c v : R) (B : set R) : c != 0 -> 0 < v -> measurable B ->
  gaussian_law v [set x | B (c * x)] = gaussian_law (c ^+ 2 * v) B.
Proof.
move=> c0 v0 mB; apply: (eq_trans (gaussian_lawE v _)); apply: (eq_trans _ (esym (gaussian_lawE _ _))).
rewrite (sqrtrM _ (sqr_ge0 c)) sqrtr_sqr.
rewrite /normal_prob.
rewrite integral_mkcond [RHS]integral_mkcond.
pose s := Num.sqrt v; have s0 : 0 < s by rewrite sqrtr_gt0.
pose F (y : R) : \bar R := ((normal_pdf 0 s (c^-1 * y))%:E * (\1_B y)%:E)%E.
have mF : measurable_fun setT F.
  apply: emeasurable_funM; apply/measurable_EFinP; last exact: measurable_indic.
  apply: (measurableT_comp (measurable_normal_pdf 0 s)).
  by apply: measurable_funM; [exact: measurable_cst|exact: measurable_id].
have F0 y : (0 <= F y)%E by rewrite mule_ge0// lee_fin// normal_pdf_ge0.
transitivity (\int[mu]_x F (c * x)%R)%E.
  apply: eq_integral => x _; rewrite /F mulKf// patchE indicE.
  rewrite (_ : (x \in _) = (c * x \in B)); first by case: ifPn => _; rewrite ?mule1 ?mule0.
  by apply/idP/idP; rewrite !inE.
rewrite (ge0_integral_scale c0 mF F0) -ge0_integralZl ?lee_fin ?invr_ge0//.
apply: eq_integral => y _; rewrite /F patchE indicE muleA -EFinM normal_pdf_scale//.
by case: ifPn => _; rewrite ?mulr1 ?mulr0.
Qed.

Theorem gaussian_matrix_scale r m (c v v' : R) (F : matrix_space R r m -> \bar R) :
  v' = c ^+ 2 * v -> c != 0 -> 0 < v -> measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix r m v]_M F (c *: M)%R = \int[gaussian_matrix r m v']_M F M)%E.
Proof.
move=> vE c0 v0 mF F0; subst v'.
have mc (B : set R) : measurable B -> measurable [set x | B (c * x)].
  move=> mB; have mf : measurable_fun [set: R] (fun x : R => c * x).
    by apply: measurable_funM; [exact: measurable_cst|exact: measurable_id].
  by rewrite -[X in measurable X]setTI; exact: mf.
have box_scale (B : 'I_r -> 'I_m -> set R) : (forall i j, measurable (B i j)) ->
    gaussian_matrix r m v ((fun M : matrix_space R r m => c *: M : matrix_space R r m) @^-1` box B) =
    (\prod_i \prod_j gaussian_law (c ^+ 2 * v) (B i j))%E.
  move=> mB; have -> : (fun M : matrix_space R r m => c *: M : matrix_space R r m) @^-1` box B =
      box (fun i j => [set x | B i j (c * x)]).
    by apply/seteqP; split=> M /= h i j; have := h i j; rewrite mxE.
  apply: (eq_trans (gaussian_matrix_box _ _)) => [i j|]; first exact: mc.
  apply: eq_bigr => i _; apply: eq_bigr => j _.
  exact: gaussian_law_scale.
have [_ h] := product_matrix_image (@measurable_scale r m c) box_scale.
exact: (esym (h F mF F0)).
Qed.

(* In units of the standard deviation. *)
Corollary gaussian_matrix_standard r m (v : R) (F : matrix_space R r m -> \bar R) :
  0 < v -> measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix r m v]_M F M = \int[gaussian_matrix r m 1]_M F (Num.sqrt v *: M)%R)%E.
Proof.
move=> v0 mF F0; have s0 : Num.sqrt v != 0 by rewrite gt_eqF// sqrtr_gt0.
have vE : v = Num.sqrt v ^+ 2 * 1 by rewrite mulr1 sqr_sqrtr// ltW.
exact: (esym (gaussian_matrix_scale vE s0 ltr01 mF F0)).
Qed.

End scaling.
