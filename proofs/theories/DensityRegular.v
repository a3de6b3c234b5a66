(* A random matrix whose law has a density is regular: it hits the zero set of a nonzero polynomial with probability 0.

     lebesgue_matrix n m: Lebesgue measure on n x m matrices, the product of lebesgue_measure over the entries.

   The zero set of a polynomial that is not zero everywhere is Lebesgue null: it is null for independent normal entries (NullPolynomial.v),
   whose density is positive. So what is proved of regular matrices (S16, S17, S18, S25) holds for every A with a density. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import Independence EntryLaws GradientLaw IndependentFamilies MatrixSpace ProductMatrix.
From LoraPrivacy Require Import NullPolynomial DifferentialPrivacy LebesgueVector GaussianMatrix GaussianVector.
From LoraPrivacy Require Import MatrixAlgebra SymmetryTest ReusedSketch CheckpointRelease ProjectionAlgebra ProjectionRelease.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section lebesgue_matrix.
Context (R : realType) (n m : nat).

Definition lebesgue_matrix : {sigma_finite_measure set (matrix_space R n m) -> \bar R} :=
  product_matrix (@lebesgue_real R) n m.

Theorem lebesgue_matrix_box (B : 'I_n -> 'I_m -> set R) : (forall i j, measurable (B i j)) ->
  lebesgue_matrix [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j (@lebesgue_measure R) (B i j))%E.
Proof. exact: product_matrix_box. Qed.

(* The same volume of the matrix written as one row. *)
Lemma lebesgue_matrix_vec (S : set (matrix_space R n m)) : measurable S ->
  lebesgue_matrix S = lebesgue_vector R (n * m) (vec_mx @^-1` S).
Proof.
move=> mS; apply: (lebesgue_vector_unique (nu := product_row (@lebesgue_real R) (n * m))) => [B mB|].
  exact: product_row_box.
by rewrite -[X in measurable X]setTI; exact: measurable_vec_mx.
Qed.

Lemma polynomial_vec (f : 'M[R]_(n, m) -> R) : polynomial f -> polynomial (f \o (@vec_mx R n m)).
Proof.
move=> [mf pf]; split=> [|w i k]; first exact: (measurableT_comp mf (@measurable_vec_mx R n m)).
rewrite ord1; case/mxvec_indexP: k => a b; have [p hp] := pf (vec_mx w) a b.
exists p => t; rewrite -hp /=; congr f; apply/matrixP => k l; rewrite !mxE eqxx /=.
by rewrite /mxvec_index (inj_eq (@cast_ord_inj _ _ _)) (inj_eq enum_rank_inj) xpair_eqE.
Qed.
End lebesgue_matrix.

Section null.
Context (R : realType).

(* A null set of the normal law on rows has volume 0. *)
Let gaussian_null k (S : set (matrix_space R 1 k)) : measurable S ->
  gaussian_matrix 1 k (1%:R^-1 : R) S = 0%E -> lebesgue_vector R k S = 0%E.
Proof.
have v0 : 0 < 1%:R^-1 :> R by rewrite invr1.
move=> mS; have [mg g0 ->] := gaussian_matrix_density v0 k; rewrite //.
set g := @gaussian_density R _ k => I0.
have gp x : 0 < g x.
  by rewrite mulr_gt0 ?expR_gt0// exprn_gt0// invr_gt0 sqrtr_gt0 !mulr_gt0// pi_gt0.
have mG : measurable_fun S (EFin \o g) by apply/measurable_EFinP; exact: measurable_funTS.
have I1 : (\int[lebesgue_vector R k]_(x in S) `|(EFin \o g) x| = 0)%E.
  by rewrite -I0; apply: eq_integral => x _; rewrite gee0_abs// lee_fin ltW.
have [N [mN N0 sub]] := (ae_eq_integral_abs (lebesgue_vector R k) mS mG).1 I1.
apply/eqP; rewrite eq_le measure_ge0 andbT -N0 le_measure ?inE//.
by move=> x Sx; apply: sub => /(_ Sx)/eqP; rewrite eqe gt_eqF.
Qed.

Theorem polynomial_zeros_volume n m (f : 'M[R]_(n, m) -> R) : polynomial f -> (exists M, f M != 0) ->
  lebesgue_matrix R n m [set M | f M = 0] = 0%E.
Proof.
move=> pf [M fM]; have pg := polynomial_vec pf; have mS := polynomial_zeros_measurable pg.
rewrite lebesgue_matrix_vec; last exact: polynomial_zeros_measurable.
apply: gaussian_null => //.
have [d [T [P [A gA]]]] := gaussian_entries_exist R 1 (n * m).
rewrite -(gaussian_entries_matrix gA)//; apply: (gaussian_regular (ltn0Sn 0) gA pg).
by exists (mxvec M); rewrite /= mxvecK.
Qed.

(* Every random matrix with a density. *)
Theorem density_regular n m d (W : measurableType d) (P : probability W R) (A : {mfun W >-> matrix_space R n m})
    (h : matrix_space R n m -> R) : has_density (lebesgue_matrix R n m) (distribution P A) h -> regular P A.
Proof.
move=> [mh h0 dens] f pf f0; have mS := polynomial_zeros_measurable pf.
have -> : P [set w | f (A w) = 0] = distribution P A [set M | f M = 0] by [].
rewrite dens//; transitivity (\int[lebesgue_matrix R n m]_(x in [set M | f M = 0%R]) 0)%E; last exact: integral0.
apply: ge0_ae_eq_integral => // [|x _|]; rewrite ?lee_fin//.
  by apply/measurable_EFinP; exact: measurable_funTS.
exists [set M | f M = 0]; split=> // [|x /not_implyP[]//].
exact: polynomial_zeros_volume.
Qed.

End null.

(* The verdicts of S16, S17, S18 and S25 for every A with a density. *)
Section verdicts.
Context d (W : measurableType d) (R : realType) (P : probability W R) (r m : nat).
Variables (A : {mfun W >-> matrix_space R r m}) (h : matrix_space R r m -> R).
Hypotheses (density : has_density (lebesgue_matrix R r m) (distribution P A) h) (r_gt0 : (0 < r)%N).

Theorem S16_density n (G G' : 'M[R]_(n, m)) : G <> G' -> ~ vector_pair G G' -> ~ scale_family G G' ->
  perfectly_distinguishable (release_law P A G) (release_law P A G').
Proof. by move=> ne nv ns; apply: S16_perfectly_distinguishable => //; exact: density_regular density. Qed.

Theorem S17_density (T : nat) (p : 'I_T -> nat) (G G' : forall t, 'M[R]_(p t, m)) :
  (exists t, G t <> G' t) -> ~ common_scale G G' -> ~ common_vectors G G' ->
  perfectly_distinguishable (release_law P A (stack G)) (release_law P A (stack G')).
Proof.
by move=> ne ns nv; apply: S17_reuse_perfectly_distinguishable => //; exact: density_regular density.
Qed.

Theorem S18_density n (G G' : 'M[R]_(n, m)) (eps : R) : G <> G' ->
  privacy_curve (checkpoint_law P A G) (checkpoint_law P A G') eps = 1%E.
Proof. by move=> ne; apply: S18_no_privacy => //; exact: density_regular density. Qed.

Theorem S25_density n (c : R) (G G' : 'M[R]_(n, m)) : (r <= m)%N -> c != 0 -> G <> G' ->
  perfectly_distinguishable (projection_law P A c G) (projection_law P A c G').
Proof. by move=> rm; apply: S25_perfectly_distinguishable => //; exact: density_regular density. Qed.

End verdicts.
