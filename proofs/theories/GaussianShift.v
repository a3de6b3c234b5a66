(* A matrix of independent N(0, v) entries, v > 0, and what is added to it.

   <M, C> = sum_ij M_ij C_ij, |C|^2 = <C, C>;   shift_ratio v C M = exp ((<M, C> - |C|^2 / 2) / v).
     int F (M + C) = int F (M) shift_ratio v C M          (F >= 0 measurable; both integrals by the law of the matrix M);
     int G (<M, C>) = int G (|C| x) over x with law N(0, v).
   The first is the density of the shifted law. Both are proved for rows, and a matrix is the row of its entries
   (gaussian_matrix_vec). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws GaussianMoments SquareSum LinearSubstitution.
From LoraPrivacy Require Import MatrixSpace ProductMatrix ProductMatrixBlocks GaussianMatrix OrthogonalMaps SketchLaw.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section definitions.
Context (R : realType) (k n : nat).
Implicit Types (M C : 'M[R]_(k, n)).

Definition matrix_dot M C : R := \sum_i \sum_j M i j * C i j.
Definition frobenius2 C : R := matrix_dot C C.
Definition frobenius C : R := Num.sqrt (frobenius2 C).
Definition shift_ratio (v : R) C M : R := expR ((matrix_dot M C - frobenius2 C / 2) / v).

End definitions.

Section one.
Context (R : realType) (v : R).
Hypothesis v0 : 0 < v.

Lemma gaussian_law_shift (c : R) (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_law v]_x F (x + c)%R = \int[gaussian_law v]_x (F x * (expR ((x * c - c ^+ 2 / 2) / v))%:E))%E.
Proof.
move=> mF F0; pose s := Num.sqrt v.
have s0 : s != 0 by rewrite gt_eqF// sqrtr_gt0.
have sv : s ^+ 2 = v by rewrite sqr_sqrtr// ltW.
pose ratio x := expR ((x * c - c ^+ 2 / 2) / v).
have mc : measurable_fun setT (fun x : R => x + c) by exact: measurable_funD.
have mFc : measurable_fun setT (fun x : R => F (x + c)) by exact: (measurableT_comp mF mc).
have mr : measurable_fun setT (fun x => (ratio x)%:E).
  apply/measurable_EFinP; apply: measurableT_comp; first exact: measurable_expR.
  by apply: measurable_funM => //; apply: measurable_funB => //; exact: measurable_funM.
have mpdf : measurable_fun setT (fun x => (normal_pdf 0 s x)%:E).
  by apply/measurable_EFinP; exact: measurable_normal_pdf.
rewrite (@ge0_integral_gaussian_law R v s (fun x => F (x + c)%R))//.
rewrite (@ge0_integral_gaussian_law R v s (fun x => F x * (ratio x)%:E)%E)//; last 2 first.
- exact: emeasurable_funM.
- by move=> x; rewrite mule_ge0// lee_fin expR_ge0.
rewrite ge0_integral_normal// ge0_integral_normal; last 2 first.
- exact: emeasurable_funM.
- by move=> x; rewrite mule_ge0// lee_fin expR_ge0.
have mm : measurable_fun setT (fun x : R => x - c) by exact: measurable_funB.
pose G x := (F x * (normal_pdf 0 s (x - c))%:E)%E.
have mG : measurable_fun setT G by apply: emeasurable_funM => //; exact: (measurableT_comp mpdf mm).
have G0 x : (0 <= G x)%E by rewrite mule_ge0// lee_fin normal_pdf_ge0.
transitivity (\int[lebesgue_measure]_x G (x + c)%R)%E.
  by apply: eq_integral => x _; rewrite /G addrK.
rewrite (ge0_integral_shift c mG G0); apply: eq_integral => x _.
rewrite /G -muleA -EFinM; congr (_ * _%:E)%E.
rewrite /normal_pdf (negbTE s0) !subr0 sv [RHS]mulrCA; congr (_ * _).
rewrite -expRD; congr expR; field.
by rewrite gt_eqF.
Qed.

End one.

Section rows.
Context (R : realType) (v : R).
Hypothesis v0 : 0 < v.
Notation gm n := (gaussian_matrix 1 n v).

Definition row_ratio n (c w : 'rV[R]_n) : R := expR ((row_dot w c - row_norm2 c / 2) / v).

Lemma measurable_row_dot n (c : 'rV[R]_n) : measurable_fun setT (fun w : matrix_space R 1 n => row_dot w c).
Proof.
apply: measurable_sum => i; apply: measurable_funM => //; exact: measurable_entry.
Qed.

Lemma measurable_row_ratio n (c : 'rV[R]_n) : measurable_fun setT (row_ratio c : matrix_space R 1 n -> R).
Proof.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurable_funM => //; apply: measurable_funB => //; exact: measurable_row_dot.
Qed.

Let measurable_add n (c : 'rV[R]_n) :
  measurable_fun setT (fun w : matrix_space R 1 n => w + c : matrix_space R 1 n).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
by apply: measurable_funD => //; exact: measurable_entry.
Qed.

Lemma gaussian_row_shift n (c : 'rV[R]_n) (F : matrix_space R 1 n -> \bar R) :
  measurable_fun setT F -> (forall w, 0 <= F w)%E ->
  (\int[gm n]_w F (w + c)%R = \int[gm n]_w (F w * (row_ratio c w)%:E))%E.
Proof.
elim: n c F => [|n ih] c F mF F0.
  apply: eq_integral => w _; rewrite /row_ratio /row_dot /row_norm2 !big_ord0 mul0r subr0 mul0r expR0 mule1.
  by congr F; rewrite [LHS]flatmx0 [RHS]flatmx0 || (apply/rowP => -[]).
pose c0 := c ord0 ord0; pose c' : 'rV[R]_n := rsubmx (c : 'rV_(1 + n)).
have cE : c = row_mx c0%:M c' :> 'rV_(1 + n).
  rewrite -[LHS](hsubmxK (c : 'rV_(1 + n))); congr row_mx.
  by rewrite [LHS]mx11_scalar /c0; congr (_%:M); rewrite mxE; congr (c _ _); apply/val_inj.
have shift x (w : 'rV_n) : (row_mx x%:M w : 'rV_(1 + n)) + c = row_mx (x + c0)%:M (w + c').
  by rewrite cE add_row_mx -raddfD.
have ratioE x (w : 'rV_n) :
    row_ratio c (row_mx x%:M w : 'rV_(1 + n)) = row_ratio c' w * expR ((x * c0 - c0 ^+ 2 / 2) / v).
  have dotE : row_dot (row_mx x%:M w : 'rV_(1 + n)) c = x * c0 + row_dot w c'.
    by rewrite cE [LHS](@row_dot_row_mx R 1 n) row_dot_scalar.
  have normE : row_norm2 c = c0 ^+ 2 + row_norm2 c'.
    by rewrite {1}cE [LHS](@row_norm2_row_mx R 1 n) row_norm2_scalar.
  by rewrite /row_ratio dotE normE -expRD; congr expR; field; rewrite gt_eqF.
have mFa := measurableT_comp mF (measurable_add c).
rewrite (gaussian_matrix_row_cons v mFa (fun=> F0 _)).
pose H w := (F w * (row_ratio c w)%:E)%E.
have mH : measurable_fun setT H.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_row_ratio.
have H0 w : (0 <= H w)%E by rewrite mule_ge0// lee_fin expR_ge0.
rewrite (gaussian_matrix_row_cons v mH H0).
have mFc : measurable_fun setT (F \o @row_cons R n) by exact: measurableT_comp mF (@measurable_row_cons R n).
pose I x := (\int[gm n]_w (F (row_cons (x, w)) * (row_ratio c' w)%:E))%E.
pose K (z : R * matrix_space R 1 n) := (F (row_cons z) * (row_ratio c' z.2)%:E)%E.
have mK : measurable_fun setT K.
  apply: emeasurable_funM => //; apply/measurable_EFinP.
  by apply: (measurableT_comp (measurable_row_ratio c')); exact: measurable_snd.
have K0 z : (0 <= K z)%E by rewrite mule_ge0// lee_fin expR_ge0.
have mI : measurable_fun setT I.
  exact: (measurable_fun_fubini_tonelli_F (m2 := gm n) K mK K0).
have I0 x : (0 <= I x)%E by apply: integral_ge0 => w _; exact: (K0 (x, w)).
transitivity (\int[gaussian_law v]_x I (x + c0)%R)%E.
  apply: eq_integral => x _; rewrite /I.
  have mFx : measurable_fun setT (fun w : matrix_space R 1 n => F (row_cons (x + c0, w))).
    exact: (measurableT_comp mFc (measurable_pair1 (x + c0))).
  rewrite -(ih c' _ mFx (fun=> F0 _)); apply: eq_integral => w _.
  by congr F; exact: shift.
rewrite (gaussian_law_shift v0 c0 mI I0); apply: eq_integral => x _.
transitivity (\int[gm n]_w ((expR ((x * c0 - c0 ^+ 2 / 2) / v))%:E * K (x, w)))%E.
  rewrite [LHS]muleC; apply/esym; apply: ge0_integralZl_EFin => //; last exact: expR_ge0.
  exact: (measurableT_comp mK (measurable_pair1 x)).
apply: eq_integral => w _; rewrite /H /K ratioE EFinM [LHS]muleCA; congr (_ * _)%E; exact: muleC.
Qed.

Lemma gaussian_row_dot n (c : 'rV[R]_n) (G : R -> \bar R) :
  measurable_fun setT G -> (forall x, 0 <= G x)%E ->
  (\int[gm n]_w G (row_dot w c) = \int[gaussian_law v]_x G (row_norm c * x)%R)%E.
Proof.
move=> mG G0; case: n c => [|n] c.
  rewrite (_ : row_norm c = 0); last by apply/eqP; rewrite row_norm_eq0; apply/eqP/rowP => -[].
  under eq_integral do rewrite /row_dot big_ord0.
  under [RHS]eq_integral do rewrite mul0r.
  rewrite integral_cst// integral_cst//.
  by congr (_ * _)%E; exact: (eq_trans (@probability_setT _ _ _ (gm 0)) (esym (@probability_setT _ _ _ (gaussian_law v)))).
pose F (y : matrix_space R 1 1) := G (y ord0 ord0).
have mF : measurable_fun setT F by apply: measurableT_comp mG (measurable_entry _ _).
have := gaussian_rows_combination c^T v0 mF (fun=> G0 _).
rewrite trmxK => comb.
pose F' (y : matrix_space R 1 1) := F (row_norm c *: y)%R.
have mF' : measurable_fun setT F'.
  apply: measurableT_comp mG _; under eq_fun do rewrite mxE.
  by apply: measurable_funM => //; exact: measurable_entry.
transitivity (\int[gaussian_matrix 1 1 v]_w F' w)%E; last first.
  rewrite (gaussian_matrix_entry v mF' (fun=> G0 _)); apply: eq_integral => x _.
  by rewrite /F' /F !mxE eqxx mulr1n.
rewrite -comb.
pose H (w : matrix_space R 1 n.+1) := G (row_dot w c).
have mH : measurable_fun setT H by apply: measurableT_comp mG (measurable_row_dot c).
have mt : measurable_fun setT (trmx : matrix_space R n.+1 1 -> matrix_space R 1 n.+1).
  by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
transitivity (\int[pushforward (gaussian_matrix n.+1 1 v) mt]_w H w)%E.
  by apply: eq_measure_integral => S mS _; exact: (esym (gaussian_matrix_tr v mS)).
have H0 w : (0 <= H w)%E by exact: G0.
rewrite (ge0_integral_pushforward mt _ mH H0); apply: eq_integral => W _.
by rewrite /H /F /= row_dotC row_dotE trmxK.
Qed.

End rows.

Section matrices.
Context (R : realType) (v : R) (k n : nat).
Hypothesis v0 : 0 < v.
Notation gm := (gaussian_matrix k n v).
Implicit Types (M C : 'M[R]_(k, n)).

Let measurable_vec : measurable_fun setT (vec_mx : matrix_space R 1 (k * n) -> matrix_space R k n).
Proof. by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry. Qed.

(* The place of an entry in the row. *)
Let place (l : 'I_(k * n)) : 'I_k * 'I_n := enum_val (cast_ord (esym (mxvec_cast k n)) l).

Let placeK i j : place (mxvec_index i j) = (i, j).
Proof. by rewrite /place /mxvec_index cast_ordK enum_rankK. Qed.

Let vec_box (B : 'I_k -> 'I_n -> set R) : (forall i j, measurable (B i j)) ->
  gaussian_matrix 1 (k * n) v ((vec_mx : matrix_space R 1 (k * n) -> matrix_space R k n) @^-1` box B) =
  (\prod_i \prod_j gaussian_law v (B i j))%E.
Proof.
move=> mB; pose B' (_ : 'I_1) l := B (place l).1 (place l).2.
have -> : (vec_mx : matrix_space R 1 (k * n) -> matrix_space R k n) @^-1` box B = box B'.
  apply/seteqP; split=> w h i j; last by have := h ord0 (mxvec_index i j); rewrite /B' placeK mxE.
  by rewrite (ord1 i); case/mxvec_indexP: j => i' j; have := h i' j; rewrite /B' placeK mxE.
apply: (eq_trans (gaussian_matrix_box _ _)) => [i l|]; first exact: mB.
rewrite big_ord1 (reindex _ (curry_mxvec_bij k n)) pair_bigA.
by apply: eq_bigr => -[i j] _; rewrite /B' /= placeK.
Qed.

(* A matrix is the row of its entries. *)
Theorem gaussian_matrix_vec (F : matrix_space R k n -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gm]_M F M = \int[gaussian_matrix 1 (k * n) v]_w F (vec_mx w))%E.
Proof. exact: (product_matrix_image measurable_vec vec_box).2. Qed.

Let dot_vec (w : 'rV[R]_(k * n)) C : matrix_dot (vec_mx w) C = row_dot w (mxvec C).
Proof.
rewrite /matrix_dot /row_dot (reindex _ (curry_mxvec_bij k n)) pair_bigA.
by apply: eq_bigr => -[i j] _ /=; rewrite mxvecE mxE.
Qed.

Let norm_vec C : frobenius2 C = row_norm2 (mxvec C).
Proof. by rewrite row_norm2E -dot_vec mxvecK. Qed.

Lemma frobeniusE C : frobenius C = row_norm (mxvec C).
Proof. by rewrite /frobenius norm_vec. Qed.

Lemma frobenius2_ge0 C : 0 <= frobenius2 C.
Proof. by rewrite norm_vec row_norm2_ge0. Qed.

Lemma frobenius_ge0 C : 0 <= frobenius C.
Proof. exact: sqrtr_ge0. Qed.

Lemma frobenius_sqr C : frobenius C ^+ 2 = frobenius2 C.
Proof. by rewrite sqr_sqrtr// frobenius2_ge0. Qed.

Lemma frobenius_eq0 C : (frobenius C == 0) = (C == 0).
Proof. by rewrite frobeniusE row_norm_eq0 mxvec_eq0. Qed.

Lemma frobenius2_trace C : frobenius2 C = \tr (C *m C^T).
Proof.
by rewrite /frobenius2 /matrix_dot /mxtrace; apply: eq_bigr => i _; rewrite mxE; apply: eq_bigr => j _; rewrite mxE.
Qed.

Let measurable_vec_row (F : matrix_space R k n -> \bar R) : measurable_fun setT F ->
  measurable_fun setT (fun w : matrix_space R 1 (k * n) => F (vec_mx w)).
Proof. by move=> mF; exact: (measurableT_comp mF measurable_vec). Qed.

Lemma measurable_add_matrix C :
  measurable_fun setT (fun M : matrix_space R k n => M + C : matrix_space R k n).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
by apply: measurable_funD => //; exact: measurable_entry.
Qed.

Lemma measurable_matrix_dot C : measurable_fun setT (fun M : matrix_space R k n => matrix_dot M C).
Proof.
apply: measurable_sum => i; apply: measurable_sum => j; apply: measurable_funM => //.
exact: measurable_entry.
Qed.

Lemma measurable_shift_ratio C : measurable_fun setT (shift_ratio v C : matrix_space R k n -> R).
Proof.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurable_funM => //; apply: measurable_funB => //; exact: measurable_matrix_dot.
Qed.

Theorem gaussian_matrix_shift C (F : matrix_space R k n -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gm]_M F (M + C)%R = \int[gm]_M (F M * (shift_ratio v C M)%:E))%E.
Proof.
move=> mF F0.
have mG : measurable_fun setT (fun M : matrix_space R k n => F M * (shift_ratio v C M)%:E)%E.
  by apply: emeasurable_funM => //; apply/measurable_EFinP; exact: measurable_shift_ratio.
rewrite (gaussian_matrix_vec (measurableT_comp mF (measurable_add_matrix C))); last by move=> M; exact: F0.
rewrite (gaussian_matrix_vec mG); last by move=> M; rewrite mule_ge0// lee_fin expR_ge0.
transitivity (\int[gaussian_matrix 1 (k * n) v]_w F (vec_mx (w + mxvec C)%R))%E.
  by apply: eq_integral => w _; rewrite linearD/= mxvecK.
rewrite (gaussian_row_shift v0 (mxvec C) (measurable_vec_row mF) (fun=> F0 _)).
by apply: eq_integral => w _; rewrite /row_ratio /shift_ratio dot_vec norm_vec.
Qed.

Theorem gaussian_matrix_dot C (G : R -> \bar R) :
  measurable_fun setT G -> (forall x, 0 <= G x)%E ->
  (\int[gm]_M G (matrix_dot M C) = \int[gaussian_law v]_x G (frobenius C * x)%R)%E.
Proof.
move=> mG G0; rewrite (gaussian_matrix_vec (measurableT_comp mG (measurable_matrix_dot C))); last by move=> M; exact: G0.
by rewrite frobeniusE -gaussian_row_dot//; apply: eq_integral => w _; rewrite /= dot_vec.
Qed.

End matrices.
