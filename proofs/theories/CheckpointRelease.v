(* S18: the checkpoint release, A public.

   A is any random r x m matrix, G and G' are n x m, D = G - G'. The adversary sees the pair (A, G A^T) or (A, G' A^T).
     - delta(eps) = P(D A^T <> 0) + P(D A^T = 0) max(0, 1 - exp(eps)) for every eps; P(D A^T <> 0) for eps >= 0.
     - For a regular A (NullPolynomial.v; independent normal entries, for example) and D <> 0, delta(eps) = 1 for every eps. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy MatrixSpace NullSets NullPolynomial.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section checkpoint.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n m r : nat).
(* A random matrix with any law. *)
Variable A : {mfun W >-> matrix_space R r m}.

Lemma measurable_checkpoint (G : 'M[R]_(n, m)) : measurable_fun setT
  (fun w => (A w, G *m (A w)^T) : matrix_space R r m * matrix_space R n r).
Proof.
apply: measurable_fun_prod; first exact: measurable_funP.
pose F (M : 'M[R]_(r, m)) : 'M[R]_(n, r) := G *m M^T.
apply: (@measurableT_comp _ _ _ _ _ _ (F : matrix_space R r m -> matrix_space R n r)).
  apply: polynomial_mx_measurable; apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
  by apply: polynomial_mx_tr; exact: polynomial_mx_id.
exact: measurable_funP.
Qed.

(* The law of (A, G A^T). *)
Definition checkpoint_law (G : 'M[R]_(n, m)) : probability (matrix_space R r m * matrix_space R n r)%type R :=
  distribution P (mfun_Sub (mem_set (measurable_checkpoint G))).

Lemma checkpoint_lawE (G : 'M[R]_(n, m)) (S : set ('M[R]_(r, m) * 'M[R]_(n, r))) :
  checkpoint_law G S = P [set w | S (A w, G *m (A w)^T)].
Proof. by []. Qed.

(* The event that the release differs under G and G'. *)
Definition differs (G G' : 'M[R]_(n, m)) : set W := [set w | (G - G') *m (A w)^T <> 0].

(* The pairs (M, B) with B = G M^T. *)
Let graph (G : 'M[R]_(n, m)) : set (matrix_space R r m * matrix_space R n r) :=
  [set x | x.2 = G *m x.1^T].

Let measurable_graph G : measurable (graph G).
Proof.
pose S i j : set (matrix_space R r m * matrix_space R n r) :=
  [set x : 'M[R]_(r, m) * 'M[R]_(n, r) | x.2 i j - (G *m x.1^T) i j = 0].
rewrite (_ : graph G = [set x | forall i j, S i j x]); last first.
  apply/seteqP; split=> x; rewrite /graph /S/=; first by move=> -> i j; rewrite subrr.
  by move=> h; apply/matrixP => i j; apply/eqP; rewrite -subr_eq0; apply/eqP.
apply: (finite_forall_measurable (S := fun i => [set x | forall j, S i j x])) => i.
apply: (finite_forall_measurable (S := fun j => S i j)) => j.
have pF : polynomial_mx (fun M : 'M[R]_(r, m) => G *m M^T).
  apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
  by apply: polynomial_mx_tr; exact: polynomial_mx_id.
have [m1 _] := pF i j.
have mf : measurable_fun setT
    (fun x : matrix_space R r m * matrix_space R n r =>
       (x.2 : 'M[R]_(n, r)) i j - (G *m x.1^T) i j).
  apply: measurable_funB.
    by apply: (measurableT_comp (@measurable_entry R n r i j)); exact: measurable_snd.
  by apply: (measurableT_comp m1); exact: measurable_fst.
by have := mf measurableT [set 0] (measurable_set1 0); rewrite setTI.
Qed.

Lemma measurable_differs G G' : measurable (differs G G').
Proof.
rewrite (_ : differs G G' = ~` [set w | graph G' (A w, G *m (A w)^T)]).
  apply: measurableC.
  by have := measurable_checkpoint G measurableT (measurable_graph G'); rewrite setTI.
apply/seteqP; split=> w; rewrite /differs /graph/= mulmxBl => h e; apply: h.
  by rewrite e subrr.
by apply/eqP; rewrite -subr_eq0; apply/eqP.
Qed.

Theorem S18_curve (G G' : 'M[R]_(n, m)) (eps : R) :
  privacy_curve (checkpoint_law G) (checkpoint_law G') eps =
  (P (differs G G') + P (~` differs G G') * (maxr 0 (1 - expR eps))%:E)%E.
Proof.
set t := expR eps; have t0 : 0 < t := expR_gt0 eps.
set E := differs G G'; have mE : measurable E := measurable_differs G G'.
have fin S : measurable S -> P S = (fine (P S))%:E by move=> mS; rewrite fineK// probability_fin.
apply/eqP; rewrite eq_le; apply/andP; split.
- apply: ub_ereal_sup => _ [S mS <-]; rewrite !checkpoint_lawE.
  pose SG (H : 'M[R]_(n, m)) := [set w | S (A w, H *m (A w)^T)].
  have mSG H : measurable (SG H).
    by have := measurable_checkpoint H measurableT mS; rewrite setTI.
  have same : SG G `\` E = SG G' `\` E.
    apply/seteqP; split=> w [h nE]; split=> //; have /eqP := contrapT nE;
      by rewrite mulmxBl subr_eq0 => /eqP e; rewrite /SG/= ?e// -e.
  have aE := fin _ (measurableI _ _ (mSG G) mE); have bE := fin _ (measurableI _ _ (mSG G') mE).
  have cE := fin _ (measurableD (mSG G) mE).
  have part H : P (SG H) = (P (SG H `&` E) + P (SG H `\` E))%E.
    by rewrite addeC; exact: measureDI.
  rewrite -/(SG G) -/(SG G') (part G) (part G') -same.
  have a_le : fine (P (SG G `&` E)) <= fine (P E).
    by rewrite -lee_fin -aE -fin//; apply: le_measure; rewrite ?inE//; exact: measurableI.
  have c_le : fine (P (SG G `\` E)) <= fine (P (~` E)).
    rewrite -lee_fin -cE -fin; last exact: measurableC.
    by apply: le_measure; rewrite ?inE//; first [exact: measurableD|exact: measurableC|move=> w []].
  have b0 : 0 <= fine (P (SG G' `&` E)) by rewrite fine_ge0.
  have c0 : 0 <= fine (P (SG G `\` E)) by rewrite fine_ge0.
  rewrite aE bE cE (fin E)// (fin (~` E)); last exact: measurableC.
  rewrite -!(EFinM, EFinD, EFinB) lee_fin.
  move: a_le c_le b0 c0.
  move: (fine (P (SG G `&` E))) (fine (P (SG G `\` E))) (fine (P (SG G' `&` E))) => a c b.
  move: (fine (P E)) (fine (P (~` E))) => e e' a_le c_le b0 c0.
  have [M [M0 Mt <-]] : exists M : R, [/\ 0 <= M, 1 - t <= M & M = maxr 0 (1 - t)].
    by exists (maxr 0 (1 - t)); split=> //; rewrite le_max lexx ?orbT.
  have h1 : c * (1 - t) <= c * M by exact: ler_wpM2l.
  have h2 : c * M <= e' * M by exact: ler_wpM2r.
  have h3 : 0 <= t * b by rewrite mulr_ge0// ltW.
  rewrite -/t; lra.
- have [t1|t1] := leP 1 t.
    rewrite (max_l (_ : 1 - t <= 0)) ?subr_le0// mule0 adde0.
    apply: ereal_sup_ubound; exists (graph G `\` graph G').
      by apply: measurableD; exact: measurable_graph.
    rewrite !checkpoint_lawE.
    rewrite (_ : [set w | (graph G `\` graph G') (A w, G' *m (A w)^T)] = set0); last first.
      by apply/seteqP; split=> w // -[_ h]; case: h.
    rewrite measure0 mule0 sube0; congr (P _).
    apply/seteqP; split=> w; rewrite /graph /E /differs/= mulmxBl.
      by move=> [_ ne] /eqP; rewrite subr_eq0 => /eqP.
    by move=> ne; split=> // e; apply: ne; rewrite e subrr.
  rewrite (max_r (_ : 0 <= 1 - t)); last by rewrite subr_ge0 ltW.
  apply: ereal_sup_ubound; exists (graph G); first exact: measurable_graph.
  rewrite !checkpoint_lawE (_ : [set w | graph G (A w, G *m (A w)^T)] = setT); last first.
    by apply/seteqP; split.
  rewrite (_ : [set w | graph G (A w, G' *m (A w)^T)] = ~` E).
    rewrite probability_setT probability_setC// fin//.
    by rewrite -!(EFinM, EFinD, EFinB); congr EFin; rewrite -/t; ring.
  apply/seteqP; split=> w; rewrite /graph /E /differs/= mulmxBl.
    by move=> ->; rewrite subrr.
  by move=> /contrapT/eqP; rewrite subr_eq0 => /eqP ->.
Qed.

Corollary S18_curve_nonneg (G G' : 'M[R]_(n, m)) (eps : R) : 0 <= eps ->
  privacy_curve (checkpoint_law G) (checkpoint_law G') eps = P (differs G G').
Proof.
move=> e0; rewrite S18_curve max_l ?mule0 ?adde0// subr_le0.
by rewrite -[leLHS]expR0 ler_expR.
Qed.

End checkpoint.

Section regular_matrix.
Context d (W : measurableType d) (R : realType) (P : probability W R) (n m r : nat).
Variable A : {mfun W >-> matrix_space R r m}.

Let mA : measurable_fun setT (A : W -> matrix_space R r m).
Proof. exact: measurable_funP. Qed.
Hypotheses (reg : regular P A) (r_gt0 : (0 < r)%N).

Theorem S18_no_privacy (G G' : 'M[R]_(n, m)) (eps : R) : G <> G' ->
  privacy_curve (checkpoint_law P A G) (checkpoint_law P A G') eps = 1%E.
Proof.
move=> ne; rewrite S18_curve; set E := differs _ _ _.
have mE : measurable E by exact: measurable_differs.
have [i [j Dij]] : exists i j, (G - G') i j != 0.
  apply: contrapT => h; apply: ne; apply/matrixP => i j; apply/eqP; rewrite -subr_eq0.
  by apply/negPn/negP => nz; apply: h; exists i, j; rewrite !mxE.
have pf : polynomial (fun M : 'M[R]_(r, m) => ((G - G') *m M^T) i (Ordinal r_gt0)).
  apply: (polynomial_mx_entry (F := fun M : 'M[R]_(r, m) => (G - G') *m M^T)).
  apply: polynomial_mx_mul; first exact: polynomial_mx_cst.
  by apply: polynomial_mx_tr; exact: polynomial_mx_id.
have nz : exists M : 'M[R]_(r, m), ((G - G') *m M^T) i (Ordinal r_gt0) != 0.
  exists (delta_mx (Ordinal r_gt0) j); rewrite trmx_delta mxE (bigD1 j)//= big1 ?addr0.
    by rewrite [X in _ * X]mxE !eqxx mulr1.
  by move=> k kj; rewrite [X in _ * X]mxE (negbTE kj) mulr0.
have null := reg pf nz.
have cE0 : P (~` E) = 0%E.
  apply: subset_measure0 null; first exact: measurableC.
    have := mA measurableT (polynomial_zeros_measurable pf).
    by rewrite setTI.
  by move=> w /contrapT /= ->; rewrite mxE.
rewrite cE0 mul0e adde0 -[E]setCK probability_setC; last exact: measurableC.
by rewrite cE0 sube0.
Qed.

End regular_matrix.
