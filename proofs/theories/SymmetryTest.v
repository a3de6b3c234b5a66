(* S16, the verdict: outside its two exceptions the product release of a matrix is perfectly distinguishable.

   A is a regular random r x m matrix, r >= 1: it hits no zero set of a nonzero polynomial with positive probability, as for
   independent normal entries (NullPolynomial.v).
   The adversary sees Y = G A^T A under G and Y' = G' A^T A under G'.
     - If G' and G are neither proportional nor of the form u q^T, u q'^T with one column u, then P(Y' G^T symmetric) = 0,
       while Y G^T is always symmetric.
     - If G' = c G with c <= 0 and G <> 0, then tr(Y G^T) > 0 with probability 1 and tr(Y' G^T) <= 0 always.
     - So all pairs G <> G' are perfectly distinguishable but for G' = c G, c > 0, and for G = u q^T, G' = u q'^T with nonzero
       u, q, q' where q' is no negative multiple of q: no (eps, delta)-differential privacy for any eps and any delta < 1.
   S17, item 1: T releases with one and the same A are the release of the stacked gradients. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy MatrixAlgebra MatrixSpace NullSets NullPolynomial.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section definitions.
Context (R : realType) (n m : nat).
Implicit Types (G : 'M[R]_(n, m)).

(* G' = c G with c > 0. *)
Definition scale_family G G' : Prop := exists2 c : R, 0 < c & G' = c *: G.

(* G = u q^T and G' = u q'^T, all nonzero, q' not opposite to q. *)
Definition vector_pair G G' : Prop :=
  exists (u : 'cV[R]_n) (q q' : 'cV[R]_m),
  [/\ u != 0, q != 0, q' != 0, G = u *m q^T & G' = u *m q'^T] /\ forall c : R, c < 0 -> q' <> c *: q.

(* The releases that the symmetry test accepts, and those that the trace test accepts. *)
Definition symmetry_test G : set 'M[R]_(n, m) := [set Y | symmetric (Y *m G^T)].
Definition trace_test G : set 'M[R]_(n, m) := [set Y | 0 < \tr (Y *m G^T)].

End definitions.

Section measurability.
Context (R : realType) (n m : nat).
Implicit Types (G : 'M[R]_(n, m)).

Lemma measurable_symmetry_test G : measurable (symmetry_test G : set (matrix_space R n m)).
Proof.
pose S i j : set (matrix_space R n m) := [set Y | (Y *m G^T) j i - (Y *m G^T) i j = 0].
rewrite (_ : symmetry_test G = [set Y | forall i j, S i j Y]).
  apply: (finite_forall_measurable (S := fun i => [set Y | forall j, S i j Y])) => i.
  apply: (finite_forall_measurable (S := fun j => S i j)) => j.
  have pm : polynomial_mx (fun Y : 'M[R]_(n, m) => Y *m G^T).
    by apply: polynomial_mx_mul; [exact: polynomial_mx_id|exact: polynomial_mx_cst].
  by apply: polynomial_zeros_measurable; apply: polynomialB; exact: pm.
apply/seteqP; split=> Y; rewrite /symmetry_test /symmetric /S/=.
  by move=> /matrixP h i j; have := h i j; rewrite mxE => ->; rewrite subrr.
by move=> h; apply/matrixP => i j; rewrite mxE; apply/eqP; rewrite -subr_eq0; apply/eqP.
Qed.

Lemma polynomial_trace G : polynomial (fun Y : 'M[R]_(n, m) => \tr (Y *m G^T)).
Proof.
apply: polynomial_sum => i; apply: (polynomial_mx_entry (F := fun Y => Y *m G^T)).
by apply: polynomial_mx_mul; [exact: polynomial_mx_id|exact: polynomial_mx_cst].
Qed.

Lemma measurable_trace_test G : measurable (trace_test G : set (matrix_space R n m)).
Proof.
have [mt _] := polynomial_trace G.
have h : measurable (setT `&` [set Y : matrix_space R n m | (0%:E < (\tr (Y *m G^T))%:E)%E]).
  by apply: emeasurable_fun_lt => //; exact/measurable_EFinP.
by rewrite setTI in h.
Qed.

Lemma polynomial_release r G : polynomial_mx (fun A : 'M[R]_(r, m) => release G A).
Proof.
apply: polynomial_mx_mul; last exact: polynomial_mx_id.
apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
by apply: polynomial_mx_tr; exact: polynomial_mx_id.
Qed.

End measurability.

Section trace.
Context (R : realType) (n m r : nat).
Implicit Types (G : 'M[R]_(n, m)).

Lemma trace_gram k l (B : 'M[R]_(k, l)) : \tr (B^T *m B) = \sum_i \sum_j B j i ^+ 2.
Proof.
by apply: eq_bigr => i _; rewrite mxE; apply: eq_bigr => j _; rewrite mxE expr2.
Qed.

Lemma release_gram G (A : 'M[R]_(r, m)) : release G A *m G^T = (A *m G^T)^T *m (A *m G^T).
Proof. by rewrite /release trmx_mul trmxK !mulmxA. Qed.

Lemma trace_release_ge0 G (A : 'M[R]_(r, m)) : 0 <= \tr (release G A *m G^T).
Proof.
by rewrite release_gram trace_gram; apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; exact: sqr_ge0.
Qed.

Lemma trace_release_neq0 G : (0 < r)%N -> G != 0 ->
  exists A : 'M[R]_(r, m), \tr (release G A *m G^T) != 0.
Proof.
move=> r0 G0; have [i [j Gij]] : exists i j, G i j != 0.
  apply: contrapT => h; move/eqP: G0; apply; apply/matrixP => i j; rewrite mxE.
  by apply/eqP; apply/negPn/negP => ne; apply: h; exists i, j.
exists (delta_mx (Ordinal r0) j); rewrite release_gram trace_gram.
rewrite psumr_neq0; last by move=> k _; apply: sumr_ge0 => l _; exact: sqr_ge0.
apply/hasP; exists i; rewrite ?mem_index_enum//=.
rewrite (bigD1 (Ordinal r0))//= ltr_pwDl//; last by apply: sumr_ge0 => l _; exact: sqr_ge0.
rewrite (_ : _ *m _ = \matrix_(k, l) ((k == Ordinal r0)%:R * G l j)).
  by rewrite mxE eqxx mul1r exprn_even_gt0.
apply/matrixP => k l; rewrite !mxE (bigD1 j)//= !mxE eqxx andbT big1 ?addr0// => j' j'j.
by rewrite !mxE (negbTE j'j) andbF mul0r.
Qed.

End trace.

Section verdict.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Let mA : measurable_fun setT (A : W -> matrix_space R r m).
Proof. exact: measurable_funP. Qed.
Implicit Types (G : 'M[R]_(n, m)).

Lemma measurable_release_of G :
  measurable_fun setT (fun w => release G (A w) : matrix_space R n m).
Proof.
apply: (@measurableT_comp _ _ _ _ _ _ (fun M : matrix_space R r m => release G M : matrix_space R n m)).
  exact: (polynomial_mx_measurable (polynomial_release r G)).
exact: mA.
Qed.

(* The law of Y = G A^T A. *)
Definition release_law G : probability (matrix_space R n m) R :=
  distribution P (mfun_Sub (mem_set (measurable_release_of G))).

Lemma release_lawE G (S : set 'M[R]_(n, m)) :
  release_law G S = P [set w | S (release G (A w))].
Proof. by []. Qed.

Hypotheses (reg : regular P A) (r_gt0 : (0 < r)%N).

Theorem S16_symmetry_always G : release_law G (symmetry_test G) = 1%E.
Proof.
rewrite release_lawE (_ : [set w | _] = setT) ?probability_setT//.
by apply/seteqP; split=> w // _; exact: S16_symmetric.
Qed.

Theorem S16_symmetry_null G G' : ~ proportional G G' -> ~ common_column G G' ->
  release_law G' (symmetry_test G) = 0%E.
Proof.
move=> np nc; have : ~ locally_parallel G G' by move=> /S16_dichotomy[].
rewrite -(S16_symmetric_for_all G G' r_gt0) => /existsNP[A0 ns].
pose f i j (M : 'M[R]_(r, m)) := (release G' M *m G^T) j i - (release G' M *m G^T) i j.
have pf i j : polynomial (f i j).
  have pm : polynomial_mx (fun M : 'M[R]_(r, m) => release G' M *m G^T).
    by apply: polynomial_mx_mul; [exact: polynomial_release|exact: polynomial_mx_cst].
  by apply: polynomialB; exact: pm.
have [i [j fij]] : exists i j, f i j A0 != 0.
  apply: contrapT => h; apply: ns; apply/matrixP => i j; rewrite mxE; apply/eqP.
  by rewrite -subr_eq0; apply/negPn/negP => ne; apply: h; exists i, j.
have := reg (pf i j) (ex_intro _ A0 fij).
apply: subset_measure0.
- by have := measurable_release_of G' measurableT (measurable_symmetry_test G); rewrite setTI.
- have mz := polynomial_zeros_measurable (pf i j).
  by have := mA measurableT mz; rewrite setTI.
- by move=> w; rewrite /symmetry_test /symmetric/= /f => e; rewrite -{1}e mxE subrr.
Qed.

(* G' = c G with c <= 0. *)
Lemma S16_opposite G (c : R) : c <= 0 -> G != 0 ->
  perfectly_distinguishable (release_law G) (release_law (c *: G)).
Proof.
move=> c0 G0; exists (trace_test G); split; first exact: measurable_trace_test.
- have pf : polynomial (fun M : 'M[R]_(r, m) => \tr (release G M *m G^T)).
    apply: polynomial_sum => i; apply: (polynomial_mx_entry (F := fun M => release G M *m G^T)).
    by apply: polynomial_mx_mul; [exact: polynomial_release|exact: polynomial_mx_cst].
  have null := reg pf (trace_release_neq0 r_gt0 G0).
  have mS : measurable [set w | trace_test G (release G (A w))].
    by have := measurable_release_of G measurableT (measurable_trace_test G); rewrite setTI.
  rewrite release_lawE -[X in P X]setCK probability_setC; last exact: measurableC.
  rewrite [X in P X](_ : _ = [set w | \tr (release G (A w) *m G^T) = 0]).
    by rewrite null sube0.
  apply/seteqP; split=> w; rewrite /trace_test/=; last by move=> ->; rewrite ltxx.
  move/negP; rewrite -leNgt => le0; apply/eqP.
  by rewrite eq_le le0 trace_release_ge0.
- rewrite release_lawE (_ : [set w | _] = set0) ?measure0//.
  apply/seteqP; split=> w //; rewrite /trace_test/= /release -!scalemxAl mxtraceZ.
  by apply/negP; rewrite -leNgt mulr_le0_ge0// trace_release_ge0.
Qed.

Theorem S16_perfectly_distinguishable G G' :
  G <> G' -> ~ vector_pair G G' -> ~ scale_family G G' ->
  perfectly_distinguishable (release_law G) (release_law G').
Proof.
move=> ne nv ns.
have prop c : G' = c *: G -> perfectly_distinguishable (release_law G) (release_law G').
  move=> e; have [c0|c0] := ltP 0 c; first by case: ns; exists c.
  rewrite e; apply: S16_opposite => //; apply/eqP => G0; apply: ne.
  by rewrite e G0 scaler0.
have prop' c : G = c *: G' -> perfectly_distinguishable (release_law G) (release_law G').
  move=> e; have [c0|c0] := ltP 0 c.
    case: ns; exists c^-1; first by rewrite invr_gt0.
    by rewrite e scalerA mulVf ?scale1r// gt_eqF.
  apply: perfectly_distinguishable_sym; rewrite e; apply: S16_opposite => //.
  by apply/eqP => G0; apply: ne; rewrite e G0 scaler0.
have [[c [e|e]]|np] := pselect (proportional G G'); [exact: prop e|exact: prop' e|].
have [[u [q [q' [e e']]]]|nc] := pselect (common_column G G'); last first.
  exists (symmetry_test G); split; first exact: measurable_symmetry_test.
    exact: S16_symmetry_always.
  exact: S16_symmetry_null.
have [u0|u0] := eqVneq u 0.
  by case: ne; rewrite e e' u0 !mul0mx.
have [q0|q0] := eqVneq q 0.
  by apply: (prop' 0); rewrite e q0 trmx0 mulmx0 scale0r.
have [q0'|q0'] := eqVneq q' 0.
  by apply: (prop 0); rewrite e' q0' trmx0 mulmx0 scale0r.
have [[c [c0 eq]]|nopp] := pselect (exists c : R, c < 0 /\ q' = c *: q).
  by apply: (prop c); rewrite e e' eq linearZ/= -scalemxAr.
case: nv; exists u, q, q'; split=> // c c0 eq.
by apply: nopp; exists c.
Qed.

(* No (eps, delta)-differential privacy for any eps and any delta < 1, in either direction; the curve is 1. *)
Corollary S16_no_privacy G G' eps delta :
  G <> G' -> ~ vector_pair G G' -> ~ scale_family G G' -> delta < 1 ->
  [/\ ~ dp_le eps delta (release_law G) (release_law G'),
      ~ dp_le eps delta (release_law G') (release_law G),
      privacy_curve (release_law G) (release_law G') eps = 1%E
    & privacy_curve (release_law G') (release_law G) eps = 1%E].
Proof.
move=> ne nv ns d1; have pd := S16_perfectly_distinguishable ne nv ns.
have [? ?] := perfectly_distinguishable_not_dp eps pd d1.
by have [? ?] := perfectly_distinguishable_curve eps pd.
Qed.

End verdict.
