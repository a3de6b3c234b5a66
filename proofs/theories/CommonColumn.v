(* S16, item 1, the protected case of S17, and S14, item 4.

   G = u q^T with u <> 0: the release Y = u (A^T A q)^T and the vector A^T A q = Y^T u / ||u||^2 determine each other, so the
   pair (u q^T, u q'^T) has the privacy curve of the vector release A^T A q against A^T A q'. A is any random matrix.
   S17, item 1: T releases with G_t = u_t q^T and G'_t = u_t q'^T, not all u_t zero, have the same curve: steps after the
   first cost nothing.
   S14, item 4: q and -q, q <> 0, are perfectly distinguishable, however small q is: without a norm floor there is no
   (eps, delta)-differential privacy with delta < 1 (A regular, NullPolynomial.v). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy MatrixAlgebra MatrixSpace NullSets NullPolynomial.
From LoraPrivacy Require Import SymmetryTest ReusedSketch ProjectionAlgebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section reversible.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).

(* Two releases that determine each other, by measurable maps, have the same curve. *)
Lemma privacy_curve_reversible (P Q : set T -> \bar R) (P' Q' : set T' -> \bar R)
    (f : T -> T') (g : T' -> T) (eps : R) :
  measurable_fun setT f -> measurable_fun setT g ->
  (forall S, measurable S -> P' S = P (f @^-1` S)) -> (forall S, measurable S -> Q' S = Q (f @^-1` S)) ->
  (forall S, measurable S -> P S = P' (g @^-1` S)) -> (forall S, measurable S -> Q S = Q' (g @^-1` S)) ->
  privacy_curve P' Q' eps = privacy_curve P Q eps.
Proof.
move=> mf mg Pf Qf Pg Qg; rewrite /privacy_curve /excess; congr ereal_sup.
apply/seteqP; split=> x [S mS <-].
- exists (f @^-1` S); last by rewrite Pf// Qf//.
  by have := mf measurableT _ mS; rewrite setTI.
- exists (g @^-1` S); last by rewrite Pg// Qg//.
  by have := mg measurableT _ mS; rewrite setTI.
Qed.

End reversible.

Section column.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Let mA : measurable_fun setT (A : W -> matrix_space R r m).
Proof. exact: measurable_funP. Qed.

Lemma measurable_vector_release (q : 'cV[R]_m) : measurable_fun setT
  (fun w => (A w)^T *m A w *m q : matrix_space R m 1).
Proof.
pose F (M : 'M[R]_(r, m)) : 'cV[R]_m := M^T *m M *m q.
apply: (@measurableT_comp _ _ _ _ _ _ (F : matrix_space R r m -> matrix_space R m 1)).
  have pid := @polynomial_mx_id R r m; have pt := polynomial_mx_tr pid.
  apply: polynomial_mx_measurable; apply: polynomial_mx_mul; last exact: polynomial_mx_cst.
  by apply: polynomial_mx_mul; [exact: pt|exact: pid].
exact: mA.
Qed.

(* The law of the vector release A^T A q. *)
Definition vector_law (q : 'cV[R]_m) : probability (matrix_space R m 1) R :=
  distribution P (mfun_Sub (mem_set (measurable_vector_release q))).

Lemma release_column (u : 'cV[R]_n) (q : 'cV[R]_m) (M : 'M[R]_(r, m)) :
  release (u *m q^T) M = u *m (M^T *m M *m q)^T.
Proof. by rewrite /release !trmx_mul !trmxK !mulmxA. Qed.

Theorem S16_common_column_curve (u : 'cV[R]_n) (q q' : 'cV[R]_m) (eps : R) : u != 0 ->
  privacy_curve (release_law P A (u *m q^T)) (release_law P A (u *m q'^T)) eps =
  privacy_curve (vector_law q) (vector_law q') eps.
Proof.
move=> u0; have s0 := sqnorm_neq0 u0.
pose f (v : 'cV[R]_m) : 'M[R]_(n, m) := u *m v^T.
pose g (Y : 'M[R]_(n, m)) : 'cV[R]_m := (sqnorm u)^-1%:M *m (Y^T *m u).
have mf : measurable_fun setT (f : matrix_space R m 1 -> matrix_space R n m).
  apply: polynomial_mx_measurable; apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
  by apply: polynomial_mx_tr; exact: polynomial_mx_id.
have mg : measurable_fun setT (g : matrix_space R n m -> matrix_space R m 1).
  apply: polynomial_mx_measurable; apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
  apply: polynomial_mx_mul; last exact: polynomial_mx_cst.
  by apply: polynomial_mx_tr; exact: polynomial_mx_id.
have gf v : g (f v) = v.
  rewrite /g /f trmx_mul trmxK -mulmxA (_ : u^T *m u = (sqnorm u)%:M).
    by rewrite mul_mx_scalar mul_scalar_mx scalerA mulVf// scale1r.
  by rewrite [LHS]mx11_scalar.
have fE (q0 : 'cV[R]_m) S : release_law P A (u *m q0^T) S = vector_law q0 (f @^-1` S).
  rewrite release_lawE; congr (P _); apply/seteqP.
  by split=> w; rewrite /f/= release_column.
have gE (q0 : 'cV[R]_m) S : vector_law q0 S = release_law P A (u *m q0^T) (g @^-1` S).
  rewrite release_lawE; congr (P _); apply/seteqP.
  by split=> w; rewrite /= release_column -/(f _) gf.
exact: (privacy_curve_reversible eps mf mg).
Qed.

End column.

Section steps.
Context d (W : measurableType d) (R : realType) (P : probability W R) (T : nat) (p : 'I_T -> nat) (m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Theorem S17_common_vectors_curve (u : forall t, 'cV[R]_(p t)) (q q' : 'cV[R]_m) (eps : R) :
  (exists t, u t != 0) ->
  privacy_curve (release_law P A (stack (fun t => u t *m q^T)))
                (release_law P A (stack (fun t => u t *m q'^T))) eps =
  privacy_curve (vector_law P A q) (vector_law P A q') eps.
Proof.
move=> [t ut]; pose U : 'cV[R]_(\sum_t p t) := \mxcol_t u t.
have E (v : 'cV[R]_m) : stack (fun t => u t *m v^T) = U *m v^T.
  by rewrite stack_column; apply: eq_mxcol => s; rewrite mxcolK.
rewrite !E; apply: S16_common_column_curve; apply: contra_neq ut => U0.
by rewrite -(mxcolK u t) -/U U0 submxcol0.
Qed.

End steps.

Section no_norm_floor.
Context d (W : measurableType d) (R : realType) (P : probability W R) (m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Let mA : measurable_fun setT (A : W -> matrix_space R r m).
Proof. exact: measurable_funP. Qed.
Hypotheses (reg : regular P A) (r_gt0 : (0 < r)%N).

Theorem S14_no_norm_floor (q : 'cV[R]_m) (eps : R) : q != 0 ->
  privacy_curve (vector_law P A q) (vector_law P A (- q)) eps = 1%E.
Proof.
move=> q0; pose u : 'cV[R]_1 := const_mx 1.
have u0 : u != 0.
  by apply/eqP => /matrixP/(_ ord0 ord0)/eqP; rewrite !mxE oner_eq0.
have G0 : u *m q^T != 0.
  apply: contra_neq q0 => /(congr1 (mulmx u^T)); rewrite mulmxA mulmx0.
  rewrite (_ : u^T *m u = 1%:M) ?mul1mx; last first.
    by apply/matrixP => i j; rewrite !ord1 mxE big_ord1 !mxE mulr1.
  by move=> /(congr1 trmx); rewrite trmxK trmx0.
have opp : u *m (- q)^T = -1 *: (u *m q^T) by rewrite linearN/= mulmxN scaleN1r.
rewrite -(S16_common_column_curve P A q (- q) eps u0) opp.
have c0 : -1 <= 0 :> R by rewrite oppr_le0.
have pd := S16_opposite reg r_gt0 c0 G0.
by have [] := perfectly_distinguishable_curve eps pd.
Qed.

End no_norm_floor.
