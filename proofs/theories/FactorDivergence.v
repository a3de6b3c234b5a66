(* S24, items 2 and 3, for equal column spaces: the loss of the factor release, and its Renyi divergence.

   Suppose that the matrix C (n x rho, with a left inverse C') and mu_j > 0 satisfy

     G G^T = C diag(mu) C^T,      G' G'^T = C C^T,

   so that mu_1, ..., mu_rho are the eigenvalues of Sigma Sigma'^-1 on the common column space (Sigma = G G^T, Sigma' = G' G'^T). For an
   outcome Y (n x r) let zeta_jk = sqrt(r / mu_j) (C' Y)_jk. Then
     - the law of G A^T has the density e^L with respect to the law of G' A^T, L = factor_loss mu zeta;
     - under the law of G A^T the zeta_jk are independent N(0, 1), so that the X_j of L are independent chi^2_r;
     - the Renyi divergence of the two laws is factor_renyi, or +oo if (alpha - 1) (mu_j - 1) >= 1 for one j.
   That every pair with one column space has such a C is not proved here. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy Independence EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks.
From LoraPrivacy Require Import GaussianMatrix GaussianScaling RenyiDivergence RenyiLoss FactorLoss ScaledNormal FactorRelease.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section divergence.
Context (R : realType) (r m n rho : nat) (C : 'M[R]_(n, rho)) (C' : 'M[R]_(rho, n)) (mu : 'I_rho -> R) (G G' : 'M[R]_(n, m)).
Hypotheses (r_gt0 : (0 < r)%N) (mu0 : forall j, 0 < mu j) (CC : C' *m C = 1%:M).
Hypotheses (GG : G *m G^T = C *m diag_mx (\row_j mu j) *m C^T) (GG' : G' *m G'^T = C *m C^T).
Notation v := ((r%:R : R)^-1).
Notation P := (factor_law r G).
Notation Q := (factor_law r G').
Notation gamma := (gaussian_matrix rho r v : probability (matrix_space R rho r) R).
Notation s := (fun j => Num.sqrt (mu j)).

Let r0 : (0 : R) < r%:R. Proof. by rewrite ltr0n. Qed.
Let v0 : 0 < v. Proof. by rewrite invr_gt0. Qed.
Let s0 j : 0 < s j. Proof. by rewrite sqrtr_gt0. Qed.

Definition normal_entry (Y : matrix_space R n r) j k : R := Num.sqrt (r%:R / mu j) * (C' *m Y) j k.

Lemma measurable_normal_entry j k : measurable_fun setT (fun Y => normal_entry Y j k).
Proof.
apply: measurable_funM => //.
exact: (measurableT_comp (@measurable_entry R rho r j k) (measurable_mulmx_left C' (l := r))).
Qed.

(* As random variables under the law of the release of G. *)
Definition normal_variable j k : {RV P >-> R} := mfun_Sub (mem_set (measurable_normal_entry j k)).

Let outcome (Z : matrix_space R rho r) : matrix_space R n r := C *m scale_rows s (Num.sqrt v *: Z).

Let law_outcome S : measurable S -> P S = gaussian_matrix rho r 1 (outcome @^-1` S).
Proof.
move=> mS; rewrite (S24_law r_gt0 CC mu0 GG mS).
have mf : measurable_fun setT (fun Z : matrix_space R rho r => C *m scale_rows s Z : matrix_space R n r).
  by apply: measurableT_comp (@measurable_scale_rows R rho r s); exact: measurable_mulmx_left.
have mg : measurable_fun setT (fun Z : matrix_space R rho r => Num.sqrt v *: Z : matrix_space R rho r).
  by apply: measurable_matrix => j k; under eq_fun do rewrite mxE; apply: measurable_funM => //; exact: measurable_entry.
have mfS : measurable ((fun Z : matrix_space R rho r => C *m scale_rows s Z : matrix_space R n r) @^-1` S).
  by rewrite -[X in measurable X]setTI; exact: mf.
have moS : measurable (outcome @^-1` S).
  by rewrite -[X in measurable X]setTI; exact: (measurableT_comp mf mg).
have I (v' : R) (A : set (matrix_space R rho r)) : measurable A ->
    gaussian_matrix rho r v' A = (\int[gaussian_matrix rho r v']_Z (\1_A Z : R)%:E)%E.
  by move=> mA; rewrite integral_indic// setIT.
etransitivity; first exact: (I v _ mfS).
etransitivity; last exact: (esym (I 1 _ moS)).
apply: (@gaussian_matrix_standard R rho r v (fun Z => (\1_((fun Z => C *m scale_rows s Z : matrix_space R n r) @^-1` S) Z : R)%:E) v0).
- by apply/measurable_EFinP; exact: measurable_indic.
- by move=> Z; rewrite lee_fin.
Qed.

Let entry_outcome Z j k : normal_entry (outcome Z) j k = Z j k.
Proof.
rewrite /normal_entry /outcome mulmxA CC mul1mx !mxE mulrA mulrA -!sqrtrM ?mulr_ge0 ?invr_ge0 ?ltW//.
by rewrite mulfVK ?gt_eqF// mulfV ?gt_eqF// sqrtr1 mul1r.
Qed.

(* Item 2: the variables of the loss. *)
Theorem S24_normal_variables :
  mutually_independent (fun e : 'I_rho * 'I_r => normal_variable e.1 e.2) /\
  forall j k, has_law (normal_variable j k) (gaussian_law 1).
Proof.
have [indep law] := @matrix_entries_independent R rho r 1.
have E e B : outcome @^-1` (normal_variable e.1 e.2 @^-1` B) = @matrix_entry R rho r 1 e @^-1` B.
  by apply/seteqP; split=> Z /=; rewrite entry_outcome.
have mE e B : measurable B -> measurable (normal_variable e.1 e.2 @^-1` B).
  by move=> mB; rewrite -[X in measurable X]setTI; exact: measurable_normal_entry.
split=> [B mB|j k B mB].
- rewrite law_outcome; last by apply: fin_bigcap_measurable; [exact: finite_finset|move=> e _; exact: mE].
  rewrite preimage_bigcap (eq_bigcapr (fun e _ => E e (B e))) indep//.
  by apply: eq_bigr => e _; rewrite law_outcome ?E//; exact: mE.
- transitivity (gaussian_matrix rho r 1 (outcome @^-1` (normal_variable j k @^-1` B))).
    by apply: law_outcome; exact: (mE (j, k)).
  by rewrite (E (j, k) B : outcome @^-1` (normal_variable j k @^-1` B) = _); exact: law.
Qed.

Let loss_ratio (Y : matrix_space R n r) : matrix_ratio v s (C' *m Y) = expR (factor_loss mu (normal_entry Y)).
Proof.
have -> : factor_loss mu (normal_entry Y) =
    \sum_(e : 'I_rho * 'I_r) (- (2^-1 * ln (mu e.1)) + (mu e.1 - 1) * normal_entry Y e.1 e.2 ^+ 2 / 2).
  rewrite big_split /= -[LHS]mul1r factor_loss_weights; congr (_ + _).
    rewrite -(pair_bigA _ (fun j k => - (2^-1 * ln (mu j)))) /= mulr_sumr; apply: eq_bigr => j _.
    by rewrite sumr_const card_ord -mulr_natl; field.
  by apply: eq_bigr => e _; rewrite mul1r.
rewrite (big_morph _ (@expRD R) (@expR0 R)); apply: eq_bigr => e _; rewrite /ratio expRD; congr (_ * _).
  rewrite expRN -ln_powR powR12_sqrt ?ltW// lnK// posrE; exact: s0.
have rm : 0 <= r%:R / mu e.1 by rewrite ltW// divr_gt0.
congr expR; rewrite /normal_entry exprMn (sqr_sqrtr rm) sqr_sqrtr ?ltW//.
by field; rewrite !gt_eqF.
Qed.

(* Items 2 and 3: the loss is the logarithm of the densities' ratio. *)
Theorem S24_loss_is_log_density : has_density Q P (fun Y => expR (factor_loss mu (normal_entry Y))).
Proof.
have GG1 : G' *m G'^T = C *m diag_mx (\row_j (fun=> 1) j) *m C^T.
  rewrite GG'; congr (_ *m _); rewrite -[LHS]mulmx1; congr (_ *m _).
  by rewrite -[LHS]diag_const_mx; congr diag_mx; apply/rowP => j; rewrite !mxE.
have one (Z : matrix_space R rho r) : scale_rows (fun=> Num.sqrt 1) Z = Z.
  by apply/matrixP => j k; rewrite mxE sqrtr1 mul1r.
pose u (Z : matrix_space R rho r) : matrix_space R n r := C *m Z.
pose w (Y : matrix_space R n r) : matrix_space R rho r := C' *m Y.
have -> : (fun Y => expR (factor_loss mu (normal_entry Y))) = matrix_ratio v s \o w.
  by apply/funext => Y; rewrite -loss_ratio.
apply: (@density_of_injective_image _ _ _ _ R (pushforward gamma (@measurable_scale_rows R rho r s)) gamma P Q u w).
- exact: measurable_mulmx_left.
- exact: measurable_mulmx_left.
- by move=> Z; rewrite /u /w mulmxA CC mul1mx.
- by move=> S mS; exact: (S24_law r_gt0 CC mu0 GG mS).
- move=> S mS; apply: (eq_trans (S24_law r_gt0 CC (fun=> ltr01) GG1 mS)); congr (gamma _).
  by apply/seteqP; split=> Z /=; rewrite one.
- exact: (@scaled_rows_density R rho r v s v0 s0 (pushforward gamma (@measurable_scale_rows R rho r s)) (fun _ _ => erefl)).
Qed.

Section renyi.
Context (nu : {measure set (matrix_space R n r) -> \bar R}) (f g : matrix_space R n r -> R).
Hypotheses (Pf : has_density nu P f) (Qg : has_density nu Q g).

Let renyi_loss alpha : 1 < alpha -> renyi_divergence nu f g alpha =
  (((alpha - 1)^-1)%:E * ereal_ln (\int[P]_Y (expR ((alpha - 1) * factor_loss mu (fun j k => normal_variable j k Y)))%:E))%E.
Proof.
move=> a1; rewrite (renyi_of_loss Pf Qg S24_loss_is_log_density (fun=> expR_gt0 _) a1).
by congr (_ * ereal_ln _)%E; apply: eq_integral => Y _; rewrite expRK.
Qed.

(* Item 3, whatever the measure nu of the densities. *)
Theorem S24_renyi alpha : 1 < alpha -> (forall j, (alpha - 1) * (mu j - 1) < 1) ->
  renyi_divergence nu f g alpha = (factor_renyi r mu alpha)%:E.
Proof.
move=> a1 am; have [indep law] := S24_normal_variables.
by rewrite renyi_loss//; exact: (S24_renyi_of_loss indep law mu0 a1 am).
Qed.

Theorem S24_renyi_infinite alpha : 1 < alpha -> (exists j, 1 <= (alpha - 1) * (mu j - 1)) ->
  renyi_divergence nu f g alpha = +oo%E.
Proof.
move=> a1 am; have [indep law] := S24_normal_variables.
by rewrite renyi_loss//; exact: (S24_renyi_of_loss_infinite indep law r_gt0 a1 am).
Qed.

End renyi.

End divergence.
