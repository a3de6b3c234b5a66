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
Definition norm2 (q : 'cV[R]_m) : R := \sum_i q i ord0 ^+ 2.

(* Y_ai = sum_k sum_p G_ap A_kp A_ki *)
Lemma sketchE n (G : 'M_(n, m)) w a i :
  sketch G w a i = \sum_k \sum_p G a p * (A k p w * A k i w).
Proof.
rewrite mxE; apply: eq_bigr => k _; rewrite !mxE big_distrl /=.
by apply: eq_bigr => p _; rewrite !mxE mulrA.
Qed.

Lemma sketch_vectorE q w i : sketch_vector q w i ord0 = sketch q^T w ord0 i.
Proof.
rewrite /sketch.
have -> : q^T *m (entries w)^T *m entries w = (sketch_vector q w)^T.
  by rewrite /sketch_vector !trmx_mul trmxK mulmxA.
by rewrite [RHS]mxE.
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
rewrite -cov covariance.unlock !mean0 /=; congr expectation.
by apply/funext => w; rewrite /= !fctE /= !subr0.
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

(* The scale s of a LoRA update. *)
Theorem S1_mean n (G : 'M_(n, m)) (s : R) a i :
  ('E_P[(fun w => (s ^+ 2 *: sketch G w) a i)] = (s ^+ 2 * r%:R * v * G a i)%:E)%E.
Proof.
have [_ <-] : has_mean P (fun w => (s ^+ 2 *: sketch G w) a i) (s ^+ 2 * r%:R * v * G a i).
  apply: has_mean_eq (has_meanZ (s ^+ 2) (mean_v G a i)) _ _ => [w|]; last by ring.
  by rewrite [RHS]mxE.
by [].
Qed.

Theorem S1_unbiased_iff n (G : 'M_(n, m)) (s : R) : (0 < r)%N -> s != 0 -> G != 0 ->
  (forall a i, 'E_P[(fun w => (s ^+ 2 *: sketch G w) a i)] = (G a i)%:E)%E <-> v = (s ^+ 2 * r%:R)^-1.
Proof.
move=> r0 s0 /matrix0Pn[a [i Gai]].
have sr : s ^+ 2 * r%:R != 0 by rewrite mulf_neq0 ?expf_neq0// pnatr_eq0 -lt0n.
split=> [/(_ a i)|vE b j]; rewrite S1_mean; last by rewrite vE mulfV// mul1r.
case=> h; have e : s ^+ 2 * r%:R * v = 1 by apply: (mulIf Gai); rewrite mul1r.
by apply: (mulfI sr); rewrite e mulfV.
Qed.

Theorem S2_mean n (G : 'M_(n, m)) a i : (0 < r)%N -> v = r%:R^-1 ->
  ('E_P[(fun w => sketch G w a i)] = (G a i)%:E)%E.
Proof.
move=> r0 vE; have [_ ->] := mean_v G a i.
by rewrite vE mulfV ?mul1r// pnatr_eq0 -lt0n.
Qed.

Theorem S2_mean_vector (q : 'cV_m) i : (0 < r)%N -> v = r%:R^-1 ->
  ('E_P[(fun w => sketch_vector q w i ord0)] = (q i ord0)%:E)%E.
Proof.
move=> r0 vE; rewrite (_ : (fun w => _) = fun w => sketch q^T w ord0 i).
  by rewrite S2_mean// mxE.
by apply/funext => w; rewrite sketch_vectorE.
Qed.

End mean.

Section covariance.
Variables v kappa : R.
Hypothesis HA : entries_law v kappa.

Let product2 k p i : has_mean P (fun w => A k p w * A k i w) (v * (p == i)%:R).
Proof.
have := second_moments HA (k, p) (k, i); rewrite /= xpair_eqE eqxx andTb.
exact.
Qed.

Lemma mean_entries n (G : 'M_(n, m)) a i :
  has_mean P (fun w => sketch G w a i) (r%:R * v * G a i).
Proof.
have H := has_mean_sum (fun k => has_mean_sum (fun p => has_meanZ (G a p) (product2 k p i))).
apply: has_mean_eq H _ _ => [w|]; first by rewrite sketchE.
rewrite sum_const -mulrA; congr (_ * _).
by rewrite -[RHS]mulrC -(sum_delta (fun p => G a p) i) big_distrl /=;
  apply: eq_bigr => p _; ring.
Qed.

Let product4 k p i l s j :
  has_mean P (fun w => A k p w * A k i w * (A l s w * A l j w))
  (v ^+ 2 * ((p == i)%:R * (s == j)%:R
    + (l == k)%:R * ((s == p)%:R * (i == j)%:R + (p == j)%:R * (s == i)%:R
       + (kappa - 3) * (i == j)%:R * (p == i)%:R * (s == i)%:R))).
Proof.
have := fourth_moments HA (k, p) (k, i) (l, s) (l, j); rewrite /= !xpair_eqE !eqxx /=.
move=> H; apply: has_mean_eq H _ _ => [w|]; first by rewrite mulrA.
rewrite (eq_sym l k) (eq_sym s p) (eq_sym s i).
have [kl|kl] := eqVneq k l; last by rewrite /= ?andbF /=; ring.
have [pi|pi] := eqVneq p i; last by rewrite /=; ring.
rewrite pi; have [ij|ij] := eqVneq i j; last by rewrite /= andbF /=; ring.
by rewrite /= ?andbT; ring.
Qed.

(* The mean of a product of two entries of the sketch. *)
Let product_entries n (G : 'M_(n, m)) a i b j :
  has_mean P (fun w => sketch G w a i * sketch G w b j)
  (v ^+ 2 * (r%:R ^+ 2 * G a i * G b j
    + r%:R * ((G *m G^T) a b * (i == j)%:R + G a j * G b i
       + (kappa - 3) * (i == j)%:R * G a i * G b i))).
Proof.
have H := has_mean_sum (fun k => has_mean_sum (fun p => has_mean_sum (fun l =>
  has_mean_sum (fun s => has_meanZ (G a p * G b s) (product4 k p i l s j))))).
apply: has_mean_eq H _ _ => [w|].
  rewrite !sketchE big_distrl /=; apply: eq_bigr => k _.
  rewrite big_distrl /=; apply: eq_bigr => p _.
  rewrite big_distrr /=; apply: eq_bigr => l _.
  rewrite big_distrr /=; apply: eq_bigr => s _.
  by ring.
pose D p := G a p * G b p * (i == j)%:R
  + G a p * G b i * ((p == j)%:R + (kappa - 3) * (i == j)%:R * (p == i)%:R).
have sum_s k p l : \sum_s G a p * G b s * (v ^+ 2 * ((p == i)%:R * (s == j)%:R
    + (l == k)%:R * ((s == p)%:R * (i == j)%:R + (p == j)%:R * (s == i)%:R
       + (kappa - 3) * (i == j)%:R * (p == i)%:R * (s == i)%:R)))
    = v ^+ 2 * G a p * (p == i)%:R * G b j + v ^+ 2 * D p * (l == k)%:R.
  transitivity (\sum_s (v ^+ 2 * G a p * (p == i)%:R * G b s * (s == j)%:R
    + v ^+ 2 * (l == k)%:R * (i == j)%:R * G a p * G b s * (s == p)%:R
    + v ^+ 2 * (l == k)%:R * ((p == j)%:R + (kappa - 3) * (i == j)%:R * (p == i)%:R)
      * G a p * G b s * (s == i)%:R)).
    by apply: eq_bigr => s _; ring.
  by rewrite !big_split /= !sum_delta /D; ring.
under eq_bigr => k _.
  under eq_bigr => p _.
    under eq_bigr => l _ do rewrite sum_s.
    rewrite big_split /= sum_const sum_delta.
    over.
  over.
rewrite sum_const big_split /= /D.
have -> : \sum_p r%:R * (v ^+ 2 * G a p * (p == i)%:R * G b j)
    = r%:R * v ^+ 2 * G a i * G b j.
  transitivity (\sum_p r%:R * v ^+ 2 * G a p * G b j * (p == i)%:R).
    by apply: eq_bigr => p _; ring.
  by rewrite sum_delta.
have -> : \sum_p v ^+ 2 * (G a p * G b p * (i == j)%:R
      + G a p * G b i * ((p == j)%:R + (kappa - 3) * (i == j)%:R * (p == i)%:R))
    = v ^+ 2 * ((G *m G^T) a b * (i == j)%:R + G a j * G b i
       + (kappa - 3) * (i == j)%:R * G a i * G b i).
  transitivity (\sum_p (v ^+ 2 * (i == j)%:R * (G a p * G b p)
      + v ^+ 2 * G a p * G b i * (p == j)%:R
      + v ^+ 2 * (kappa - 3) * (i == j)%:R * G b i * G a p * (p == i)%:R)).
    by apply: eq_bigr => p _; ring.
  rewrite !big_split /= !sum_delta -big_distrr /=.
  have -> : \sum_p G a p * G b p = (G *m G^T) a b.
    by rewrite mxE; apply: eq_bigr => p _; rewrite mxE.
  by ring.
by ring.
Qed.

Lemma covariance_entries n (G : 'M_(n, m)) a i b j :
  covariance P (fun w => sketch G w a i) (fun w => sketch G w b j) =
  (v ^+ 2 * r%:R * ((G *m G^T) a b * (i == j)%:R + G a j * G b i
     + (kappa - 3) * (i == j)%:R * G a i * G b i))%:E.
Proof.
rewrite (has_mean_covariance (mean_entries G a i) (mean_entries G b j)
  (product_entries G a i b j)).
by congr EFin; ring.
Qed.

(* The entries of the sketch are integrable, and so are their products. *)
Theorem S5_integrable n (G : 'M_(n, m)) a i b j :
  P.-integrable setT (fun w => (sketch G w a i)%:E) /\
  P.-integrable setT (fun w => (sketch G w a i * sketch G w b j)%:E).
Proof. by split; [have [] := mean_entries G a i|have [] := product_entries G a i b j]. Qed.

Hypotheses (r_gt0 : (0 < r)%N) (vE : v = r%:R^-1).

Let r_neq0 : r%:R != 0 :> R. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Theorem S5_covariance_matrix n (G : 'M_(n, m)) a i b j :
  covariance P (fun w => sketch G w a i) (fun w => sketch G w b j) =
  (((G *m G^T) a b * (i == j)%:R + G a j * G b i
     + (kappa - 3) * (i == j)%:R * G a i * G b i) / r%:R)%:E.
Proof. by rewrite covariance_entries vE; congr EFin; field. Qed.

Theorem S3_covariance_row (q : 'cV_m) i j :
  covariance P (fun w => sketch_vector q w i ord0) (fun w => sketch_vector q w j ord0) =
  ((norm2 q * (i == j)%:R + q i ord0 * q j ord0
     + (kappa - 3) * (i == j)%:R * q i ord0 ^+ 2) / r%:R)%:E.
Proof.
have E k : (fun w => sketch_vector q w k ord0) = (fun w => sketch q^T w ord0 k).
  by apply/funext => w; rewrite sketch_vectorE.
rewrite !E S5_covariance_matrix !mxE; congr (_ / _)%:E.
have -> : \sum_p q^T ord0 p * (q^T)^T p ord0 = norm2 q.
  by apply: eq_bigr => p _; rewrite !mxE.
by ring.
Qed.

Theorem S4_entry_variance (q : 'cV_m) i :
  ('V_P[(fun w => sketch_vector q w i ord0)] =
   ((norm2 q + (kappa - 2) * q i ord0 ^+ 2) / r%:R)%:E)%E.
Proof.
by rewrite /variance S3_covariance_row eqxx /=; congr (_ / _)%:E; ring.
Qed.

Lemma has_mean_square_error (q : 'cV_m) i :
  has_mean P (fun w => (sketch_vector q w i ord0 - q i ord0) ^+ 2)
    ((norm2 q + (kappa - 2) * q i ord0 ^+ 2) / r%:R).
Proof.
have M := mean_entries q^T ord0 i; have S := product_entries q^T ord0 i ord0 i.
have H := has_meanD (has_meanB S (has_meanZ (2 * q i ord0) M))
  (has_mean_cst P (q i ord0 ^+ 2)).
apply: has_mean_eq H _ _ => [w|].
  by rewrite /cst /= sketch_vectorE; ring.
rewrite eqxx !mxE vE.
have -> : \sum_p q^T ord0 p * (q^T)^T p ord0 = norm2 q.
  by apply: eq_bigr => p _; rewrite !mxE.
by rewrite /=; field.
Qed.

Theorem S4_total_noise (q : 'cV_m) :
  ('E_P[(fun w => \sum_i (sketch_vector q w i ord0 - q i ord0) ^+ 2)%R] =
   ((m%:R + kappa - 2) * norm2 q / r%:R)%:E)%E.
Proof.
have [_ ->] := has_mean_sum (has_mean_square_error q).
congr EFin; rewrite -big_distrl /= big_split /= -big_distrr /=.
by rewrite sumr_const card_ord -mulr_natl; congr (_ / _); rewrite -/(norm2 q); ring.
Qed.

End covariance.
End gradient_law.
