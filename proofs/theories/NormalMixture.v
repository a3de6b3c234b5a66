(* S6: the law of a sketched vector is a normal mixture.

   q is a nonzero row vector of m numbers, r >= 1, y = q A^T A with independent N(0, 1/r) entries of A (sketch_law q r).
   With s of the chi-square law with r degrees of freedom (density chi_density r), S = s / r, and z a row of m independent
   N(0, 1) numbers, independent of s,
     y has the law of  S q + |q| sqrt(S/r) P z,   P z = z - (<z, q>/|q|^2) q  the projection orthogonal to q;
   as an equality of the integrals of every measurable F >= 0:
     int F d(sketch_law q r) = int_s chi_density r s int_z F (S q + |q| sqrt(S/r) P z)                    (S6_mixture).
   For q = a e_1, m = 1 + p, and z a row of p independent N(0, 1) numbers,
     int F d(sketch_law q r) = int_s chi_density r s int_z F (a (s/r, (sqrt s / r) z))               (S6_mixture_axis). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import EntryLaws MatrixSpace OrthogonalMaps.
From LoraPrivacy Require Import ProductMatrix ProductMatrixBlocks GaussianMatrix GaussianRotation GaussianScaling SketchLaw
  SketchAxis.
From LoraPrivacy Require Import ChiSquare.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section mixture.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Lemma measurable_column_norm2 r : measurable_fun setT (fun x : matrix_space R r 1 => row_norm2 x^T : R).
Proof.
apply: measurable_sum => i; apply: measurable_funX; under eq_fun do rewrite mxE.
exact: measurable_entry.
Qed.

(* The squared norm of r independent N(0, 1) numbers is chi-square. *)
Theorem gaussian_norm2_chi_square k (G : R -> \bar R) : measurable_fun setT G -> (forall x, 0 <= G x)%E ->
  (\int[gaussian_matrix k.+1 1 1]_x G (row_norm2 x^T) = \int[mu]_s (G s * (chi_density k.+1 s)%:E))%E.
Proof.
elim: k G => [|k ih] G mG G0.
  have m1 := measurableT_comp mG (@measurable_column_norm2 1).
  apply: (eq_trans (gaussian_matrix_entry 1 m1 (fun=> G0 _))).
  apply: (eq_trans _ (chi_square_1 mG G0)); apply: eq_integral => x _ /=.
  by rewrite tr_scalar_mx row_norm2_scalar.
have m1 := measurableT_comp mG (@measurable_column_norm2 (1 + k.+1)).
apply: (eq_trans (gaussian_matrix_col_mx 1 m1 (fun=> G0 _))).
pose H (x : matrix_space R 1 1) := (\int[mu]_s (G (s + row_norm2 x^T)%R * (chi_density k.+1 s)%:E))%E.
have mGx (c : R) : measurable_fun setT (fun s : R => G (s + c)).
  by apply: measurableT_comp mG _; apply: measurable_funD; [exact: measurable_id|exact: measurable_cst].
have HE x : (\int[gaussian_matrix k.+1 1 1]_w G (row_norm2 (col_mx x w)^T) = H x)%E.
  apply: (eq_trans _ (ih _ (mGx (row_norm2 x^T)) (fun=> G0 _))).
  by apply: eq_integral => w _; rewrite tr_col_mx row_norm2_row_mx addrC.
transitivity (\int[gaussian_matrix 1 1 1]_x H x)%E; first by apply: eq_integral => x _; exact: HE.
have mH : measurable_fun setT H.
  rewrite (_ : H = fun x => (\int[gaussian_matrix k.+1 1 1]_w G (row_norm2 (col_mx x w)^T))%E).
    have := measurable_fun_fubini_tonelli_F (m2 := gaussian_matrix k.+1 1 1)
      ((fun M : matrix_space R (1 + k.+1) 1 => G (row_norm2 M^T)) \o
       (fun z : matrix_space R 1 1 * matrix_space R k.+1 1 => col_mx z.1 z.2 : matrix_space R (1 + k.+1) 1))
      (measurableT_comp m1 (@measurable_col_mx R 1 k.+1 1)) (fun=> G0 _).
    exact.
  by apply/funext => x; rewrite HE.
have H0 x : (0 <= H x)%E by rewrite -HE; apply: integral_ge0 => w _; exact: G0.
apply: (eq_trans (gaussian_matrix_entry 1 mH H0)).
apply: (eq_trans _ (chi_square_add (ltn0Sn k) mG G0)); apply: eq_integral => x _ /=.
by rewrite /H tr_scalar_mx row_norm2_scalar.
Qed.

Theorem S6_mixture_axis r p (a : R) (F : matrix_space R 1 (1 + p) -> \bar R) : (0 < r)%N ->
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[sketch_law (row_mx a%:M (0 : 'rV_p)) r]_y F y =
   \int[mu]_s ((\int[gaussian_matrix 1 p 1]_z F (a *: row_mx (s / r%:R)%:M ((Num.sqrt s / r%:R) *: z))%R) *
     (chi_density r s)%:E))%E.
Proof.
case: r => // k _ mF F0; apply: (eq_trans (sketch_law_axis k a mF F0)).
pose G s := (\int[gaussian_matrix 1 p 1]_z F (a *: row_mx (s / k.+1%:R)%:M ((Num.sqrt s / k.+1%:R) *: z))%R)%E.
have pointE s (z : 'rV[R]_p) : a *: row_mx (s / k.+1%:R)%:M ((Num.sqrt s / k.+1%:R) *: z) =
    row_mx (a * (s / k.+1%:R))%:M ((a * (Num.sqrt s / k.+1%:R)) *: z).
  by rewrite scale_row_mx scale_scalar_mx scalerA.
have msqrt : measurable_fun setT (@Num.sqrt R).
  by apply: continuous_measurable_fun; exact: sqrt_continuous.
have mpoint : measurable_fun setT (fun sz : R * matrix_space R 1 p =>
    F (a *: row_mx (sz.1 / k.+1%:R)%:M ((Num.sqrt sz.1 / k.+1%:R) *: sz.2))).
  under eq_fun do rewrite pointE.
  apply: measurableT_comp mF _; apply: measurable_first_scaled; last exact: measurable_snd.
    by apply: measurable_funM => //; apply: measurable_funM => //; exact: measurable_fst.
  apply: measurable_funM => //; apply: measurable_funM => //.
  exact: (measurableT_comp msqrt measurable_fst).
have mG : measurable_fun setT G.
  exact: (measurable_fun_fubini_tonelli_F (m2 := gaussian_matrix 1 p 1) _ mpoint (fun=> F0 _)).
have G0 s : (0 <= G s)%E by apply: integral_ge0 => z _; exact: F0.
apply: (eq_trans _ (gaussian_norm2_chi_square k mG G0)); apply: eq_integral => x _.
by apply: eq_integral => z _; rewrite pointE.
Qed.

(* The projection of z orthogonal to q. *)
Definition orthogonal_part m (q z : 'rV[R]_m) : 'rV[R]_m := z - (row_dot z q / row_norm2 q) *: q.

(* S q + |q| sqrt(S/r) P z. *)
Definition mixture_point r m (q : 'rV[R]_m) (S : R) (z : 'rV[R]_m) : 'rV[R]_m :=
  S *: q + (row_norm q * Num.sqrt (S / r%:R)) *: orthogonal_part q z.

Lemma measurable_row_dot m (q : 'rV[R]_m) :
  measurable_fun setT (fun z : matrix_space R 1 m => row_dot z q : R).
Proof.
apply: measurable_sum => i; apply: measurable_funM; last exact: measurable_cst.
exact: measurable_entry.
Qed.

Lemma measurable_mixture_point r m (q : 'rV[R]_m) (S : R) :
  measurable_fun setT (fun z : matrix_space R 1 m => mixture_point r q S z : matrix_space R 1 m).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite !mxE.
apply: measurable_funD; first exact: measurable_cst.
apply: measurable_funM; first exact: measurable_cst.
apply: measurable_funB; first exact: measurable_entry.
apply: measurable_funM; last exact: measurable_cst.
apply: measurable_funM; last exact: measurable_cst.
exact: measurable_row_dot.
Qed.

Lemma sqrt_over_r r (s : R) : Num.sqrt (s / r%:R / r%:R) = Num.sqrt s / r%:R.
Proof.
rewrite -mulrA -invfM -expr2 mulrC sqrtrM ?invr_ge0 ?sqr_ge0// sqrtrV ?sqr_ge0// sqrtr_sqr normr_nat.
by rewrite mulrC.
Qed.

Lemma mixture_point_rotated r p (a : R) (T : 'M[R]_(1 + p)) (x : R) (w : 'rV[R]_p) (S : R) :
  0 < a -> orthogonal T ->
  mixture_point r (row_mx a%:M 0 *m T) S (row_mx x%:M w *m T) =
  (a *: row_mx S%:M (Num.sqrt (S / r%:R) *: w)) *m T.
Proof.
move=> a0 oT; rewrite /mixture_point /orthogonal_part orthogonal_dot// orthogonal_norm2// orthogonal_norm//.
rewrite row_norm_axis ?ltW// row_norm2_axis row_dot_row_mx row_dot_scalar row_dot0r addr0.
rewrite !scalemxAl -mulmxBl scalemxAl -mulmxDl; congr (_ *m T).
rewrite !scale_row_mx opp_row_mx add_row_mx scale_row_mx add_row_mx !scaler0 subr0 add0r !scalerA.
rewrite !scale_scalar_mx -raddfB/= scale_scalar_mx -raddfD/=; congr (row_mx _%:M _).
by field; rewrite gt_eqF.
Qed.

Theorem S6_mixture r m (q : 'rV[R]_m) (F : matrix_space R 1 m -> \bar R) : (0 < r)%N -> q != 0 ->
  measurable_fun setT F -> (forall y, 0 <= F y)%E ->
  (\int[sketch_law q r]_y F y =
   \int[mu]_s ((\int[gaussian_matrix 1 m 1]_z F (mixture_point r q (s / r%:R) z)) * (chi_density r s)%:E))%E.
Proof.
case: m q F => [|p] q F r0 q0 mF F0; first by move: q0; rewrite thinmx0 eqxx.
have [Q [oQ eQ]] := orthogonal_to_axis (q : 'rV_(1 + p)).
have oT := orthogonal_tr oQ; set T := Q^T in oT.
have a0 : 0 < row_norm q by rewrite row_norm_gt0.
move: (row_norm q) a0 eQ => a a0 eQ; have qE : q = row_mx a%:M (0 : 'rV_p) *m T.
  by rewrite (orthogonal_mulK oQ eQ).
rewrite qE; apply: (eq_trans (sketch_law_integral_rotation _ r0 oT mF F0)).
have mFT := measurableT_comp mF (measurable_mulmx_right (r := 1) T).
apply: (eq_trans (S6_mixture_axis a r0 mFT (fun=> F0 _))).
apply: eq_integral => s _; congr (_ * _)%E.
pose H (z : matrix_space R 1 (1 + p)) := F (mixture_point r (row_mx a%:M (0 : 'rV_p) *m T) (s / r%:R) z).
have mH : measurable_fun setT H.
  by apply: measurableT_comp mF (measurable_mixture_point _ _ _).
apply: (eq_trans _ (gaussian_matrix_integral_mulr ltr01 oT mH (fun=> F0 _))).
have mHT := measurableT_comp mH (measurable_mulmx_right (r := 1) T).
apply: (eq_trans _ (esym (gaussian_matrix_row_mx 1 mHT (fun=> F0 _)))).
pose J := (\int[gaussian_matrix 1 p 1]_z F ((a *: row_mx (s / r%:R)%:M ((Num.sqrt s / r%:R) *: z)) *m T)%R)%E.
transitivity (\int[gaussian_matrix 1 1 1]_x (cst J x))%E.
  rewrite integral_cst// [X in (_ * X)%E](_ : _ = 1%E) ?mule1//.
  exact: (@probability_setT _ _ _ (gaussian_matrix 1 1 1)).
apply: eq_integral => x _; apply: eq_integral => z _; rewrite /= /H.
by rewrite [x in RHS]mx11_scalar mixture_point_rotated// sqrt_over_r.
Qed.

End mixture.
