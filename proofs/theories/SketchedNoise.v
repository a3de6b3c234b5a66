(* Noise on a sketched gradient (S20, S21).

   A is r x m, G and G' are n x m, the noise has independent N(0, sigma^2) entries, sigma > 0, independent of A.
     public_factor, secret_factor:    the laws of (A, G A^T + sigma Z) and of G A^T + sigma Z;
     public_product, secret_product:  the laws of (A, G A^T A + sigma Z) and of G A^T A + sigma Z.
   For any law of A and every real eps the curve with A public is the mean over A of gaussian_curve at the shift
   |(G - G') A^T| / sigma, or |(G - G') A^T A| / sigma; with A secret it is at most that.

   For independent N(0, 1/r) entries of A and G - G' = e d^T with |e| = 1, d <> 0 (the formulas depend on |d| only, so they are
   the same in both directions):
     S20:  |(G - G') A^T|^2 = |d|^2 R / r;
     S21:  |(G - G') A^T A|^2 = (|d| / r)^2 R (R + R'),
   with independent R and R' with the chi-square laws of r and m - 1 degrees of freedom (R' = 0 for m = 1). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences realfun esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws GaussianScaling MatrixSpace GaussianMatrix OrthogonalMaps.
From LoraPrivacy Require Import SketchLaw ChiSquare NormalMixture MixtureLaw GaussianShift GaussianMechanism.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section curve_function.
Context (R : realType) (eps : R).

Let M1 := (gaussian_matrix 1 1 1 : probability (matrix_space R 1 1) R).

