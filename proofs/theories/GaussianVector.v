(* The density of a row vector of independent N(0, v) entries, v > 0.

     gaussian_density v x = (2 pi v)^(-n/2) exp (- |x|^2 / (2 v)),   |x|^2 = sum_i x_i^2,   x a row vector with n entries;
     gaussian_matrix 1 n v has this density with respect to lebesgue_vector n      (gaussian_matrix_density). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks.
From LoraPrivacy Require Import DensityIntegral GaussianMatrix LebesgueVector.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(* If mu has the density p with respect to nu, the product measures on rows have the density prod_i p (x_i). *)
Section product_density.
Context (R : realType) (mu nu : {sigma_finite_measure set R -> \bar R}) (p : R -> R).
Hypothesis mup : has_density nu mu p.

Let mp : measurable_fun setT p. Proof. by case: mup. Qed.
Let p0 x : 0 <= p x. Proof. by case: mup => _ + _; apply. Qed.

Definition row_density n (w : matrix_space R 1 n) : R := \prod_i p (w ord0 i).

Lemma row_density_ge0 n (w : matrix_space R 1 n) : 0 <= row_density w.
Proof. by apply: prodr_ge0 => i _; exact: p0. Qed.

Lemma measurable_row_density n : measurable_fun setT (@row_density n).
Proof.
rewrite /row_density; elim: (index_enum _) => [|i s ih].
  by under eq_fun do rewrite big_nil; exact: measurable_cst.
under eq_fun do rewrite big_cons; apply: measurable_funM ih.
by apply: measurableT_comp => //; exact: measurable_entry.
Qed.

Let row_density_step n x (w : 'rV[R]_n) :
  row_density (row_mx (x%:M : 'M_1) w : matrix_space R 1 n.+1) = p x * row_density (w : matrix_space R 1 n).
Proof.
rewrite /row_density big_ord_recl; congr (p _ * _); first exact: (row_cons0 (x, w)).
by apply: eq_bigr => i _; congr p; exact: (row_consS (x, w)).
Qed.

Let same_empty S : measurable S -> product_matrix mu 1 0 S = product_matrix nu 1 0 S.
Proof.
move=> mS; apply/product_matrix_unique => // B mB.
by rewrite [LHS]product_matrix_box// !big_ord1 !big_ord0.
Qed.

Theorem product_row_density n (F : matrix_space R 1 n -> \bar R) :
  measurable_fun setT F -> (forall w, 0 <= F w)%E ->
  (\int[product_matrix mu 1 n]_w F w = \int[product_matrix nu 1 n]_w (F w * (row_density w)%:E))%E.
Proof.
elim: n F => [|n ih] F mF F0.
  transitivity (\int[product_matrix nu 1 0]_w F w)%E.
    by apply: eq_measure_integral => S mS _; exact: same_empty.
  by apply: eq_integral => w _; rewrite /row_density big_ord0 mule1.
pose g (w : matrix_space R 1 n.+1) := (F w * (row_density w)%:E)%E.
have mg : measurable_fun setT g.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_row_density.
have g0 w : (0 <= g w)%E by rewrite mule_ge0// lee_fin row_density_ge0.
rewrite (product_matrix_row_cons mu mF F0) (product_matrix_row_cons nu mg g0).
have mFc : measurable_fun setT (F \o @row_cons R n).
  by apply: measurableT_comp => //; exact: measurable_row_cons.
pose I x := (\int[product_matrix mu 1 n]_w F (row_cons (x, w)))%E.
have mI : measurable_fun setT I.
  exact: (measurable_fun_fubini_tonelli_F (m2 := product_matrix mu 1 n) (F \o @row_cons R n) mFc (fun=> F0 _)).
have I0 x : (0 <= I x)%E by apply: integral_ge0 => w _; exact: F0.
transitivity (\int[nu]_x (I x * (p x)%:E))%E; first exact: (ge0_integral_density mup mI I0).
apply: eq_integral => x _.
have mFx : measurable_fun setT (fun w : matrix_space R 1 n => F (row_cons (x, w))).
  exact: (measurableT_comp mFc (measurable_pair1 x)).
rewrite /I (ih _ mFx (fun=> F0 _)) muleC.
pose h (w : matrix_space R 1 n) := (F (row_cons (x, w)) * (row_density w)%:E)%E.
have mh : measurable_fun setT h.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_row_density.
transitivity (\int[product_matrix nu 1 n]_w ((p x)%:E * h w))%E.
  apply/esym; apply: ge0_integralZl_EFin => // w _.
  by rewrite mule_ge0 ?F0// lee_fin row_density_ge0.
by apply: eq_integral => w _; rewrite /g /h row_density_step EFinM muleCA.
Qed.

End product_density.

Section gaussian.
Context (R : realType) (v : R).
Hypothesis v_gt0 : 0 < v.
Notation p := (normal_pdf 0 (Num.sqrt v)).

Let s0 : Num.sqrt v != 0. Proof. by rewrite gt_eqF// sqrtr_gt0. Qed.

Lemma normal_pdf_variance x :
  p x = (Num.sqrt (2 * pi * v))^-1 * expR (- x ^+ 2 / (2 * v)).
Proof.
rewrite /normal_pdf (negbTE s0) subr0 sqr_sqrtr ?ltW//.
by congr ((Num.sqrt _)^-1 * expR (_ / _)); rewrite -mulr_natl; ring.
Qed.

Lemma gaussian_law_density : has_density (@lebesgue_real R) (gaussian_law v) p.
Proof.
split=> [|x|S mS]; first exact: measurable_normal_pdf.
  exact: normal_pdf_ge0.
rewrite gaussian_lawE /normal_prob integral_mkcond [RHS]integral_mkcond.
have E : (fun x => (p x)%:E) \_ S = (fun x => (p x * \1_S x)%:E).
  apply/funext => x; rewrite patchE indicE; by case: ifP => _; rewrite ?mulr1 ?mulr0.
rewrite E integral_lebesgue_real//.
  apply/measurable_EFinP; apply: measurable_funM; first exact: measurable_normal_pdf.
  exact: measurable_indic.
by move=> x; rewrite lee_fin mulr_ge0 ?normal_pdf_ge0.
Qed.

Definition gaussian_density n (x : matrix_space R 1 n) : R :=
  (Num.sqrt (2 * pi * v))^-1 ^+ n * expR (- (\sum_i x ord0 i ^+ 2) / (2 * v)).

Lemma gaussian_densityE n (x : matrix_space R 1 n) : gaussian_density x = row_density p x.
Proof.
rewrite /gaussian_density /row_density (eq_bigr _ (fun i _ => normal_pdf_variance _)).
rewrite big_split /= prodr_const card_ord; congr (_ * _).
by rewrite -(big_morph _ (@expRD R) (@expR0 R)) -mulr_suml sumrN.
Qed.

Lemma measurable_gaussian_density n : measurable_fun setT (@gaussian_density n).
Proof.
rewrite (_ : @gaussian_density n = @row_density R p n); last by apply/funext => x; exact: gaussian_densityE.
exact: measurable_row_density gaussian_law_density n.
Qed.

Lemma gaussian_density_ge0 n (x : matrix_space R 1 n) : 0 <= gaussian_density x.
Proof. by rewrite mulr_ge0 ?expR_ge0// exprn_ge0// invr_ge0 sqrtr_ge0. Qed.

Theorem gaussian_matrix_integral n (F : matrix_space R 1 n -> \bar R) :
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_matrix 1 n v]_x F x =
   \int[lebesgue_vector R n]_x (F x * (gaussian_density x)%:E))%E.
Proof.
move=> mF F0; apply: (eq_trans (product_row_density gaussian_law_density mF F0)).
by apply: eq_integral => x _; rewrite gaussian_densityE.
Qed.

Theorem gaussian_matrix_density n :
  has_density (lebesgue_vector R n) (gaussian_matrix 1 n v) (@gaussian_density n).
Proof.
split=> [|x|S mS]; [exact: measurable_gaussian_density|exact: gaussian_density_ge0|].
have m1 : measurable_fun setT (fun x : matrix_space R 1 n => (\1_S x : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have p1 (x : matrix_space R 1 n) : (0 <= (\1_S x : R)%:E)%E by rewrite lee_fin.
transitivity (\int[gaussian_matrix 1 n v]_x (\1_S x)%:E)%E; first by rewrite integral_indic// setIT.
rewrite (gaussian_matrix_integral m1 p1) [RHS]integral_mkcond; apply: eq_integral => x _.
by rewrite patchE indicE; case: ifP => _; rewrite ?mul1e ?mul0e.
Qed.

End gaussian.
