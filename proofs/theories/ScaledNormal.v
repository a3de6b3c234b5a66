(* A matrix of independent N(0, v) entries with its rows scaled: the density against the unscaled law.

   For v > 0 and c > 0 let ratio v c x = c^-1 exp(x^2 (1 - c^-2) / (2 v)), the density of N(0, c^2 v) over that of N(0, v). Then
     int F(x / c) ratio v c x dN(0, v) = int F dN(0, v)      for measurable F >= 0,
   and the law of (c_j x_jk), x_jk independent N(0, v), has the density prod_jk ratio v c_j x_jk with respect to the law of
   (x_jk). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral Independence EntryLaws GaussianMoments SquareSum.
From LoraPrivacy Require Import LinearSubstitution MatrixSpace ProductMatrix GaussianMatrix.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section one.
Context (R : realType) (v c : R).
Hypotheses (v0 : 0 < v) (c0 : 0 < c).

Definition ratio (v c x : R) : R := c^-1 * expR (x ^+ 2 * (1 - c ^- 2) / (2 * v)).

Lemma ratio_gt0 x : 0 < ratio v c x.
Proof. by rewrite mulr_gt0 ?expR_gt0// invr_gt0. Qed.

Lemma measurable_ratio : measurable_fun setT (ratio v c).
Proof.
apply: measurable_funM => //; apply: measurableT_comp; first exact: measurable_expR.
by apply: measurable_funM => //; apply: measurable_funM => //; exact: exprn_measurable.
Qed.

Let pdf_ratio (s x : R) : s != 0 -> s ^+ 2 = v ->
  ratio v c x * normal_pdf 0 s x = c^-1 * normal_pdf 0 s (c^-1 * x + 0).
Proof.
move=> s0 sv; rewrite /normal_pdf (negbTE s0) /ratio !subr0 addr0 sv.
rewrite -[LHS]mulrA; congr (_ * _); rewrite [LHS]mulrCA; congr (_ * _); rewrite -expRD; congr expR.
by field; rewrite !gt_eqF.
Qed.

Lemma scaled_normal_integral (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_law v]_x (F (c^-1 * x + 0)%R * (ratio v c x)%:E) = \int[gaussian_law v]_x F x)%E.
Proof.
move=> mF F0; pose s := Num.sqrt v.
have s0 : s != 0 by rewrite gt_eqF// sqrtr_gt0.
have sv : s ^+ 2 = v by rewrite sqr_sqrtr// ltW.
have mc : measurable_fun setT (fun x : R => c^-1 * x + 0) by apply: measurable_funD => //; exact: measurable_funM.
have mFc : measurable_fun setT (fun x : R => F (c^-1 * x + 0)) by exact: (measurableT_comp mF mc).
have mr : measurable_fun setT (fun x => (ratio v c x)%:E) by apply/measurable_EFinP; exact: measurable_ratio.
have r0 x : (0 <= (ratio v c x)%:E)%E by rewrite lee_fin ltW// ratio_gt0.
rewrite (@ge0_integral_gaussian_law R v s (fun x => F (c^-1 * x + 0)%R * (ratio v c x)%:E)%E)//; last 2 first.
- exact: emeasurable_funM.
- by move=> x; rewrite mule_ge0.
rewrite (ge0_integral_gaussian_law (s := s))//.
rewrite ge0_integral_normal; last 2 first.
- exact: emeasurable_funM.
- by move=> x; rewrite mule_ge0.
rewrite ge0_integral_normal//.
have mG : measurable_fun setT (fun x => F x * (normal_pdf 0 s x)%:E)%E.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_normal_pdf.
have G0 x : (0 <= F x * (normal_pdf 0 s x)%:E)%E by rewrite mule_ge0// lee_fin normal_pdf_ge0.
have cn : c^-1 != 0 by rewrite invr_eq0 gt_eqF.
have H := ge0_integral_affine 0 cn mG G0.
transitivity (c^-1%:E * \int[lebesgue_measure]_x
    (F (c^-1 * x + 0)%R * (normal_pdf 0 s (c^-1 * x + 0))%:E))%E.
  rewrite -ge0_integralZl.
  - by apply: eq_integral => x _; rewrite -muleA -EFinM pdf_ratio// EFinM muleCA.
  - exact: measurableT.
  - exact: (measurableT_comp mG mc).
  - by move=> x _; exact: (G0 (c^-1 * x + 0)).
  - by rewrite lee_fin invr_ge0 ltW.
