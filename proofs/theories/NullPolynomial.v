(* The zero set of a nonzero polynomial in independent, atomless entries is null.

   A is a random n x m matrix with mutually independent entries without atoms; f is a polynomial function of a
   matrix (MatrixSpace.v). If f M <> 0 for one matrix M, then P(f(A) = 0) = 0. By induction over the entries: mix J x z is
   the matrix with the entries of x at the positions of J and those of z elsewhere; one further entry is independent of
   mix J A z, and for almost all values of the latter f is a nonzero polynomial in it, with finitely many roots.

   A random matrix is called regular here if it hits the zero set of every nonzero polynomial function with probability 0:
   independent entries without atoms, in particular normal entries, and every law that such a law dominates. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import Independence GradientLaw MatrixSpace EntryLaws NullSets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section mix.
Context (R : realType) (n m : nat).
Implicit Types (J : seq ('I_n * 'I_m)) (x z : 'M[R]_(n, m)).

Definition mix J x z : 'M[R]_(n, m) := \matrix_(i, j) if (i, j) \in J then x i j else z i j.

Lemma mix_nil x z : mix [::] x z = z.
Proof. by apply/matrixP => i j; rewrite mxE. Qed.

Lemma mix_all x z : mix (index_enum _) x z = x.
Proof. by apply/matrixP => i j; rewrite mxE mem_index_enum. Qed.

Lemma mix_cons i j J x z : mix ((i, j) :: J) x z = set_entry (mix J x z) i j (x i j).
Proof.
apply/matrixP => k l; rewrite !mxE in_cons xpair_eqE.
by case: (boolP (_ && _)) => //= /andP[/eqP -> /eqP ->].
Qed.

Lemma mix_set_entry i j J x z t : (i, j) \notin J ->
  mix J x (set_entry z i j t) = set_entry (mix J x z) i j t.
Proof.
move=> ij; apply/matrixP => k l; rewrite !mxE.
by case: (boolP (_ && _)) => // /andP[/eqP -> /eqP ->]; rewrite (negbTE ij).
Qed.

Lemma measurable_set_entry i j t :
  measurable_fun setT (fun M : matrix_space R n m => set_entry M i j t : matrix_space R n m).
Proof.
apply: measurable_matrix => k l; case: (boolP ((k == i) && (l == j))) => kl.
  rewrite (_ : (fun M : matrix_space R n m => _) = cst t); first exact: measurable_cst.
  by apply/funext => M; rewrite mxE kl.
rewrite (_ : (fun M : matrix_space R n m => _) = (fun M : matrix_space R n m => M k l)).
  exact: measurable_entry.
by apply/funext => M; rewrite mxE (negbTE kl).
Qed.

Lemma measurable_set_entry2 i j : measurable_fun setT
  (fun z : R * matrix_space R n m => set_entry z.2 i j z.1 : matrix_space R n m).
Proof.
apply: measurable_matrix => k l; case: (boolP ((k == i) && (l == j))) => kl.
  rewrite (_ : (fun z : R * matrix_space R n m => _) = fst); first exact: measurable_fst.
  by apply/funext => M; rewrite mxE kl.
rewrite (_ : (fun z : R * matrix_space R n m => _) =
  (fun M : matrix_space R n m => M k l) \o snd).
  by apply: measurableT_comp; [exact: measurable_entry|exact: measurable_snd].
by apply/funext => M; rewrite mxE (negbTE kl).
Qed.

End mix.

Section null.
Context d (W : measurableType d) (R : realType) (P : probability W R).
Context (n m : nat) (A : 'I_n -> 'I_m -> {RV P >-> R}).
Let entry (p : 'I_n * 'I_m) : {RV P >-> R} := A p.1 p.2.
Implicit Types (J : seq ('I_n * 'I_m)).

Lemma measurable_entries :
  measurable_fun setT (entries A : W -> matrix_space R n m).
Proof.
apply: measurable_matrix => i j; rewrite (_ : (fun w => _) = A i j).
  exact: measurable_funP.
by apply/funext => w; rewrite mxE.
Qed.

Let Z J z w : matrix_space R n m := mix J (entries A w) z.

Let mZ J z : measurable_fun setT (Z J z).
Proof.
apply: measurable_matrix => i j; have [ij|ij] := boolP ((i, j) \in J).
  rewrite (_ : (fun w => _) = A i j); first exact: measurable_funP.
  by apply/funext => w; rewrite !mxE ij.
rewrite (_ : (fun w => _) = cst (z i j)); first exact: measurable_cst.
by apply/funext => w; rewrite !mxE (negbTE ij).
Qed.

Hypothesis indep : mutually_independent entry.

Let measurable_preimage_A p (B : set R) : measurable B -> measurable (entry p @^-1` B).
Proof. by move=> mB; rewrite -[X in measurable X]setTI; exact: measurable_funP. Qed.

(* The entry p is independent of each box of the entries in J, p not in J. *)
Let indep_box J z p (B : set R) (C : 'I_n -> 'I_m -> set R) : p \notin J ->
  measurable B -> (forall i j, measurable (C i j)) ->
  exists c, P (entry p @^-1` B `&` Z J z @^-1` [set M | forall i j, C i j (M i j)]) =
            (P (entry p @^-1` B) * c)%E /\
            P (Z J z @^-1` [set M | forall i j, C i j (M i j)]) = c.
Proof.
move=> pJ mB mC; set box := [set M | _].
have [cz|ncz] := pselect (forall i j, (i, j) \notin J -> C i j (z i j)); last first.
  exists 0%E; have -> : Z J z @^-1` box = set0.
    apply/seteqP; split=> w //= h; apply: ncz => i j ij.
    by have := h i j; rewrite mxE (negbTE ij).
  by rewrite setI0 measure0 mule0.
pose D q : set R := if q \in J then C q.1 q.2 else setT.
pose prob q := P (entry q @^-1` D q).
have key (B' : set R) : measurable B' ->
    P (entry p @^-1` B' `&` Z J z @^-1` box) = (P (entry p @^-1` B') * \prod_(q | q != p) prob q)%E.
  move=> mB'; pose E q := if q == p then B' else D q.
  have mE q : measurable (E q) by rewrite /E /D; case: ifP => // _; case: ifP.
  have -> : entry p @^-1` B' `&` Z J z @^-1` box = [set w | forall q, E q (entry q w)].
    apply/seteqP; split=> w /=.
      move=> [hB h] q; rewrite /E /D; case: ifPn => [/eqP -> //|_]; case: ifPn => // qJ.
      by have := h q.1 q.2; rewrite !mxE -surjective_pairing qJ.
    move=> h; split; first by have := h p; rewrite /E eqxx.
    move=> i j; rewrite !mxE; case: ifPn => [ij|ij]; last exact: cz.
    have := h (i, j); rewrite /E /D ij ifF//.
    by apply/negbTE; apply: contraNneq pJ => <-.
  have -> : [set w | forall q, E q (entry q w)] = \bigcap_q (entry q @^-1` E q).
    by apply/seteqP; split=> w h q; [move=> _; exact: h|exact: h].
  rewrite (indep mE) (bigD1 p)//= {1}/E eqxx; congr (_ * _)%E.
  by apply: eq_bigr => q qp; rewrite /E (negbTE qp).
exists (\prod_(q | q != p) prob q)%E; split; first exact: key.
have := key setT measurableT.
by rewrite preimage_setT setTI probability_setT mul1e.
Qed.

Let indep_entry J z p (B : set R) (C : set (matrix_space R n m)) : p \notin J ->
  measurable B -> measurable C ->
  P (entry p @^-1` B `&` Z J z @^-1` C) = (P (entry p @^-1` B) * P (Z J z @^-1` C))%E.
Proof.
move=> pJ mB mC; have mXB := measurable_preimage_A p mB.
have nn : 0 <= fine (P (entry p @^-1` B)) by rewrite fine_ge0.
pose m1 : {measure set _ -> \bar R} := pushforward (mrestr P mXB) (mZ J z).
pose m2 : {measure set _ -> \bar R} := mscale (NngNum nn) (pushforward P (mZ J z)).
have fin : (fine (P (entry p @^-1` B)))%:E = P (entry p @^-1` B).
  by rewrite fineK// fin_num_measure.
have m1E D : m1 D = P (entry p @^-1` B `&` Z J z @^-1` D) by rewrite setIC.
have m2E D : m2 D = (P (entry p @^-1` B) * P (Z J z @^-1` D))%E.
  by rewrite -[X in (X * _)%E]fin.
rewrite -m1E -m2E.
apply: (@measure_unique _ R (matrix_space R n m) (@boxes R n m) (fun=> setT) _ _ _ _ m1 m2) => //.
- exact: boxesI.
- by move=> _; exact: boxesT.
- by rewrite bigcup_const.
- move=> _ [D [mD ->]]; rewrite m1E m2E.
  by have [c [-> ->]] := indep_box z pJ mB mD.
- move=> _; rewrite m1E preimage_setT setIT.
  by rewrite (le_lt_trans (probability_le1 P mXB))// ltry.
Qed.

Hypothesis atom : atomless entry.

Let mix_null J (z : 'M[R]_(n, m)) (f : 'M[R]_(n, m) -> R) : uniq J -> polynomial f ->
  (exists x : 'M[R]_(n, m), (forall i j, (i, j) \notin J -> x i j = z i j) /\ f x != 0) ->
  P [set w | f (Z J z w) = 0] = 0%E.
Proof.
move=> + pf; elim: J z => [|[a b] J ih] z.
  move=> _ [x [xz fx]]; rewrite (_ : [set w | _] = set0) ?measure0//.
  apply/seteqP; split=> w //=; rewrite /Z mix_nil => fz.
  have e : x = z by apply/matrixP => i j; exact: xz.
  by move: fx; rewrite e fz eqxx.
move=> /= /andP[abJ uJ] [x [xz fx]].
pose z' := set_entry z a b (x a b).
have null' : P [set w | f (Z J z' w) = 0] = 0%E.
  apply: ih => //; exists x; split=> // i j ij; rewrite mxE.
  case: (boolP (_ && _)) => [/andP[/eqP -> /eqP -> //]|ne].
  by apply: xz; rewrite in_cons negb_or ij xpair_eqE ne.
have [mf cf] := pf.
pose N := [set s : R * matrix_space R n m | f (set_entry s.2 a b s.1) = 0].
pose C := [set M : matrix_space R n m | f (set_entry M a b (x a b)) = 0].
have mN : measurable N.
  have h := measurableT_comp mf (@measurable_set_entry2 R n m a b).
  by have := h measurableT [set 0] (measurable_set1 0); rewrite setTI.
have mC : measurable C.
  have h := measurableT_comp mf (measurable_set_entry a b (x a b)).
  by have := h measurableT [set 0] (measurable_set1 0); rewrite setTI.
have -> : [set w | f (Z ((a, b) :: J) z w) = 0] = [set w | N (entry (a, b) w, Z J z w)].
  by apply/seteqP; split=> w; rewrite /N /Z/= mix_cons mxE.
pose Zm : {mfun W >-> matrix_space R n m} := mfun_Sub (mem_set (mZ J z)).
apply: (@null_by_sections _ _ _ _ _ _ _ P (entry (a, b)) Zm _ N C) => //.
- by move=> B D mB mD; exact: indep_entry.
- by rewrite -null'; congr (P _); apply/seteqP; split=> w; rewrite /C /Z /= /z' mix_set_entry.
move=> M nC; have [p hp] := cf M a b.
have p0 : p != 0 by apply/eqP => p0; apply: nC; rewrite /C /= hp p0 horner0.
have [mr r0] := @atomless_roots R (distribution P (entry (a, b))) p (atom (a, b)) p0.
rewrite -r0 /distribution /pushforward/=; congr (P _).
by apply/seteqP; split=> w; rewrite /N/= hp.
Qed.

Theorem polynomial_zero_null (f : 'M[R]_(n, m) -> R) : polynomial f -> (exists M, f M != 0) ->
  P [set w | f (entries A w) = 0] = 0%E.
Proof.
move=> pf [x fx]; rewrite -(@mix_null (index_enum _) 0 f (index_enum_uniq _) pf).
  by congr (P _); apply/seteqP; split=> w; rewrite /Z/= mix_all.
by exists x; split=> // i j; rewrite mem_index_enum.
Qed.

End null.

Section regular.
Context (R : realType) (n m : nat).

Definition regular d (W : measurableType d) (P : probability W R) (A : {mfun W >-> matrix_space R n m}) : Prop :=
  forall f : 'M[R]_(n, m) -> R, polynomial f -> (exists M, f M != 0) -> P [set w | f (A w) = 0] = 0%E.

(* The random matrix with the entries A i j, as a measurable map. *)
Definition matrix_of d (W : measurableType d) (P : probability W R)
    (A : 'I_n -> 'I_m -> {RV P >-> R}) : {mfun W >-> matrix_space R n m} :=
  mfun_Sub (mem_set (measurable_entries A)).

Theorem independent_regular d (W : measurableType d) (P : probability W R)
    (A : 'I_n -> 'I_m -> {RV P >-> R}) :
  mutually_independent (fun e : 'I_n * 'I_m => A e.1 e.2) ->
  atomless (fun e : 'I_n * 'I_m => A e.1 e.2) -> regular P (matrix_of A).
Proof. by move=> ind atom f pf f0; exact: (polynomial_zero_null ind atom pf f0). Qed.

(* Independent N(0, 1/n) entries, n the number of rows. *)
Corollary gaussian_regular d (W : measurableType d) (P : probability W R)
    (A : 'I_n -> 'I_m -> {RV P >-> R}) :
  (0 < n)%N -> gaussian_entries A -> regular P (matrix_of A).
Proof.
move=> n0 [ind gauss]; apply: independent_regular => //.
apply: (@gaussian_atomless _ _ _ _ _ _ n%:R^-1); first by rewrite invr_gt0 ltr0n.
by move=> e U mU; exact: gauss.
Qed.

(* A law with a density with respect to the law of a regular matrix is regular. *)
Lemma regular_dominated d d' (W : measurableType d) (P : probability W R) (A : {mfun W >-> matrix_space R n m})
    (W' : measurableType d') (P' : probability W' R) (A' : {mfun W' >-> matrix_space R n m}) :
  regular P A -> distribution P' A' `<< distribution P A -> regular P' A'.
Proof.
move=> reg dom f pf f0; have := dom _ (polynomial_zeros_measurable pf) (reg f pf f0).
exact.
Qed.

End regular.
