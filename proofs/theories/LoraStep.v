(* S1: one LoRA step as a sketched full step. Over any commutative ring; matrices of any size.

   W = W0 + s B A, W0 : n x m, B : n x r, A : r x m, scale s, learning rate eta, G = dloss/dW at the current W.

     dloss/dB = s G A^T,  dloss/dA = s B^T G                                             (item 1)
     A frozen:  B+ = B - eta (s G A^T)   gives   W+ - W = - eta s^2 G A^T A               (item 2)
     A trained: A+ = A - eta (s B^T G)   gives
       W+ - W = - eta s^2 (G A^T A + B B^T G) + eta^2 s^3 G A^T B^T G                     (item 4)

   Item 1 is the chain rule, stated as the identity of the linear forms <G, dW> it comes from. *)
From mathcomp Require Import all_ssreflect all_algebra ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section lora_step.
Variables (R : comRingType) (n m r : nat).
Implicit Types (W G : 'M[R]_(n, m)) (B : 'M[R]_(n, r)) (A : 'M[R]_(r, m)).

(* The adapted weight. *)
Definition adapted (W0 : 'M[R]_(n, m)) (s : R) B A : 'M[R]_(n, m) := W0 + s *: (B *m A).

(* The gradients with respect to the factors, from the gradient G with respect to the weight. *)
Definition gradient_B (s : R) G A : 'M[R]_(n, r) := s *: (G *m A^T).
Definition gradient_A (s : R) G B : 'M[R]_(r, m) := s *: (B^T *m G).

(* One step of plain gradient descent on each factor. *)
Definition step_B (eta s : R) G B A : 'M[R]_(n, r) := B - eta *: gradient_B s G A.
Definition step_A (eta s : R) G B A : 'M[R]_(r, m) := A - eta *: gradient_A s G B.

(* The Frobenius inner product sum_ij X_ij Y_ij. *)
Definition inner p q (X Y : 'M[R]_(p, q)) : R := \tr (X^T *m Y).

Lemma inner_sum p q (X Y : 'M[R]_(p, q)) : inner X Y = \sum_i \sum_j X i j * Y i j.
Proof.
rewrite /inner /mxtrace exchange_big /=; apply: eq_bigr => j _.
by rewrite mxE; apply: eq_bigr => i _; rewrite mxE.
Qed.

(* Item 1: with dW = s (dB A + B dA), <G, dW> = <dloss/dB, dB> + <dloss/dA, dA>. *)
Theorem S1_factor_gradients (s : R) G B A dB dA :
  inner G (s *: (dB *m A + B *m dA)) =
  inner (gradient_B s G A) dB + inner (gradient_A s G B) dA.
Proof.
rewrite /inner /gradient_B /gradient_A -!scalemxAr !linearZ /= -!scalemxAl !linearZ /=.
rewrite -mulrDr; congr (_ * _); rewrite mulmxDr linearD /=; congr (_ + _).
  by rewrite trmx_mul trmxK mulmxA mxtrace_mulC mulmxA.
by rewrite trmx_mul trmxK mulmxA.
Qed.

(* Item 1, second order: dW of a finite step differs from s (dB A + B dA) by s dB dA exactly. *)
Theorem S1_adapted_increment W0 (s : R) B A dB dA :
  adapted W0 s (B + dB) (A + dA) - adapted W0 s B A =
  s *: (dB *m A + B *m dA) + s *: (dB *m dA).
Proof.
rewrite /adapted opprD addrACA subrr add0r -scalerBr -scalerDr; congr (_ *: _).
have -> : (B + dB) *m (A + dA) = B *m A + (dB *m A + B *m dA + dB *m dA).
  by rewrite mulmxDl !mulmxDr -!addrA; congr (_ + _); rewrite addrCA.
by rewrite addrC addKr.
Qed.

(* Item 2: A frozen, for every B. *)
Theorem S1_frozen_step W0 (eta s : R) G B A :
  adapted W0 s (step_B eta s G B A) A - adapted W0 s B A =
  - (eta * s ^+ 2) *: (G *m A^T *m A).
Proof.
rewrite /adapted /step_B /gradient_B opprD addrACA subrr add0r -scalerBr.
rewrite mulmxBl addrAC subrr add0r -!scalemxAl scalerN scaleNr !scalerA.
by congr (- (_ *: _)); ring.
Qed.

(* A full step with gradient Ghat = s^2 G A^T A has the same effect. *)
Corollary S1_frozen_step_is_full_step W0 (eta s : R) G B A :
  adapted W0 s (step_B eta s G B A) A =
  adapted W0 s B A - eta *: (s ^+ 2 *: (G *m A^T *m A)).
Proof.
by rewrite -[LHS](subrK (adapted W0 s B A)) S1_frozen_step addrC scaleNr scalerA.
Qed.

(* Item 4: both factors updated at once. *)
Theorem S1_trained_step W0 (eta s : R) G B A :
  adapted W0 s (step_B eta s G B A) (step_A eta s G B A) - adapted W0 s B A =
  - (eta * s ^+ 2) *: (G *m A^T *m A + B *m B^T *m G)
  + (eta ^+ 2 * s ^+ 3) *: (G *m A^T *m B^T *m G).
Proof.
rewrite S1_adapted_increment /gradient_B /gradient_A.
set X := G *m A^T; set Y := B^T *m G.
have -> : B *m B^T *m G = B *m Y by rewrite mulmxA.
have -> : X *m B^T *m G = X *m Y by rewrite -mulmxA.
rewrite !mulNmx !mulmxN opprK !scalerA -?scalemxAl -?scalemxAr -?scalemxAl -opprD.
rewrite !scalerA -scalerDr scalerN !scaleNr !scalerA.
by congr (- (_ *: _) + _ *: _); ring.
Qed.

(* What training A adds to the step, exactly: two terms in B. *)
Theorem S1_trained_minus_frozen W0 (eta s : R) G B A :
  adapted W0 s (step_B eta s G B A) (step_A eta s G B A)
  - adapted W0 s (step_B eta s G B A) A =
  - (eta * s ^+ 2) *: (B *m B^T *m G)
  + (eta ^+ 2 * s ^+ 3) *: (G *m A^T *m B^T *m G).
Proof.
rewrite -[LHS](subrKA (adapted W0 s B A)) -[X in _ + X]opprB.
rewrite S1_trained_step S1_frozen_step scalerDr -!addrA addrC.
by rewrite -!addrA addNr addr0.
Qed.

(* From B = 0 the first step with A trained is the one with A frozen, and A does not move. *)
Theorem S1_first_step W0 (eta s : R) G A :
  step_A eta s G 0 A = A /\
  adapted W0 s (step_B eta s G 0 A) (step_A eta s G 0 A) - adapted W0 s 0 A =
  - (eta * s ^+ 2) *: (G *m A^T *m A).
Proof.
have stepA : step_A eta s G 0 A = A.
  by rewrite /step_A /gradient_A trmx0 mul0mx !scaler0 subr0.
by rewrite stepA S1_frozen_step.
Qed.

(* Any rule that moves B only, by -eta U (an optimiser, added noise, clipping): W moves by -eta s U A. *)
Theorem S1_any_update_of_B W0 (eta s : R) (U : 'M[R]_(n, r)) B A :
  adapted W0 s (B - eta *: U) A - adapted W0 s B A = - (eta * s) *: (U *m A).
Proof.
rewrite /adapted opprD addrACA subrr add0r -scalerBr mulmxBl addrAC subrr add0r.
by rewrite -scalemxAl scalerN scalerA scaleNr mulrC.
Qed.

(* A weighted batch: the sketch of the weighted sum of the gradients (weights 1/N for the mean). *)
Theorem S1_frozen_batch_step (I : finType) W0 (eta s : R) (w : I -> R)
    (G : I -> 'M[R]_(n, m)) B A :
  adapted W0 s (B - eta *: \sum_b w b *: gradient_B s (G b) A) A - adapted W0 s B A =
  - (eta * s ^+ 2) *: ((\sum_b w b *: G b) *m A^T *m A).
Proof.
have -> : \sum_b w b *: gradient_B s (G b) A = gradient_B s (\sum_b w b *: G b) A.
  rewrite /gradient_B mulmx_suml scaler_sumr; apply: eq_bigr => b _.
  by rewrite -scalemxAl !scalerA mulrC.
exact: S1_frozen_step.
Qed.

(* fan_in_fan_out: the stored weight is the transpose V = W^T (m x n), adapted by s (B A)^T. With the gradient
   H = G^T of the stored weight, everything is transposed: V+ - V = - eta s^2 A^T A H. *)
Theorem S1_fan_in_fan_out (V0 : 'M[R]_(m, n)) (eta s : R) (H : 'M[R]_(m, n)) B A :
  let stored B' := V0 + s *: (B' *m A)^T in
  stored (step_B eta s H^T B A) = (adapted V0^T s (step_B eta s H^T B A) A)^T /\
  stored (step_B eta s H^T B A) - stored B = - (eta * s ^+ 2) *: (A^T *m A *m H).
Proof.
have tr B' : V0 + s *: (B' *m A)^T = (adapted V0^T s B' A)^T.
  by rewrite /adapted linearD linearZ /= trmxK.
split; rewrite /= !tr // -linearB /= S1_frozen_step linearZ /=.
by rewrite !trmx_mul !trmxK mulmxA.
Qed.

End lora_step.

(* Training A is not exact in general: 1 x 1 integers with eta = s = A = B = 1 and G = 2 give 0, not -2. *)
Theorem S1_trained_step_is_not_exact :
  exists (W0 G B A : 'M[int]_1) (eta s : int),
    adapted W0 s (step_B eta s G B A) (step_A eta s G B A) - adapted W0 s B A
    <> - (eta * s ^+ 2) *: (G *m A^T *m A).
Proof.
exists 0, 2%:M, 1%:M, 1%:M, 1, 1; rewrite S1_trained_step.
rewrite !trmx1 !mulmx1 !mul1mx -scalar_mxM => /matrixP/(_ ord0 ord0).
by rewrite !mxE eqxx.
Qed.