by rewrite H muleA -EFinM gtr0_norm ?invr_gt0// invrK mulVf ?mul1e// gt_eqF.
Qed.

End one.

Section matrices.
Context (R : realType) (rho r : nat) (v : R) (c : 'I_rho -> R).
Hypotheses (v0 : 0 < v) (c0 : forall j, 0 < c j).
Notation gamma := (gaussian_matrix rho r v : probability (matrix_space R rho r) R).

(* The entries under the law of the matrix. *)
Definition matrix_entry (e : 'I_rho * 'I_r) : {RV gamma >-> R} :=
  mfun_Sub (mem_set (@measurable_entry R rho r e.1 e.2)).

Lemma matrix_entries_independent :
  mutually_independent matrix_entry /\
  forall e, has_law (matrix_entry e) (gaussian_law v).
Proof.
have box (B : 'I_rho * 'I_r -> set R) : (forall e, measurable (B e)) ->
    gamma [set M | forall e, B e (M e.1 e.2)] = (\prod_e gaussian_law v (B e))%E.
  move=> mB; have := @gaussian_matrix_box R rho r v (fun i j => B (i, j)) (fun i j => mB (i, j)).
  rewrite pair_bigA /= => h; apply: (eq_trans _ (eq_trans h _)).
    by congr (gamma _); apply/seteqP; split=> M h' => [i j|[i j]]; [exact: (h' (i, j))|exact: h'].
  by apply: eq_bigr => -[i j].
have law e : has_law (matrix_entry e) (gaussian_law v).
  move=> U mU; pose B e' := if e' == e then U else setT.
  have mB e' : measurable (B e') by rewrite /B; case: ifP.
  have := box B mB; rewrite (bigD1 e)//= {2}/B eqxx big1 ?mule1; last first.
    by move=> e' /negbTE ne; rewrite /B ne; exact: (@probability_setT _ _ _ (gaussian_law v)).
  move=> <-; congr (gamma _); apply/seteqP; split=> M /=; rewrite /B.
    by move=> UM e'; case: eqP => // ->.
  by move=> /(_ e); rewrite eqxx.
split=> // B mB; apply: (eq_trans _ (eq_trans (box B mB) _)).
  by congr (gamma _); apply/seteqP; split=> M h e; [exact: (h e Logic.I)|move=> _; exact: (h e)].
by apply: eq_bigr => e _; apply/esym; exact: law.
Qed.

