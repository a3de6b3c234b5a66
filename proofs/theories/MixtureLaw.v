(* S6 as an equality of laws.

   chi_square r is the law of x_1^2 + ... + x_r^2 for independent N(0, 1) numbers x_i; its density is chi_density r.
   For q <> 0, r >= 1, s with the law chi_square r and z a row of m independent N(0, 1) numbers, independent of s,
     y = q A^T A has the law of  (s/r) q + |q| sqrt(s/r/r) P z,   P z = z - (<z, q>/|q|^2) q      (S6_mixture_law). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws MatrixSpace OrthogonalMaps ProductMatrix GaussianMatrix.
From LoraPrivacy Require Import LebesgueVector SketchLaw NormalMixture ChiSquare.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section law.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

Definition chi_square r : probability R R :=
  distribution (gaussian_matrix r 1 1) (mfun_Sub (mem_set (@measurable_column_norm2 R r))).

Lemma chi_squareE r (B : set R) :
  chi_square r B = gaussian_matrix r 1 1 [set x : matrix_space R r 1 | B (row_norm2 x^T)].
Proof. by []. Qed.

Lemma chi_square_integral r (F : R -> \bar R) : (0 < r)%N -> measurable_fun setT F -> (forall s, 0 <= F s)%E ->
  (\int[chi_square r]_s F s = \int[mu]_s (F s * (chi_density r s)%:E))%E.
Proof.
case: r => // k _ mF F0; rewrite /chi_square ge0_integral_distribution//.
exact: gaussian_norm2_chi_square.
Qed.

Theorem chi_square_has_density r : (0 < r)%N ->
  has_density (@lebesgue_real R) (chi_square r) (chi_density r).
Proof.
move=> r0; split=> [|s|S mS]; [exact: measurable_chi_density|exact: chi_density_ge0|].
have mI : measurable_fun setT (fun s : R => (\1_S s : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have I0 (s : R) : (0 <= (\1_S s : R)%:E)%E by rewrite lee_fin.
have mC : measurable_fun setT (fun s : R => ((\1_S s : R)%:E * (chi_density r s)%:E)%E).
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_chi_density.
have C0 (s : R) : (0 <= (\1_S s : R)%:E * (chi_density r s)%:E)%E by rewrite mule_ge0 ?lee_fin ?chi_density_ge0.
have := chi_square_integral r0 mI I0; rewrite integral_indic// setIT => ->.
rewrite -(integral_lebesgue_real mC C0) [RHS]integral_mkcond; apply: eq_integral => s _.
by rewrite patchE indicE; case: ifP => _; rewrite ?mul1e ?mul0e.
Qed.

Variables (r m : nat) (q : 'rV[R]_m).

Lemma measurable_mixture_pair : measurable_fun setT
  (fun sz : R * matrix_space R 1 m => mixture_point r q (sz.1 / r%:R) sz.2 : matrix_space R 1 m).
Proof.
have ms : measurable_fun setT (fun sz : R * matrix_space R 1 m => sz.1 / r%:R).
  by apply: measurable_funM => //; exact: measurable_fst.
have msq : measurable_fun setT (fun sz : R * matrix_space R 1 m => Num.sqrt (sz.1 / r%:R / r%:R)).
  have msr : measurable_fun setT (fun sz : R * matrix_space R 1 m => sz.1 / r%:R / r%:R) by exact: measurable_funM.
  have mq : measurable_fun setT (@Num.sqrt R) by apply: continuous_measurable_fun; exact: sqrt_continuous.
  exact: (measurableT_comp mq msr).
apply: measurable_matrix => i j; under eq_fun do rewrite !mxE.
apply: measurable_funD; first exact: measurable_funM.
apply: measurable_funM; first exact: measurable_funM.
apply: measurable_funB; first exact: (measurableT_comp (measurable_entry i j) measurable_snd).
apply: measurable_funM => //; apply: measurable_funM => //.
exact: (measurableT_comp (measurable_row_dot q) measurable_snd).
Qed.

Theorem S6_mixture_law (S : set (matrix_space R 1 m)) : (0 < r)%N -> q != 0 -> measurable S ->
  sketch_law q r S =
  (chi_square r \x gaussian_matrix 1 m 1)%E [set sz | S (mixture_point r q (sz.1 / r%:R) sz.2)].
Proof.
move=> r0 q0 mS; have mI : measurable_fun setT (fun y : matrix_space R 1 m => (\1_S y : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have I0 (y : matrix_space R 1 m) : (0 <= (\1_S y : R)%:E)%E by rewrite lee_fin.
pose T : set (R * matrix_space R 1 m) := [set sz | S (mixture_point r q (sz.1 / r%:R) sz.2)].
have mT : measurable T by rewrite -[X in measurable X]setTI; exact: measurable_mixture_pair.
pose X (s : R) : set (matrix_space R 1 m) := xsection T s.
have mX s : measurable (X s) by exact: measurable_xsection.
pose K (s : R) := gaussian_matrix 1 m 1 (X s).
have mK : measurable_fun setT K by exact: (measurable_fun_xsection (gaussian_matrix 1 m 1) mT).
have K0 s : (0 <= K s)%E by exact: measure_ge0.
have := S6_mixture r0 q0 mI I0; rewrite integral_indic// setIT => ->.
apply: (eq_trans _ (esym (chi_square_integral r0 mK K0))).
apply: eq_integral => s _; congr (_ * _)%E.
transitivity (\int[gaussian_matrix 1 m 1]_z (\1_(X s) z)%:E)%E; last by rewrite integral_indic// setIT.
apply: eq_integral => z _; rewrite !indicE; congr ((nat_of_bool _)%:R%:E).
by apply/idP/idP; rewrite /X mem_xsection !inE.
Qed.

End law.
