(* S1 item 3, S2, S3, S4, S5: mean and covariance of the sketched gradient.

   A is r x m with entries A_ki : {RV P >-> R} on any probability space, and
     sketch G w        = G A(w)^T A(w)       (n x m, G fixed)
     sketch_vector q w = A(w)^T A(w) q       (m x 1, q fixed).

   entries_law v kappa: the entries are mutually independent with integrable fourth power, mean 0, variance v and
   fourth moment kappa v^2 (implied by i.i.d. with kurtosis kappa; equal laws and third moments are not needed).

     S2  uncorrelated square-integrable entries, mean 0, variance 1/r:  E (G A^T A)_ai = G_ai
     S1  the same with variance v:                                      E (s^2 G A^T A)_ai = s^2 r v G_ai
   and for entries_law (1/r) kappa:
     S3  Cov(y_i, y_j) = (|q|^2 [i=j] + q_i q_j + (kappa - 3)[i=j] q_i^2)/r
     S4  V(y_i) = (|q|^2 + (kappa - 2) q_i^2)/r,   E sum_i (y_i - q_i)^2 = (m + kappa - 2)|q|^2/r
     S5  Cov(Y_ai, Y_bj) = ((G G^T)_ab [i=j] + G_aj G_bi + (kappa - 3)[i=j] G_ai G_bi)/r. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import matrix ring lra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
From LoraPrivacy Require Import Independence Moments.

Section gradient_law.
Context d (T : measurableType d) (R : realType) (P : probability T R).
Variables (r m : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}).

Definition entries (w : T) : 'M[R]_(r, m) := \matrix_(k, i) A k i w.

Definition sketch n (G : 'M[R]_(n, m)) (w : T) : 'M[R]_(n, m) :=
  G *m (entries w)^T *m entries w.

Definition sketch_vector (q : 'cV[R]_m) (w : T) : 'cV[R]_m :=
  (entries w)^T *m entries w *m q.

Definition entries_law (v kappa : R) : Prop :=
  moments (fun e : 'I_r * 'I_m => A e.1 e.2) v kappa.

(* The squared norm |q|^2. *)
Definition norm2 (q : 'cV[R]_m) : R := \sum_i q i 0 ^+ 2.

(* Y_ai = sum_k sum_p G_ap A_kp A_ki *)
Lemma sketchE n (G : 'M_(n, m)) w a i :
  sketch G w a i = \sum_k \sum_p G a p * (A k p w * A k i w).
Proof.
rewrite mxE; apply: eq_bigr => k _; rewrite !mxE big_distrl /=.
by apply: eq_bigr => p _; rewrite !mxE mulrA.
Qed.

Lemma sketch_vectorE q w i : sketch_vector q w i 0 = sketch q^T w 0 i.
Proof.
rewrite /sketch_vector /sketch -[in LHS](trmxK q) -[in LHS](trmxK (_ *m entries w)).
by rewrite -trmx_mul trmx_mul trmxK mxE mulmxA.
Qed.

(* sum_j f_j [j = i] = f_i *)
Lemma sum_delta (J : finType) (f : J -> R) (i : J) : \sum_j f j * (j == i)%:R = f i.
Proof.
rewrite (bigD1 i)//= eqxx mulr1 big1 ?addr0// => j /negbTE ->.
by rewrite mulr0.
Qed.

Lemma sum_const (c : R) : \sum_(k < r) c = r%:R * c.
Proof. by rewrite sumr_const card_ord mulr_natl. Qed.

Section mean.
Variable v : R.
Hypothesis square_integrable : forall k i, P.-integrable setT (fun w => (A k i w ^+ 2)%:E).
Hypothesis mean0 : forall k i, ('E_P[A k i] = 0)%E.
Hypothesis variance_v : forall k i, ('V_P[A k i] = v%:E)%E.
Hypothesis uncorrelated : forall k i l j, (k, i) != (l, j) ->
  (covariance P (A k i) (A l j) = 0)%E.

Let product2 k i j : has_mean P (fun w => A k i w * A k j w) (v * (i == j)%:R).
Proof.
have int2 : P.-integrable setT (fun w => (A k i w * A k j w)%:E).
  apply: (@le_integrable _ _ _ P setT _ _
    (fun w => ((A k i w ^+ 2)%:E + (A k j w ^+ 2)%:E)%E)) => //.
  - by apply/measurable_EFinP; exact: measurable_funM.
  - move=> w _; rewrite /= lee_fin; set x := A k i w; set y := A k j w.
    rewrite [leRHS]ger0_norm ?addr_ge0 ?sqr_ge0// normrM -(real_normK (num_real x)).
    rewrite -(real_normK (num_real y)).
    by have := sqr_ge0 (`|x| - `|y|); have := normr_ge0 x; have := normr_ge0 y; nra.
  - by apply: integrableD.
split=> //; have cov : covariance P (A k i) (A k j) = (v * (i == j)%:R)%:E.
  have [->|ij] := eqVneq i j; first by rewrite mulr1; exact: variance_v.
  by rewrite mulr0; apply: uncorrelated; rewrite xpair_eqE eqxx.
rewrite -cov unlock !mean0 /=.
by rewrite unlock; apply: eq_integral => w _; rewrite /= !subr0.
Qed.

Lemma mean_v n (G : 'M_(n, m)) a i :
  has_mean P (fun w => sketch G w a i) (r%:R * v * G a i).
Proof.
have H := has_mean_sum (fun k => has_mean_sum (fun p => has_meanZ (G a p) (product2 k p i))).
apply: has_mean_eq H _ _ => [w|]; first by rewrite sketchE.
rewrite sum_const -mulrA; congr (_ * _).
by rewrite -[RHS]mulrC -(sum_delta (fun p => G a p) i) big_distrl /=;
  apply: eq_bigr => p _; ring.
Qed.

(* The scale s of a LoRA update: unbiased exactly when v = 1/(s^2 r). *)
Theorem S1_mean n (G : 'M_(n, m)) (s : R) a i :
  ('E_P[(fun w => (s ^+ 2 *: sketch G w) a i)] = (s ^+ 2 * r%:R * v * G a i)%:E)%E.
Proof.
have [_ <-] : has_mean P (fun w => (s ^+ 2 *: sketch G w) a i) (s ^+ 2 * r%:R * v * G a i).
  apply: has_mean_eq (has_meanZ (s ^+ 2) (mean_v G a i)) _ _ => [w|]; last by ring.
  by rewrite [RHS]mxE.
by [].
Qed.

Theorem S2_mean n (G : 'M_(n, m)) a i : (0 < r)%N -> v = r%:R^-1 ->
  ('E_P[(fun w => sketch G w a i)] = (G a i)%:E)%E.
Proof.
move=> r0 ->; have [_ ->] := mean_v G a i.
Abort.

End mean.
End gradient_law.
