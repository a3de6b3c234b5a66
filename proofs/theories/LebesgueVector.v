(* Lebesgue measure on row vectors.

     lebesgue_vector n: the measure on row vectors with n entries that gives the box {w | w i in B i} the volume
       prod_i lebesgue_measure (B i)                                            (lebesgue_vector_box),
   the only measure with these values (lebesgue_vector_unique).

   For measurable F >= 0:
     int F d(lebesgue_vector (n + 1)) = int_x int_w F (row_mx x%:M w), and in the other order;
     int F (w + c) dw = int F w dw;
   and for a block triangular matrix the integral of F (v M) is computed from that of the smaller block
   (scales_upper, scales_lower). The theorem for every invertible M is in LinearChange.v. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect fingroup perm.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks LinearSubstitution.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section lebesgue_real.
Context (R : realType).
Notation mu := (@lebesgue_measure R).

Let measurable_to_real : measurable_fun setT (@to_real R).
Proof. by move=> _ U mU; rewrite setTI. Qed.

(* The library states lebesgue_measure on a copy of the measurable space R; this is lebesgue_measure on R itself. *)
Definition lebesgue_real : set R -> \bar R := pushforward mu measurable_to_real.

HB.instance Definition _ := Measure.on lebesgue_real.

Let lebesgue_real_sigma_finite : sigma_finite setT lebesgue_real.
Proof. exact: (sigma_finiteT mu). Qed.

HB.instance Definition _ := @Measure_isSigmaFinite.Build _ _ _ lebesgue_real lebesgue_real_sigma_finite.

Lemma lebesgue_realE S : lebesgue_real S = mu S. Proof. by []. Qed.

Lemma integral_lebesgue_real (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[lebesgue_real]_x F x = \int[mu]_x F x)%E.
Proof. by move=> mF F0; rewrite ge0_integral_pushforward. Qed.

End lebesgue_real.

Definition lebesgue_vector (R : realType) n : {sigma_finite_measure set (matrix_space R 1 n) -> \bar R} :=
  product_matrix (@lebesgue_real R) 1 n.

Section recursion.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation lv := (@lebesgue_vector R).

Theorem lebesgue_vector_box n (B : 'I_n -> set R) : (forall i, measurable (B i)) ->
  lv n [set w | forall i, B i (w ord0 i)] = (\prod_i mu (B i))%E.
Proof.
move=> mB; transitivity (lv n (box (fun _ : 'I_1 => B))).
  by congr (lv n _); apply/seteqP; split=> w h => [i j|j]; [rewrite (ord1 i)|]; exact: h.
by apply: (eq_trans (product_matrix_box _ _)) => //; rewrite big_ord1.
Qed.

Theorem lebesgue_vector_unique n (nu : {measure set (matrix_space R 1 n) -> \bar R}) :
  (forall B : 'I_n -> set R, (forall i, measurable (B i)) ->
     nu [set w | forall i, B i (w ord0 i)] = (\prod_i mu (B i))%E) ->
  forall S, measurable S -> nu S = lv n S.
Proof.
move=> nuB S mS; apply: product_matrix_unique => // B mB.
rewrite big_ord1; apply: (eq_trans _ (nuB (B ord0) (mB ord0))); congr (nu _).
by apply/seteqP; split=> w h => [j|i j]; [|rewrite (ord1 i)]; exact: h.
Qed.

Definition vector_cons n (z : R * matrix_space R 1 n) : matrix_space R 1 n.+1 :=
  row_mx (z.1%:M : 'M_1) z.2.

Let measurable_cons n : measurable_fun setT (@vector_cons n).
Proof. exact: measurable_row_cons. Qed.

Section integral.
Variables (n : nat) (F : matrix_space R 1 n.+1 -> \bar R).
Hypotheses (mF : measurable_fun setT F) (F0 : forall w, (0 <= F w)%E).

Let mFc : measurable_fun setT (F \o @vector_cons n).
Proof. by apply: measurableT_comp => //; exact: measurable_cons. Qed.

Lemma measurable_first_section (w : matrix_space R 1 n) : measurable_fun setT (fun x : R => F (row_mx (x%:M : 'M_1) w)).
Proof. exact: (measurableT_comp mFc (measurable_pair2 w)). Qed.

Lemma measurable_last_section x :
  measurable_fun setT (fun w : matrix_space R 1 n => F (row_mx (x%:M : 'M_1) w)).
Proof. exact: (measurableT_comp mFc (measurable_pair1 x)). Qed.

Lemma measurable_last_integral :
  measurable_fun setT (fun x : R => \int[lv n]_w F (row_mx (x%:M : 'M_1) w))%E.
Proof. exact: (measurable_fun_fubini_tonelli_F (m2 := lv n) (F \o @vector_cons n) mFc (fun=> F0 _)). Qed.

Lemma measurable_first_integral :
  measurable_fun setT (fun w : matrix_space R 1 n => \int[mu]_x F (row_mx (x%:M : 'M_1) w))%E.
Proof.
have := measurable_fun_fubini_tonelli_G (m1 := @lebesgue_real R) (F \o @vector_cons n) mFc (fun=> F0 _).
rewrite /fubini_G; congr measurable_fun; apply/funext => w.
by apply: integral_lebesgue_real => [|x]; [exact: (measurable_first_section w)|exact: F0].
Qed.

Theorem lebesgue_vector_step :
  (\int[lv n.+1]_w F w = \int[mu]_x \int[lv n]_w F (row_mx (x%:M : 'M_1) w))%E.
Proof.
rewrite product_matrix_row_cons//; rewrite integral_lebesgue_real//; first exact: measurable_last_integral.
by move=> x; apply: integral_ge0.
Qed.

Theorem lebesgue_vector_step_swap :
  (\int[lv n.+1]_w F w = \int[lv n]_w \int[mu]_x F (row_mx (x%:M : 'M_1) w))%E.
Proof.
rewrite product_matrix_row_cons//.
rewrite (fubini_tonelli (m1 := @lebesgue_real R) (m2 := lv n) (F \o @vector_cons n) mFc (fun=> F0 _)).
apply: eq_integral => w _; apply: integral_lebesgue_real => [|x]; last exact: F0.
exact: (measurable_first_section w).
Qed.

End integral.

Lemma measurable_affine_row n k (M : 'M[R]_(n, k)) (c : 'rV[R]_k) : measurable_fun setT
  (fun w : matrix_space R 1 n => w *m M + c : matrix_space R 1 k).
Proof.
apply: polynomial_mx_measurable => i j.
apply: (polynomial_eq (g := fun w : 'rV[R]_n => (w *m M) i j + c i j)) => [w|]; first by rewrite mxE.
apply: polynomialD; last exact: polynomial_cst.
by apply: polynomial_mx_mul; [exact: polynomial_mx_id|exact: polynomial_mx_cst].
Qed.

Lemma measurable_comp_linear n k (M : 'M[R]_(n, k)) (F : matrix_space R 1 k -> \bar R) :
  measurable_fun setT F -> measurable_fun setT (fun w : matrix_space R 1 n => F (w *m M)).
Proof.
move=> mF; have := measurableT_comp mF (measurable_affine_row M 0).
by under eq_fun do rewrite /= addr0.
Qed.

Lemma measurable_comp_shift n (c : 'rV[R]_n) (F : matrix_space R 1 n -> \bar R) :
  measurable_fun setT F -> measurable_fun setT (fun w : matrix_space R 1 n => F (w + c)).
Proof.
move=> mF; have := measurableT_comp mF (measurable_affine_row 1%:M c).
by under eq_fun do rewrite /= mulmx1.
Qed.

Theorem lebesgue_vector_shift n (c : 'rV[R]_n) (F : matrix_space R 1 n -> \bar R) :
  measurable_fun setT F -> (forall w, 0 <= F w)%E ->
  (\int[lv n]_w F (w + c) = \int[lv n]_w F w)%E.
Proof.
elim: n c F => [|n ih] c F mF F0.
  by apply: eq_integral => w _; congr F; apply/rowP; case.
rewrite (lebesgue_vector_step (measurable_comp_shift c mF) (fun=> F0 _)).
rewrite (lebesgue_vector_step mF F0).
pose a := (lsubmx (c : 'rV_(1 + n))) ord0 ord0; pose b := rsubmx (c : 'rV_(1 + n)).
have cE : c = row_mx a%:M b :> 'rV_(1 + n) by rewrite -[LHS](@hsubmxK _ _ 1) [lsubmx _]mx11_scalar.
pose G x := (\int[lv n]_w F (row_mx (x%:M : 'M_1) w))%E.
transitivity (\int[mu]_x G (x + a))%E; last first.
  rewrite ge0_integral_shift//; first exact: measurable_last_integral.
  by move=> x; exact: integral_ge0.
apply: eq_integral => x _; rewrite /G -(ih b _ (measurable_last_section mF (x + a)) (fun=> F0 _)).
by apply: eq_integral => w _; rewrite cE (@add_row_mx _ 1 1 n) -raddfD.
Qed.

(* M multiplies integrals by s. *)
Definition scales n (M : 'M[R]_n) (s : R) : Prop := 0 <= s /\
  forall F : matrix_space R 1 n -> \bar R, measurable_fun setT F -> (forall w, 0 <= F w)%E ->
  (\int[lv n]_w F (w *m M) = s%:E * \int[lv n]_w F w)%E.

Lemma scales_mul n (M N : 'M[R]_n) a b : scales M a -> scales N b -> scales (M *m N) (a * b).
Proof.
move=> [a0 Ma] [b0 Nb]; split=> [|F mF F0]; first exact: mulr_ge0.
rewrite EFinM -muleA -Nb// -(Ma (fun w => F (w *m N)))//; last exact: (measurable_comp_linear N mF).
by apply: eq_integral => w _; rewrite mulmxA.
Qed.

Lemma scales_upper n (d : R) (u : 'rV[R]_n) (M : 'M[R]_n) s : d != 0 -> scales M s ->
  scales (block_mx (d%:M : 'M_1) u 0 M : 'M_n.+1) (`|d|^-1 * s).
Proof.
move=> d0 [s0 Ms]; split=> [|F mF F0]; first by rewrite mulr_ge0// invr_ge0.
rewrite (lebesgue_vector_step (measurable_comp_linear _ mF) (fun=> F0 _)).
rewrite (lebesgue_vector_step mF F0).
pose G x := (\int[lv n]_w F (row_mx (x%:M : 'M_1) w))%E.
have mG : measurable_fun setT G by exact: measurable_last_integral.
have G0 x : (0 <= G x)%E by exact: integral_ge0.
transitivity (\int[mu]_x (s%:E * G (d * x)%R))%E.
  apply: eq_integral => x _; pose H w := F (row_mx ((d * x)%:M : 'M_1) (w + x *: u)).
  transitivity (\int[lv n]_w H (w *m M))%E.
    apply: eq_integral => w _; congr F.
    rewrite (@mul_row_block _ 1 1 n 1 n) mulmx0 addr0 -scalar_mxM mul_scalar_mx addrC.
    by rewrite mulrC.
  have mFx := measurable_last_section mF (d * x).
  rewrite (Ms H (measurable_comp_shift _ mFx) (fun=> F0 _)).
  by congr (_ * _)%E; exact: (lebesgue_vector_shift _ mFx (fun=> F0 _)).
have mGd : measurable_fun setT (fun x : R => G (d * x)).
  by apply: measurableT_comp => //; exact: measurable_funM.
have -> : (\int[mu]_x (s%:E * G (d * x)%R) = s%:E * \int[mu]_x G (d * x)%R)%E.
  by apply: ge0_integralZl_EFin => // x _; exact: G0.
by rewrite (ge0_integral_scale d0 mG G0) muleA -EFinM [s * _]mulrC.
Qed.

Lemma scales_lower n (d : R) (l : 'cV[R]_n) (M : 'M[R]_n) s : d != 0 -> scales M s ->
  scales (block_mx (d%:M : 'M_1) 0 l M : 'M_n.+1) (`|d|^-1 * s).
Proof.
move=> d0 [s0 Ms]; split=> [|F mF F0]; first by rewrite mulr_ge0// invr_ge0.
rewrite (lebesgue_vector_step_swap (measurable_comp_linear _ mF) (fun=> F0 _)).
rewrite (lebesgue_vector_step_swap mF F0).
pose G w := (\int[mu]_x F (row_mx (x%:M : 'M_1) w))%E.
have mG : measurable_fun setT (G : matrix_space R 1 n -> \bar R) by exact: measurable_first_integral.
have G0 w : (0 <= G w)%E by exact: integral_ge0.
transitivity (\int[lv n]_w ((`|d|^-1)%:E * G (w *m M)))%E.
  apply: eq_integral => w _; pose b := (w *m l) 0 0; have bE : w *m l = b%:M by exact: mx11_scalar.
  rewrite -(ge0_integral_affine b d0 (measurable_first_section mF (w *m M)) (fun=> F0 _)).
  apply: eq_integral => x _; congr F.
  rewrite (@mul_row_block _ 1 1 n 1 n) mulmx0 add0r -scalar_mxM bE -raddfD /=.
  by rewrite [d * x]mulrC.
have d1 : 0 <= `|d|^-1 by rewrite invr_ge0.
have mGM := measurable_comp_linear M mG.
have -> : (\int[lv n]_w ((`|d|^-1)%:E * G (w *m M)) = (`|d|^-1)%:E * \int[lv n]_w G (w *m M))%E.
  by apply: ge0_integralZl_EFin => // w _; exact: G0.
by rewrite (Ms _ mG G0) muleA -EFinM.
Qed.

End recursion.