Definition matrix_ratio (M : 'M[R]_(rho, r)) : R := \prod_(e : 'I_rho * 'I_r) ratio v (c e.1) (M e.1 e.2).

Definition scale_rows (c : 'I_rho -> R) (M : matrix_space R rho r) : matrix_space R rho r :=
  \matrix_(j, k) (c j * M j k).

Lemma measurable_scale_rows b : measurable_fun setT (scale_rows b).
Proof.
apply: measurable_matrix => j k; under eq_fun do rewrite mxE.
by apply: measurable_funM => //; exact: measurable_entry.
Qed.

Lemma measurable_matrix_ratio : measurable_fun setT (matrix_ratio : matrix_space R rho r -> R).
Proof.
apply: (@measurable_prod_comp _ _ _ gamma _ matrix_entry xpredT (fun e => ratio v (c e.1))).
by move=> e; exact: measurable_ratio.
Qed.

Lemma matrix_ratio_gt0 M : 0 < matrix_ratio M.
Proof. by apply: prodr_gt0 => e _; exact: ratio_gt0. Qed.

Let ratio_ge0 (M : matrix_space R rho r) : 0 <= matrix_ratio M. Proof. exact: ltW (matrix_ratio_gt0 M). Qed.

Let nu := pushforward (density_measure (gamma : {measure set _ -> \bar R}) measurable_matrix_ratio ratio_ge0)
  (@measurable_scale_rows (fun j => (c j)^-1)).

Let nu_box (B : 'I_rho -> 'I_r -> set R) : (forall i j, measurable (B i j)) ->
  nu [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j gaussian_law v (B i j))%E.
Proof.
move=> mB; have [indep law] := matrix_entries_independent.
pose h (e : 'I_rho * 'I_r) (x : R) : R := \1_(B e.1 e.2) ((c e.1)^-1 * x + 0) * ratio v (c e.1) x.
have mc e : measurable_fun setT (fun x : R => (c e)^-1 * x + 0).
  by apply: measurable_funD => //; exact: measurable_funM.
have mh e : measurable_fun setT (h e).
  apply: measurable_funM; last exact: measurable_ratio.
  by apply: (measurableT_comp _ (mc e.1)); exact: measurable_indic.
have h0 e x : 0 <= h e x by rewrite mulr_ge0// ltW// ratio_gt0.
have hE e : (\int[gaussian_law v]_x (h e x)%:E = gaussian_law v (B e.1 e.2))%E.
  transitivity (\int[gaussian_law v]_x (\1_(B e.1 e.2) x)%:E)%E; last by rewrite integral_indic ?setIT.
  have mI : measurable_fun setT (fun x => (\1_(B e.1 e.2) x : R)%:E).
    by apply/measurable_EFinP; exact: measurable_indic.
  have I0 x : (0 <= (\1_(B e.1 e.2) x : R)%:E)%E by rewrite lee_fin.
  exact: (scaled_normal_integral v0 (c0 e.1) mI I0).
have hX e : gamma.-integrable setT (fun M => (h e (matrix_entry e M))%:E) /\
    (\int[gamma]_M (h e (matrix_entry e M))%:E = gaussian_law v (B e.1 e.2))%E.
  rewrite -hE; apply: (@integral_law _ _ _ _ (matrix_entry e) (gaussian_law v) (fun x => (h e x)%:E)) => //.
    exact/measurable_EFinP.
  apply/integrableP; split; first exact/measurable_EFinP.
  under eq_integral do rewrite gee0_abs ?lee_fin//.
  by rewrite hE (le_lt_trans (probability_le1 _ _))// ltry.
rewrite pair_bigA /= -(eq_bigr _ (fun e _ => (hX e).2)).
rewrite -(ge0_expectation_prod indep mh h0 (fun e => (hX e).1)).
rewrite /nu /pushforward /density_measure /density_measure_of /= [LHS]integral_mkcond.
apply: eq_integral => M _; rewrite patchE /= /h big_split /= -/(matrix_ratio M).
have E e : scale_rows (fun j => (c j)^-1) M e.1 e.2 = (c e.1)^-1 * M e.1 e.2 + 0 by rewrite mxE addr0.
case: ifPn => [|]; rewrite ?inE ?notin_setE /= => inB.
  rewrite big1 ?mul1r// => e _; rewrite indicE mem_set// -E; exact: inB.
have [i [j nB]] : exists i j, ~ B i j (scale_rows (fun j => (c j)^-1) M i j).
  by apply: contrapT => no; apply: inB => i j; apply: contrapT => nB; apply: no; exists i, j.
rewrite (bigD1 (i, j))//= indicE memNset ?mul0r//.
by move: nB; rewrite (E (i, j)).
Qed.

(* The density of the scaled law. *)
Theorem scaled_rows_density (Q : {measure set (matrix_space R rho r) -> \bar R}) :
  (forall S, measurable S -> Q S = gamma (scale_rows c @^-1` S)) ->
  has_density gamma Q matrix_ratio.
Proof.
move=> QE; split; [exact: measurable_matrix_ratio|by move=> M; exact: ratio_ge0|move=> S mS].
have mp : measurable (scale_rows c @^-1` S).
  by rewrite -[X in measurable X]setTI; exact: measurable_scale_rows.
rewrite QE//; apply: eq_trans (esym (gaussian_matrix_unique (nu := nu) nu_box mp)) _.
rewrite /nu /pushforward /density_measure /density_measure_of /=; congr (integral _ _ _).
apply/seteqP; split=> M /=.
  by rewrite (_ : scale_rows c _ = M)//; apply/matrixP => j k; rewrite !mxE mulrA mulfV ?mul1r// gt_eqF.
by rewrite (_ : scale_rows c _ = M)//; apply/matrixP => j k; rewrite !mxE mulrA mulfV ?mul1r// gt_eqF.
Qed.

End matrices.
