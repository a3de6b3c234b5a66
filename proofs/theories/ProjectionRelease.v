(* S25, the verdict: the projection release is never private.

   A is a regular random r x m matrix, 1 <= r <= m: it hits no zero set of a nonzero polynomial with positive probability,
   as for independent normal entries (NullPolynomial.v).
   The adversary sees Y = c G S, S the orthogonal projection on the row space of A (ProjectionAlgebra.v) and c <> 0 known:
   c = 1 or c = m/r. For any G <> G', zero allowed, the two releases are perfectly distinguishable: no
   (eps, delta)-differential privacy for any eps and any delta < 1. One row is n = 1.
   For a vector q and r < m the test is whether <y, q> = ||y||^2 / c; for r = m it is y = c q. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import DifferentialPrivacy MatrixSpace EntryLaws NullSets NullPolynomial ProjectionAlgebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section tests.
Context (R : realType) (m : nat).
Implicit Types (q : 'cV[R]_m).

(* The releases c S q that pass the test for q; the test for r = m. *)
Definition sphere_test (c : R) q : set 'cV[R]_m := [set y | dot y q = c^-1 * sqnorm y].
Definition point_test (c : R) q : set 'cV[R]_m := [set c *: q].

Lemma measurable_sphere_test c q : measurable (sphere_test c q : set (matrix_space R m 1)).
Proof.
pose f (y : 'cV[R]_m) := dot y q - c^-1 * sqnorm y.
rewrite (_ : sphere_test c q = [set y | f y = 0]); last first.
  apply/seteqP; split=> y; rewrite /sphere_test /f/=; first by move=> ->; rewrite subrr.
  by move=> /eqP; rewrite subr_eq0 => /eqP.
have pid : polynomial_mx (fun y : 'cV[R]_m => y) by exact: polynomial_mx_id.
apply: polynomial_zeros_measurable; apply: polynomialB.
  apply: (polynomial_mx_entry (F := fun y : 'cV[R]_m => y^T *m q)).
  by apply: polynomial_mx_mul; [exact: polynomial_mx_tr|exact: polynomial_mx_cst].
apply: polynomialM; first exact: polynomial_cst.
apply: (polynomial_mx_entry (F := fun y : 'cV[R]_m => y^T *m y)).
by apply: polynomial_mx_mul => //; exact: polynomial_mx_tr.
Qed.

Lemma measurable_point_test c q : measurable (point_test c q : set (matrix_space R m 1)).
Proof.
apply: sub_sigma_algebra; exists (fun i j => [set (c *: q) i j]); split=> //.
apply/seteqP; split=> y /=; first by move=> ->.
by move=> h; apply/matrixP => i j; exact: h.
Qed.

End tests.

Section measurability.
Context (R : realType).

Lemma measurable_inv : measurable_fun setT (@GRing.inv R).
Proof.
rewrite -(setUv [set 0]); apply/measurable_funU => //; first exact: measurableC.
split; first exact: measurable_fun_set1.
apply: open_continuous_measurable_fun.
  by apply: closed_openC; exact: closed_eq.
by move=> x; rewrite inE => /eqP x0; exact: inv_continuous.
Qed.

Lemma polynomial_scaled_projection r m :
  polynomial_mx (fun A : 'M[R]_(r, m) => scaled_projection A).
Proof.
have pid := @polynomial_mx_id R r m; have pt := polynomial_mx_tr pid.
apply: polynomial_mx_mul; last exact: pid.
apply: polynomial_mx_mul; first exact: pt.
by apply: polynomial_adj; apply: polynomial_mx_mul; [exact: pid|exact: pt].
Qed.

Lemma measurable_projection n r m (c : R) (G : 'M[R]_(n, m)) :
  measurable_fun setT
    (fun A : matrix_space R r m => c *: (G *m row_projection A) : matrix_space R n m).
Proof.
have pN : polynomial_mx (fun A : 'M[R]_(r, m) => A *m A^T).
  by apply: polynomial_mx_mul; [exact: polynomial_mx_id|apply: polynomial_mx_tr; exact: polynomial_mx_id].
have pS : polynomial_mx (fun A : 'M[R]_(r, m) => G *m scaled_projection A).
  by apply: polynomial_mx_mul; [exact: polynomial_mx_cst|exact: polynomial_scaled_projection].
have [md _] := polynomial_det pN.
apply: measurable_matrix => i j; have [mS _] := pS i j.
rewrite (_ : (fun A : matrix_space R r m => _) =
  (fun A : matrix_space R r m => c * ((gram_det A)^-1 * (G *m scaled_projection A) i j))).
  apply: measurable_funM => //; apply: measurable_funM => //.
  by apply: measurableT_comp => //; exact: measurable_inv.
by apply/funext => A; rewrite /row_projection -scalemxAr !mxE.
Qed.

End measurability.

Section verdict.
Context d (W : measurableType d) (R : realType) (P : probability W R) (r m : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Let mA : measurable_fun setT (A : W -> matrix_space R r m).
Proof. exact: measurable_funP. Qed.

Lemma measurable_projection_of n (c : R) (G : 'M[R]_(n, m)) : measurable_fun setT
  (fun w => c *: (G *m row_projection (A w)) : matrix_space R n m).
Proof.
apply: (@measurableT_comp _ _ _ _ _ _
  (fun M : matrix_space R r m => c *: (G *m row_projection M) : matrix_space R n m)).
  exact: measurable_projection.
exact: mA.
Qed.

(* The law of Y = c G S. *)
Definition projection_law n (c : R) (G : 'M[R]_(n, m)) : probability (matrix_space R n m) R :=
  distribution P (mfun_Sub (mem_set (measurable_projection_of c G))).

Lemma projection_lawE n c (G : 'M[R]_(n, m)) (S : set 'M[R]_(n, m)) :
  projection_law c G S = P [set w | S (c *: (G *m row_projection (A w)))].
Proof. by []. Qed.

Hypothesis reg : regular P A.

(* The event that the release c S q of the vector q lies in T. *)
Let event c (q : 'cV[R]_m) (T : set 'cV[R]_m) : set W :=
  [set w | T (c *: (row_projection (A w) *m q))].

Let measurable_event c q (T : set 'cV[R]_m) :
  measurable (T : set (matrix_space R m 1)) -> measurable (event c q T).
Proof.
move=> mT; pose T' : set (matrix_space R 1 m) := [set y | T y^T].
have mT' : measurable T'.
  have mt : measurable_fun setT (fun y : matrix_space R 1 m => y^T : matrix_space R m 1).
    by apply: (polynomial_mx_measurable (polynomial_mx_tr (@polynomial_mx_id R 1 m))).
  by have := mt measurableT _ mT; rewrite setTI.
have := measurable_projection_of c q^T measurableT mT'; rewrite setTI.
rewrite (_ : _ @^-1` _ = event c q T)//; apply/seteqP.
by split=> w; rewrite /T' /event/= linearZ/= trmx_mul trmxK row_projection_sym.
Qed.

Let polynomial_gram_det : polynomial (fun M : 'M[R]_(r, m) => gram_det M).
Proof.
apply: polynomial_det; apply: polynomial_mx_mul; first exact: polynomial_mx_id.
by apply: polynomial_mx_tr; exact: polynomial_mx_id.
Qed.

Let measurable_zeros (f : 'M[R]_(r, m) -> R) : polynomial f ->
  measurable [set w | f (A w) = 0].
Proof.
move=> pf; have := mA measurableT (polynomial_zeros_measurable pf).
by rewrite setTI.
Qed.

Hypothesis r_le_m : (r <= m)%N.

Let singular_null : P [set w | gram_det (A w) = 0] = 0%E.
Proof. exact: (reg polynomial_gram_det (gram_det_exists R r_le_m)). Qed.

(* An event that happens only where f vanishes, for a nonzero polynomial f, or where A A^T is singular. *)
Let event0 c q (T : set 'cV[R]_m) (f : 'M[R]_(r, m) -> R) : measurable (T : set (matrix_space R m 1)) ->
  polynomial f -> (exists M, f M != 0) ->
  (forall M : 'M[R]_(r, m), gram_det M != 0 -> T (c *: (row_projection M *m q)) -> f M = 0) ->
  P (event c q T) = 0%E.
Proof.
move=> mT pf f0 h; have fnull := reg pf f0.
have m1 := measurable_zeros polynomial_gram_det; have m2 := measurable_zeros pf.
apply: (@subset_measure0 _ _ _ P _
  ([set w | gram_det (A w) = 0] `|` [set w | f (A w) = 0])).
- exact: measurable_event.
- exact: measurableU.
- move=> w Tw; have [g0|g0] := eqVneq (gram_det (A w)) 0; first by left.
  by right; exact: h.
- apply/eqP; rewrite -measure_le0.
  apply: (@le_trans _ _ (P [set w | gram_det (A w) = 0%R] +
    P [set w | f (A w) = 0%R])%E); first exact: measureU2.
  by rewrite singular_null fnull adde0.
Qed.

Let event1 c q (T : set 'cV[R]_m) : measurable (T : set (matrix_space R m 1)) ->
  (forall M : 'M[R]_(r, m), gram_det M != 0 -> T (c *: (row_projection M *m q))) -> P (event c q T) = 1%E.
Proof.
move=> mT h; rewrite -[X in P X]setCK probability_setC; last exact/measurableC/measurable_event.
rewrite (subset_measure0 _ (measurable_zeros polynomial_gram_det) _ singular_null) ?sube0//.
  exact/measurableC/measurable_event.
move=> w /= nT; apply/eqP; apply/negPn/negP => g0; apply: nT; exact: h.
Qed.

Hypothesis r_gt0 : (0 < r)%N.

(* For r < m: the test for q' accepts the release of q' always, that of q <> 0, q <> q', never. *)
Let sphere_test_always c q : c != 0 -> P (event c q (sphere_test c q)) = 1%E.
Proof.
move=> c0; apply: event1; first exact: measurable_sphere_test.
move=> M g0; rewrite /sphere_test/=; apply: S25_rescaled => //.
exact: row_projection_orthogonal.
Qed.

Let sphere_test_never c q q' : c != 0 -> (r < m)%N -> q != 0 -> q != q' ->
  P (event c q (sphere_test c q')) = 0%E.
Proof.
move=> c0 rm q0 qq'.
have e0 : q - q' != 0 by rewrite subr_eq0.
have ex := S25_not_identically_zero r_gt0 rm q0 e0.
apply: (event0 (f := fun M => dot (scaled_projection M *m q) (q - q'))) => //.
- exact: measurable_sphere_test.
- apply: (polynomial_mx_entry (F := fun M : 'M[R]_(r, m) => (scaled_projection M *m q)^T *m (q - q'))).
  apply: polynomial_mx_mul; last exact: polynomial_mx_cst.
  apply: polynomial_mx_tr; apply: polynomial_mx_mul; last exact: polynomial_mx_cst.
  exact: polynomial_scaled_projection.
move=> M g0; rewrite /sphere_test/= => h'.
have h := S25_rescaled q c0 (row_projection_orthogonal g0).
have : dot (c *: (row_projection M *m q)) (q - q') = 0 by rewrite dotBr h h' subrr.
rewrite dotZl /row_projection -scalemxAl dotZl => /eqP.
by rewrite !mulf_eq0 (negbTE c0) invr_eq0 (negbTE g0) => /eqP.
Qed.

(* For r = m: the release is c q itself. *)
Let point_test_always c q : r = m -> P (event c q (point_test c q)) = 1%E.
Proof.
move=> rm; apply: event1; first exact: measurable_point_test.
by move=> M g0; rewrite row_projection_full// mul1mx.
Qed.

Let point_test_never c q q' : r = m -> c != 0 -> q != q' ->
  P (event c q (point_test c q')) = 0%E.
Proof.
move=> rm c0 qq'; have [M0 g0] := gram_det_exists R r_le_m.
apply: (event0 (f := fun=> 1)); first exact: measurable_point_test.
- exact: polynomial_cst.
- by exists M0; exact: oner_neq0.
move=> M gM; rewrite row_projection_full// mul1mx => /(scalerI c0) e.
by move: qq'; rewrite e eqxx.
Qed.

Let distinguishing_test c q q' : c != 0 -> q != q' -> exists T : set 'cV[R]_m,
  [/\ measurable (T : set (matrix_space R m 1)), P (event c q T) = 1%E & P (event c q' T) = 0%E].
Proof.
move=> c0 qq'; have q'q : q' != q by rewrite eq_sym.
have [rm|rm] := ltnP r m; last first.
  have rE : r = m by apply/eqP; rewrite eqn_leq r_le_m.
  exists (point_test c q); split; [exact: measurable_point_test|exact: point_test_always|].
  exact: point_test_never.
have [q0|q0] := eqVneq q 0.
  exists (sphere_test c q); split; [exact: measurable_sphere_test|exact: sphere_test_always|].
  by apply: sphere_test_never => //; rewrite -q0.
exists (~` sphere_test c q'); have ms := measurable_sphere_test c q'; split.
- exact: measurableC.
- rewrite (_ : event c q _ = ~` event c q (sphere_test c q')) ?probability_setC//.
    by rewrite sphere_test_never// sube0.
  exact: measurable_event.
- rewrite (_ : event c q' _ = ~` event c q' (sphere_test c q')) ?probability_setC//.
    by rewrite sphere_test_always// subee.
  exact: measurable_event.
Qed.

Theorem S25_perfectly_distinguishable n (c : R) (G G' : 'M[R]_(n, m)) : c != 0 -> G <> G' ->
  perfectly_distinguishable (projection_law c G) (projection_law c G').
Proof.
move=> c0 ne; have [i rne] : exists i, row i G != row i G'.
  apply: contrapT => h; apply: ne; apply/row_matrixP => i.
  by apply/eqP; apply/negPn/negP => ri; apply: h; exists i.
have qne : (row i G)^T != (row i G')^T by apply: contra_neq rne; exact: trmx_inj.
have [T [mT T1 T0]] := distinguishing_test c0 qne.
have rowE (H : 'M[R]_(n, m)) (M : 'M[R]_(r, m)) :
    (row i (c *: (H *m row_projection M)))^T = c *: (row_projection M *m (row i H)^T).
  by rewrite linearZ/= linearZ/= row_mul trmx_mul row_projection_sym.
exists [set Y : 'M[R]_(n, m) | T (row i Y)^T]; split.
- have mr : measurable_fun setT (fun Y : matrix_space R n m => (row i Y)^T : matrix_space R m 1).
    apply: (polynomial_mx_measurable (F := fun Y => (row i Y)^T)) => a b.
    by apply: (polynomial_eq (g := fun Y : 'M[R]_(n, m) => Y i a)) => [Y|];
      [rewrite !mxE|exact: polynomial_entry].
  by have := mr measurableT _ mT; rewrite setTI.
- rewrite projection_lawE -T1; congr (P _).
  by apply/seteqP; split=> w; rewrite /event/= rowE.
- rewrite projection_lawE -T0; congr (P _).
  by apply/seteqP; split=> w; rewrite /event/= rowE.
Qed.

Corollary S25_no_privacy n (c : R) (G G' : 'M[R]_(n, m)) (eps delta : R) :
  c != 0 -> G <> G' -> delta < 1 ->
  [/\ ~ dp_le eps delta (projection_law c G) (projection_law c G'),
      ~ dp_le eps delta (projection_law c G') (projection_law c G),
      privacy_curve (projection_law c G) (projection_law c G') eps = 1%E
    & privacy_curve (projection_law c G') (projection_law c G) eps = 1%E].
Proof.
move=> c0 ne d1; have pd := S25_perfectly_distinguishable c0 ne.
have [? ?] := perfectly_distinguishable_not_dp eps pd d1.
by have [? ?] := perfectly_distinguishable_curve eps pd.
Qed.

End verdict.

Section gaussian.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n r m : nat).
Variable A : 'I_r -> 'I_m -> {RV P >-> R}.

(* The release (m/r) G S for independent N(0, 1/r) entries. *)
Theorem S25_gaussian (G G' : 'M[R]_(n, m)) (eps delta : R) : (0 < r)%N -> (r <= m)%N ->
  gaussian_entries A -> G <> G' -> delta < 1 ->
  let law := @projection_law _ _ _ P _ _ (matrix_of A) n (m%:R / r%:R) in
  [/\ ~ dp_le eps delta (law G) (law G'), ~ dp_le eps delta (law G') (law G),
      privacy_curve (law G) (law G') eps = 1%E & privacy_curve (law G') (law G) eps = 1%E].
Proof.
move=> r0 rm gauss ne d1 law; apply: S25_no_privacy => //.
- exact: gaussian_regular.
- by rewrite mulf_neq0 ?invr_eq0// pnatr_eq0 -lt0n// (leq_trans r0).
Qed.

End gaussian.