Let frobenius_scalar (x : R) : frobenius (x%:M : 'M_1) = `|x|.
Proof. by rewrite /frobenius /frobenius2 /matrix_dot !big_ord1 mxE eqxx mulr1n -expr2 sqrtr_sqr. Qed.

Let integrand (z : R * matrix_space R 1 1) : \bar R := (maxr (shift_ratio 1 (z.1%:M : 'M_1) z.2 - expR eps) 0)%:E.

Let measurable_integrand : measurable_fun setT integrand.
Proof.
have mx : measurable_fun setT (fun z : R * matrix_space R 1 1 => z.1) by exact: measurable_fst.
have my : measurable_fun setT (fun z : R * matrix_space R 1 1 => (z.2 : 'M_1) ord0 ord0).
  exact: (measurableT_comp (measurable_entry ord0 ord0) measurable_snd).
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
apply: measurableT_comp; first exact: measurable_expR.
rewrite (_ : (fun z => _) = fun z : R * matrix_space R 1 1 => ((z.2 : 'M_1) ord0 ord0 * z.1 - z.1 * z.1 / 2) / 1).
  by apply: measurable_funM => //; apply: measurable_funB; [|apply: measurable_funM => //]; exact: measurable_funM.
by apply/funext => z; rewrite /frobenius2 /matrix_dot !big_ord1 !mxE eqxx !mulr1n.
Qed.

Let integrand_ge0 z : (0 <= integrand z)%E.
Proof. by rewrite lee_fin le_max lexx orbT. Qed.

Let curveE (x : R) : (\int[M1]_y integrand (x, y) = (gaussian_curve `|x| eps)%:E)%E.
Proof. by rewrite (gaussian_tail (x%:M : 'M_1) eps ltr01) frobenius_scalar sqrtr1 divr1. Qed.

Lemma measurable_gaussian_curve : measurable_fun setT (fun x : R => (gaussian_curve `|x| eps)%:E).
Proof.
rewrite (_ : (fun x : R => _) = fun x => (\int[M1]_y integrand (x, y))%E); last by apply/funext => x; rewrite curveE.
exact: (measurable_fun_fubini_tonelli_F (m2 := M1) integrand measurable_integrand integrand_ge0).
Qed.

Lemma gaussian_curve_ge0 (x : R) : 0 <= gaussian_curve `|x| eps.
Proof. by rewrite -lee_fin -curveE; apply: integral_ge0 => y _. Qed.

End curve_function.

Section rank_one.
Context (R : realType) (n m r : nat) (e : 'cV[R]_n) (d : 'cV[R]_m).
Hypotheses (e1 : row_norm2 e^T = 1).

Lemma frobenius_rank_one (w : 'cV[R]_r) : frobenius (e *m w^T) = row_norm w^T.
Proof.
rewrite /frobenius /row_norm; congr Num.sqrt; rewrite -[RHS]mul1r -e1 /frobenius2 /matrix_dot /row_norm2.
rewrite mulr_suml; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _.
by rewrite !mxE big_ord1 !mxE; ring.
Qed.

End rank_one.

Section entries.
Context (R : realType).

(* A d, for A with independent N(0, v) entries, has the law of |d| times a vector of such entries. *)
Lemma gaussian_matrix_times r m (v : R) (d : 'cV[R]_m) (F : R -> \bar R) : 0 < v -> d != 0 ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_matrix r m v]_A F (row_norm2 (A *m d)^T) =
   \int[chi_square R r]_s F (row_norm2 d^T * v * s)%R)%E.
Proof.
case: m d => [d v0|m' d v0 d0 mF F0]; first by rewrite (flatmx0 d) eqxx.
have mn k : measurable_fun setT (fun y : matrix_space R 1 k => row_norm2 y).
  by apply: measurable_sum => i; apply: measurable_funX; exact: measurable_entry.
have mt k l : measurable_fun setT (trmx : matrix_space R k l -> matrix_space R l k).
  by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
pose F' (y : matrix_space R 1 r) := F (row_norm2 y).
have mF' : measurable_fun setT F' by exact: (measurableT_comp mF (mn r)).
pose H (W : matrix_space R m'.+1 r) := F' (d^T *m W).
have mH : measurable_fun setT H by exact: (measurableT_comp mF' (measurable_mulmxl (m := r) d^T)).
transitivity (\int[pushforward (gaussian_matrix r m'.+1 v) (mt r m'.+1)]_W H W)%E.
  rewrite (ge0_integral_pushforward (mt r m'.+1) _ mH (fun=> F0 _)); apply: eq_integral => A _.
  by rewrite /H /F' /= trmx_mul.
transitivity (\int[gaussian_matrix m'.+1 r v]_W H W)%E.
  by apply: eq_measure_integral => S mS _; exact: gaussian_matrix_tr.
rewrite (gaussian_rows_combination (k := m') d v0 mF' (fun=> F0 _)).
pose K x := F (row_norm2 d^T * x)%R.
have mK : measurable_fun setT K by apply: (measurableT_comp mF); exact: measurable_funM.
pose K' (w : matrix_space R 1 r) := K (row_norm2 w).
have mK' : measurable_fun setT K' by exact: (measurableT_comp mK (mn r)).
transitivity (\int[gaussian_matrix 1 r v]_w K' w)%E.
  by apply: eq_integral => w _; rewrite /F' /K' /K row_norm2Z row_norm_sqr.
rewrite (gaussian_matrix_standard v0 mK' (fun=> F0 _)).
pose L (w : matrix_space R 1 r) := K (v * row_norm2 w)%R.
have mL : measurable_fun setT L.
  by apply: (measurableT_comp mK); apply: measurable_funM => //; exact: mn.
transitivity (\int[gaussian_matrix 1 r 1]_w L w)%E.
  by apply: eq_integral => w _; rewrite /K' /L row_norm2Z sqr_sqrtr// ltW.
transitivity (\int[pushforward (gaussian_matrix r 1 (1 : R)) (mt r 1%N)]_w L w)%E.
  by apply: eq_measure_integral => S mS _; exact/esym/gaussian_matrix_tr.
rewrite (ge0_integral_pushforward (mt r 1) _ mL (fun=> F0 _)) ge0_integral_distribution; last 2 first.
- by apply: (measurableT_comp mF); apply: measurable_funM.
- by move=> s; exact: F0.
by apply: eq_integral => x _; rewrite /L /K /= mulrA.
Qed.

(* |y|^2 for y = A^T A q: (|q| / r)^2 R (R + R') with independent R, R' of r and m - 1 degrees of freedom. *)
Lemma sketch_norm2_law r m (q : 'rV[R]_m) (F : R -> \bar R) : (0 < r)%N -> q != 0 ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[sketch_law q r]_y F (row_norm2 y) =
   \int[chi_square R r]_s \int[chi_square R m.-1]_s' F ((row_norm q / r%:R) ^+ 2 * (s * (s + s')))%R)%E.
Proof.
case: m q => [q _|p q r0 _ mF F0]; first by rewrite (thinmx0 q) eqxx.
have mn k : measurable_fun setT (fun y : matrix_space R 1 k => row_norm2 y).
  by apply: measurable_sum => i; apply: measurable_funX; exact: measurable_entry.
have mt k l : measurable_fun setT (trmx : matrix_space R k l -> matrix_space R l k).
  by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
pose H k (y : matrix_space R 1 k) := F (row_norm2 y).
have mH k : measurable_fun setT (H k) by exact: (measurableT_comp mF (mn k)).
have [Q [oQ eQ]] := @orthogonal_to_axis R p q.
pose a := row_norm q; pose axis : 'rV[R]_(1 + p) := row_mx a%:M 0.
transitivity (\int[sketch_law axis r]_y H p.+1 y)%E.
  rewrite -[in LHS](orthogonal_mulK oQ eQ).
  rewrite (sketch_law_integral_rotation axis r0 (orthogonal_tr oQ) (mH p.+1) (fun=> F0 _)).
  by apply: eq_integral => y _; rewrite /H orthogonal_norm2//; exact: orthogonal_tr.
rewrite (S6_mixture_axis a r0 (mH (1 + p)%N) (fun=> F0 _)).
pose J (z : R * R) := F ((a / r%:R) ^+ 2 * (z.1 * (z.1 + z.2)))%R.
have mJ : measurable_fun setT J.
  apply: (measurableT_comp mF); apply: measurable_funM => //; apply: measurable_funM => //.
  exact: measurable_funD.
pose I s := (\int[chi_square R p]_s' J (s, s'))%E.
have mI : measurable_fun setT I.
  exact: (measurable_fun_fubini_tonelli_F (m2 := chi_square R p) J mJ (fun=> F0 _)).
have I0 s : (0 <= I s)%E by apply: integral_ge0 => s' _; exact: F0.
rewrite (chi_square_integral r0 mI I0); apply: eq_integral => s _.
have [s0|s0] := leP s 0; first by rewrite /chi_density ltNge s0 /= !mule0.
congr (_ * _)%E; rewrite /I ge0_integral_distribution; last 2 first.
- exact: (measurableT_comp mJ (measurable_pair1 s)).
- by move=> s'; exact: F0.
pose L (w : matrix_space R 1 p) := J (s, row_norm2 w).
have mL : measurable_fun setT L by exact: (measurableT_comp (measurableT_comp mJ (measurable_pair1 s)) (mn p)).
transitivity (\int[gaussian_matrix 1 p 1]_w L w)%E.
  apply: eq_integral => z _; rewrite /H /L /J /=; congr F.
  rewrite row_norm2Z row_norm2_row_mx row_norm2_scalar row_norm2Z.
  rewrite [(Num.sqrt s / _) ^+ 2]exprMn (sqr_sqrtr (ltW s0)); ring.
transitivity (\int[pushforward (gaussian_matrix p 1 (1 : R)) (mt p 1%N)]_w L w)%E.
  by apply: eq_measure_integral => S mS _; exact/esym/gaussian_matrix_tr.
by rewrite (ge0_integral_pushforward (mt p 1%N) _ mL (fun=> F0 _)).
Qed.

End entries.

Section release.
Context (R : realType) (n m r : nat) (sigma : R).
Hypothesis sigma_gt0 : 0 < sigma.
Implicit Types G : 'M[R]_(n, m).

Lemma measurable_factor_of G : measurable_fun setT
  (fun A : matrix_space R r m => G *m A^T : matrix_space R n r).
Proof.
pose F (A : 'M[R]_(r, m)) : 'M[R]_(n, r) := G *m A^T.
apply: (polynomial_mx_measurable (F := F)); apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
by apply: polynomial_mx_tr; exact: polynomial_mx_id.
Qed.

Lemma measurable_product_of G : measurable_fun setT
  (fun A : matrix_space R r m => G *m A^T *m A : matrix_space R n m).
Proof.
pose F (A : 'M[R]_(r, m)) : 'M[R]_(n, m) := G *m A^T *m A.
apply: (polynomial_mx_measurable (F := F)); apply: polynomial_mx_mul; last exact: polynomial_mx_id.
apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
by apply: polynomial_mx_tr; exact: polynomial_mx_id.
Qed.

Section any_law.
Variable P : probability (matrix_space R r m) R.

(* (A, G A^T + sigma Z) and G A^T + sigma Z; (A, G A^T A + sigma Z) and G A^T A + sigma Z. *)
Definition public_factor G := noisy_public P (sigma ^+ 2) (measurable_factor_of G).
Definition secret_factor G := noisy_secret P (sigma ^+ 2) (measurable_factor_of G).
Definition public_product G := noisy_public P (sigma ^+ 2) (measurable_product_of G).
Definition secret_product G := noisy_secret P (sigma ^+ 2) (measurable_product_of G).

Let v0 : 0 < sigma ^+ 2. Proof. by rewrite exprn_gt0. Qed.
Let sqrt_v : Num.sqrt (sigma ^+ 2) = sigma. Proof. by rewrite sqrtr_sqr gtr0_norm. Qed.

Theorem S20_mean_over_A G G' (eps : R) :
  (privacy_curve (public_factor G) (public_factor G') eps =
   \int[P]_A (gaussian_curve (frobenius ((G - G') *m A^T) / sigma) eps)%:E)%E.
Proof.
rewrite (noisy_public_curve P v0) sqrt_v; apply: eq_integral => A _.
by rewrite mulmxBl.
Qed.

Theorem S20_secret_A G G' (eps : R) :
  (privacy_curve (secret_factor G) (secret_factor G') eps <=
   \int[P]_A (gaussian_curve (frobenius ((G - G') *m A^T) / sigma) eps)%:E)%E.
Proof. by rewrite -S20_mean_over_A (noisy_public_curve P v0); exact: noisy_secret_curve. Qed.

Theorem S21_mean_over_A G G' (eps : R) :
  (privacy_curve (public_product G) (public_product G') eps =
   \int[P]_A (gaussian_curve (frobenius ((G - G') *m A^T *m A) / sigma) eps)%:E)%E.
Proof.
rewrite (noisy_public_curve P v0) sqrt_v; apply: eq_integral => A _.
by rewrite !mulmxBl.
Qed.

Theorem S21_secret_A G G' (eps : R) :
  (privacy_curve (secret_product G) (secret_product G') eps <=
   \int[P]_A (gaussian_curve (frobenius ((G - G') *m A^T *m A) / sigma) eps)%:E)%E.
Proof. by rewrite -S21_mean_over_A (noisy_public_curve P v0); exact: noisy_secret_curve. Qed.

End any_law.

Section gaussian.
Variables (G G' : 'M[R]_(n, m)) (e : 'cV[R]_n) (d : 'cV[R]_m) (eps : R).
Hypotheses (r_gt0 : (0 < r)%N) (D : G - G' = e *m d^T) (e1 : row_norm2 e^T = 1) (d0 : d != 0).
Notation law := (gaussian_matrix r m r%:R^-1 : probability (matrix_space R r m) R).

Let v0 : 0 < r%:R^-1 :> R. Proof. by rewrite invr_gt0 ltr0n. Qed.

(* The curve as a function of the squared shift. *)
Let F (y : R) : \bar R := (gaussian_curve `|Num.sqrt y / sigma| eps)%:E.

Let mF : measurable_fun setT F.
Proof.
apply: (measurableT_comp (measurable_gaussian_curve eps)); apply: measurable_funM => //.
by apply: continuous_measurable_fun; exact: sqrt_continuous.
Qed.

Let F0 y : (0 <= F y)%E. Proof. by rewrite lee_fin gaussian_curve_ge0. Qed.

Let FE (x : R) : 0 <= x -> F (x ^+ 2) = (gaussian_curve (x / sigma) eps)%:E.
Proof. by move=> x0; rewrite /F sqrtr_sqr !ger0_norm// divr_ge0// ltW. Qed.

(* S is R / r, R with r degrees of freedom. *)
Theorem S20_curve :
  (privacy_curve (public_factor law G) (public_factor law G') eps =
   \int[chi_square R r]_s (gaussian_curve (row_norm d^T * Num.sqrt (s / r%:R) / sigma) eps)%:E)%E.
Proof.
rewrite S20_mean_over_A.
transitivity (\int[law]_A F (row_norm2 (A *m d)^T))%E.
  apply: eq_integral => A _; rewrite D -mulmxA -trmx_mul (frobenius_rank_one e1).
  by rewrite -(FE (row_norm_ge0 _)) row_norm_sqr.
rewrite (gaussian_matrix_times r v0 d0 mF F0); apply: eq_integral => s _.
rewrite /F -mulrA sqrtrM ?row_norm2_ge0// ger0_norm; last by rewrite divr_ge0 ?mulr_ge0 ?sqrtr_ge0// ltW.
by rewrite [_^-1 * s]mulrC.
Qed.

Corollary S20_curve_secret :
  (privacy_curve (secret_factor law G) (secret_factor law G') eps <=
   \int[chi_square R r]_s (gaussian_curve (row_norm d^T * Num.sqrt (s / r%:R) / sigma) eps)%:E)%E.
Proof. by rewrite -S20_curve S20_mean_over_A; exact: S20_secret_A. Qed.

(* |A^T A d|^2 = (|d|/r)^2 R (R + R'). *)
Theorem S21_curve :
  (privacy_curve (public_product law G) (public_product law G') eps =
   \int[chi_square R r]_s \int[chi_square R m.-1]_s'
     (gaussian_curve (row_norm d^T / r%:R * Num.sqrt (s * (s + s')) / sigma) eps)%:E)%E.
Proof.
rewrite S21_mean_over_A; pose q := d^T.
pose H (y : matrix_space R 1 m) := F (row_norm2 y).
have mn k : measurable_fun setT (fun y : matrix_space R 1 k => row_norm2 y).
  by apply: measurable_sum => i; apply: measurable_funX; exact: measurable_entry.
have mH : measurable_fun setT H by exact: (measurableT_comp mF (mn m)).
transitivity (\int[sketch_law q r]_y H y)%E.
  rewrite (sketch_law_integral q r mH (fun=> F0 _)); apply: eq_integral => A _.
  rewrite D -!mulmxA -[d^T *m _]trmxK (frobenius_rank_one e1) trmxK.
  by rewrite -(FE (row_norm_ge0 _)) row_norm_sqr /H mulmxA.
have q0 : q != 0 by rewrite /q (can2_eq (@trmxK _ _ _) (@trmxK _ _ _)) trmx0.
rewrite (sketch_norm2_law r_gt0 q0 mF F0); apply: eq_integral => s _; apply: eq_integral => s' _.
have c0 : 0 <= row_norm q / r%:R by rewrite divr_ge0 ?row_norm_ge0.
rewrite /F (sqrtrM _ (sqr_ge0 _)) sqrtr_sqr (ger0_norm c0) ger0_norm//.
exact: (divr_ge0 (mulr_ge0 c0 (sqrtr_ge0 _)) (ltW sigma_gt0)).
Qed.

Corollary S21_curve_secret :
  (privacy_curve (secret_product law G) (secret_product law G') eps <=
   \int[chi_square R r]_s \int[chi_square R m.-1]_s'
     (gaussian_curve (row_norm d^T / r%:R * Num.sqrt (s * (s + s')) / sigma) eps)%:E)%E.
Proof. by rewrite -S21_curve S21_mean_over_A; exact: S21_secret_A. Qed.

End gaussian.

End release.
