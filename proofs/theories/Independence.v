(* Mutual independence of finitely many real random variables, and the expectation of products.

     X_i (i in a finite set) are mutually independent if for all measurable sets A_i
       P(X_i in A_i for every i) = prod_i P(X_i in A_i).
     (Taking A_i = R for the others gives the same for every subfamily.)

   Then for measurable g_i with g_i(X_i) integrable, prod_i g_i(X_i) is integrable and
       E prod_i g_i(X_i) = prod_i E g_i(X_i). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import ring lra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section independence.
Context d (T : measurableType d) (R : realType) (P : probability T R).

Definition mutually_independent (I : finType) (X : I -> {RV P >-> R}) : Prop :=
  forall A : I -> set R, (forall i, measurable (A i)) ->
  P (\bigcap_i (X i @^-1` A i)) = (\prod_i P (X i @^-1` A i))%E.

Import HBNNSimple.

(* If the indicators of X factor from Z >= 0, so do all nonnegative functions of X. *)
Lemma ge0_factor (X : {RV P >-> R}) (Z : T -> R) :
  measurable_fun setT Z -> (forall x, 0 <= Z x) ->
  (\int[P]_x (Z x)%:E)%E \is a fin_num ->
  (forall A, measurable A -> (\int[P]_x (\1_A (X x) * Z x)%:E =
     \int[P]_x (\1_A (X x))%:E * \int[P]_x (Z x)%:E)%E) ->
  forall g : R -> R, measurable_fun setT g -> (forall y, 0 <= g y) ->
  (\int[P]_x (g (X x) * Z x)%:E = \int[P]_x (g (X x))%:E * \int[P]_x (Z x)%:E)%E.
Proof.
move=> mZ Z0 fZ HA g mg g0.
have iZ0 : (0 <= \int[P]_x (Z x)%:E)%E by apply: integral_ge0 => x _; rewrite lee_fin.
have Hs (f : {nnsfun R >-> R}) : (\int[P]_x (f (X x) * Z x)%:E =
    \int[P]_x (f (X x))%:E * \int[P]_x (Z x)%:E)%E.
  have m1 r : measurable_fun setT (fun x => \1_(f @^-1` [set r]) (X x) : R).
    by apply: measurableT_comp.
  have pos r x : 0 <= r * \1_(f @^-1` [set r]) (X x) :> R.
    by have := nnfun_muleindic_ge0 f r (X x); rewrite -EFinM lee_fin.
  have -> : (\int[P]_x (f (X x))%:E =
      \sum_(r \in range f) (r%:E * \int[P]_x (\1_(f @^-1` [set r]) (X x))%:E))%E.
    under eq_integral do rewrite fimfunE -fsumEFin//.
    rewrite ge0_integral_fsum//; last 2 first.
    - by move=> r; apply/measurable_EFinP/measurable_funM.
    - by move=> r x _; rewrite lee_fin.
    apply: eq_fsbigr => r _; under eq_integral do rewrite EFinM.
    have [r0|r0] := leP 0 r.
      rewrite ge0_integralZl//; first exact/measurable_EFinP.
      by move=> x _; rewrite lee_fin.
    have -> : f @^-1` [set r] = set0 by exact: preimage_nnfun0.
    under eq_integral do rewrite indic0 mule0.
    by under [in RHS]eq_integral do rewrite indic0; rewrite integral0 mule0.
  rewrite ge0_mule_fsuml; last first.
    move=> r; have [r0|r0] := leP 0 r.
      by rewrite mule_ge0// integral_ge0// => x _; rewrite lee_fin.
    have -> : f @^-1` [set r] = set0 by exact: preimage_nnfun0.
    by under eq_integral do rewrite indic0; rewrite integral0 mule0.
  under eq_integral do rewrite fimfunE mulr_fsuml// -fsumEFin//.
  rewrite ge0_integral_fsum//; last 2 first.
  - by move=> r; apply/measurable_EFinP/measurable_funM => //; exact: measurable_funM.
  - by move=> r x _; rewrite lee_fin mulr_ge0.
  apply: eq_fsbigr => r _; under eq_integral do rewrite -mulrA EFinM.
  have [r0|r0] := leP 0 r.
    rewrite ge0_integralZl//; last 2 first.
    - by apply/measurable_EFinP/measurable_funM.
    - by move=> x _; rewrite lee_fin mulr_ge0.
    by rewrite HA// muleA.
  have -> : f @^-1` [set r] = set0 by exact: preimage_nnfun0.
  under eq_integral do rewrite indic0 mul0r mule0.
  by under [in RHS]eq_integral do rewrite indic0; rewrite !integral0 mule0 mul0e.
have mg' : measurable_fun setT (EFin \o g) by exact/measurable_EFinP.
pose f_ := nnsfun_approx measurableT mg'.
have cv y : (f_ n y)%:E @[n --> \oo] --> (g y)%:E.
  by apply: cvg_nnsfun_approx => // z _; rewrite lee_fin.
have nd y : {homo (fun n => f_ n y) : m n / (m <= n)%N >-> m <= n}.
  by move=> m n mn; exact/lefP/nd_nnsfun_approx.
transitivity (limn (fun n => \int[P]_x (f_ n (X x) * Z x)%:E)%E).
  rewrite -monotone_convergence//=.
  - apply: eq_integral => x _; apply/esym/cvg_lim => //.
    under eq_fun do rewrite EFinM.
    by rewrite EFinM; apply: cvgeMr.
  - by move=> n; apply/measurable_EFinP/measurable_funM => //; exact: measurableT_comp.
  - by move=> n x _; rewrite lee_fin mulr_ge0.
  - by move=> x _ m n mn; rewrite lee_fin ler_wpM2r//; exact: nd.
have -> : (\int[P]_x (g (X x))%:E = limn (fun n => \int[P]_x (f_ n (X x))%:E))%E.
  rewrite -monotone_convergence//=.
  - by apply: eq_integral => x _; apply/esym/cvg_lim.
  - by move=> n; apply/measurable_EFinP; exact: measurableT_comp.
  - by move=> n x _; rewrite lee_fin.
  - by move=> x _ m n mn; rewrite lee_fin; exact: nd.
rewrite -limeMr//; first by congr (limn _); apply/funext => n; exact: Hs.
apply: ereal_nondecreasing_is_cvgn => m n mn; apply: ge0_le_integral => //=.
- by move=> x _; rewrite lee_fin.
- by apply/measurable_EFinP; exact: measurableT_comp.
- by move=> x _; rewrite lee_fin.
- by apply/measurable_EFinP; exact: measurableT_comp.
- by move=> x _; rewrite lee_fin; exact: nd.
Qed.

Section products.
Variables (I : finType) (X : I -> {RV P >-> R}).
Hypothesis indep : mutually_independent X.

Lemma measurable_prod_comp (J : pred I) (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) ->
  measurable_fun setT (fun x => \prod_(i | J i) h i (X i x)).
Proof.
move=> mh; elim: (index_enum I) => [|k s ih].
  by under eq_fun do rewrite big_nil; exact: measurable_cst.
under eq_fun do rewrite big_cons; case: (J k) => //.
by apply: measurable_funM => //; exact: measurableT_comp.
Qed.

Lemma indic_prod (A : I -> set R) x :
  \prod_i \1_(A i) (X i x) = \1_(\bigcap_i (X i @^-1` A i)) x :> R.
Proof.
have [h|/existsNP[i nA]] := pselect (forall i, A i (X i x)).
  rewrite [RHS]indicE mem_set; last by move=> i _; exact: h.
  by rewrite big1// => i _; rewrite indicE mem_set//; exact: h.
rewrite (bigD1 i)//= indicE memNset// mul0r indicE memNset//.
by move=> /(_ i Logic.I).
Qed.

(* Nonnegative functions at the indices of s, indicators elsewhere. *)
Let ge0_expectation_prod_seq (s : seq I) (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) -> (forall i y, 0 <= h i y) ->
  (forall i, P.-integrable setT (fun x => (h i (X i x))%:E)) ->
  (forall i, i \notin s -> exists2 A, measurable A & h i = \1_A) ->
  (\int[P]_x (\prod_i h i (X i x))%:E = \prod_i \int[P]_x (h i (X i x))%:E)%E.
Proof.
elim: s h => [|k s ih] h mh h0 ih1 hA.
  have /choice[A HA] : forall i, exists A, measurable A /\ h i = \1_A.
    by move=> i; have [//|A mA hE] := hA i; exists A.
  under eq_integral => x _.
    have -> : \prod_i h i (X i x) = \1_(\bigcap_i (X i @^-1` A i)) x.
      by rewrite -indic_prod; apply: eq_bigr => i _; rewrite (HA i).2.
    over.
  have mXA i : measurable (X i @^-1` A i).
    by rewrite -[X in measurable X]setTI; apply: measurable_funP => //; exact: (HA i).1.
  rewrite integral_indic ?setIT; last 2 first.
  - by [].
  - by apply: fin_bigcap_measurable => //; exact: finite_finset.
  apply: (eq_trans (indep (fun i => (HA i).1))).
  apply: eq_bigr => i _; rewrite (HA i).2.
  rewrite (_ : (fun x => _) = EFin \o \1_(X i @^-1` A i)); last by [].
  by rewrite integral_indic ?setIT.
pose upd (g : R -> R) i := if i == k then g else h i.
pose Z x := \prod_(i | i != k) h i (X i x).
have updE g x : \prod_i upd g i (X i x) = g (X k x) * Z x.
  rewrite (bigD1 k)//= /upd eqxx; congr (_ * _).
  by apply: eq_bigr => i /negbTE ->.
have Eupd B : measurable B -> (\int[P]_x (\1_B (X k x) * Z x)%:E =
    \int[P]_x (\1_B (X k x))%:E * \prod_(i | i != k) \int[P]_x (h i (X i x))%:E)%E.
  move=> mB; under eq_integral do rewrite -updE.
  rewrite ih.
  - rewrite (bigD1 k)//= /upd eqxx; congr (_ * _)%E.
    by apply: eq_bigr => i /negbTE ->.
  - by move=> i; rewrite /upd; case: eqP.
  - by move=> i y; rewrite /upd; case: eqP.
  - move=> i; rewrite /upd; case: eqP => // ->.
    rewrite (_ : (fun x => _) = EFin \o \1_(X k @^-1` B)) //.
    apply: integrable_indic.
    by rewrite -[X in measurable X]setTI; exact: measurable_funP.
  - move=> i nis; rewrite /upd; case: eqP => [_|/eqP ik]; first by exists B.
    by apply: hA; rewrite inE negb_or ik.
have EZ : (\int[P]_x (Z x)%:E = \prod_(i | i != k) \int[P]_x (h i (X i x))%:E)%E.
  have := Eupd setT measurableT; rewrite (_ : \1_setT = cst 1); last first.
    by apply/funext => y; rewrite indicE in_setT.
  under eq_integral do rewrite mul1r.
  have e1 : (\int[P]_x (cst 1 (X k x) : R)%:E = 1)%E.
    by have := expectation_cst P 1; rewrite unlock.
  by move=> ->; rewrite e1 mul1e.
rewrite (bigD1 k)//= -EZ; under eq_integral do rewrite (bigD1 k)//=.
apply: ge0_factor => //.
- exact: measurable_prod_comp.
- by move=> x; exact: prodr_ge0.
- rewrite EZ; elim/big_ind : _ => //; first exact: fin_numM.
  by move=> i _; exact: integral_fune_fin_num.
- by move=> B mB; rewrite EZ Eupd.
Qed.

(* Nonnegative functions. *)
Lemma ge0_expectation_prod (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) -> (forall i y, 0 <= h i y) ->
  (forall i, P.-integrable setT (fun x => (h i (X i x))%:E)) ->
  (\int[P]_x (\prod_i h i (X i x))%:E = \prod_i \int[P]_x (h i (X i x))%:E)%E.
Proof.
move=> mh h0 ih1; apply: (ge0_expectation_prod_seq (s := index_enum I)) => //.
by move=> i; rewrite mem_index_enum.
Qed.

Lemma integrable_prod (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) ->
  (forall i, P.-integrable setT (fun x => (h i (X i x))%:E)) ->
  P.-integrable setT (fun x => (\prod_i h i (X i x))%:E).
Proof.
move=> mh ih1; apply/integrableP; split.
  by apply/measurable_EFinP; exact: measurable_prod_comp.
under eq_integral => x _ do rewrite /= normr_prod.
have iabs i : P.-integrable setT (fun x => `|h i (X i x)|%:E).
  by have := integrable_abse (ih1 i).
rewrite (ge0_expectation_prod (h := fun i y => `|h i y|)) //; last first.
  by move=> i; exact: measurableT_comp.
have : (\prod_i \int[P]_x `|h i (X i x)|%:E)%E \is a fin_num.
  elim/big_ind : _ => //; first exact: fin_numM.
  by move=> i _; exact: integral_fune_fin_num.
by rewrite fin_numE => /andP[_ ?]; rewrite lt_neqAle leey andbT.
Qed.

(* Functions of any sign at the indices of s, nonnegative ones elsewhere. *)
Let expectation_prod_seq (s : seq I) (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) ->
  (forall i, P.-integrable setT (fun x => (h i (X i x))%:E)) ->
  (forall i, i \notin s -> forall y, 0 <= h i y) ->
  (\int[P]_x (\prod_i h i (X i x))%:E = \prod_i \int[P]_x (h i (X i x))%:E)%E.
Proof.
elim: s h => [|k s ih] h mh ih1 h0.
  by apply: ge0_expectation_prod => // i y; exact: h0.
pose upd (g : R -> R) i := if i == k then g else h i.
pose Z x := \prod_(i | i != k) h i (X i x).
have updE g x : \prod_i upd g i (X i x) = g (X k x) * Z x.
  rewrite (bigD1 k)//= /upd eqxx; congr (_ * _).
  by apply: eq_bigr => i /negbTE ->.
have mupd (g : R -> R) : measurable_fun setT g -> forall i, measurable_fun setT (upd g i).
  by move=> mg i; rewrite /upd; case: eqP.
have iupd g : P.-integrable setT (fun x => (g (X k x))%:E) ->
    forall i, P.-integrable setT (fun x => (upd g i (X i x))%:E).
  by move=> ig i; rewrite /upd; case: eqP => // ->.
have Eupd (g : R -> R) : measurable_fun setT g -> (forall y, 0 <= g y) ->
    P.-integrable setT (fun x => (g (X k x))%:E) ->
    (\int[P]_x (g (X k x) * Z x)%:E =
    \int[P]_x (g (X k x))%:E * \prod_(i | i != k) \int[P]_x (h i (X i x))%:E)%E.
  move=> mg g0 ig; under eq_integral do rewrite -updE.
  rewrite ih; [|exact: mupd|exact: iupd|].
    rewrite (bigD1 k)//= /upd eqxx; congr (_ * _)%E.
    by apply: eq_bigr => i /negbTE ->.
  move=> i nis y; rewrite /upd; case: eqP => [_ //|/eqP ik].
  by apply: h0; rewrite inE negb_or ik.
have ig (g : R -> R) : measurable_fun setT g -> P.-integrable setT (fun x => (g (X k x))%:E) ->
    P.-integrable setT (fun x => (g (X k x) * Z x)%:E).
  move=> mg ig; have := integrable_prod (mupd g mg) (iupd g ig).
  by apply: eq_integrable => // x _; rewrite updE.
pose p y := Num.max (h k y) 0; pose q y := Num.max (- h k y) 0.
have pq y : h k y = p y - q y.
  by rewrite /p /q; case: (leP (h k y) 0) => H; case: leP => H2; lra.
have mp : measurable_fun setT p by apply: measurable_maxr.
have mq : measurable_fun setT q by apply: measurable_maxr => //; exact: measurableT_comp.
have dom (g : R -> R) : measurable_fun setT g -> (forall y, `|g y| <= `|h k y|) ->
    P.-integrable setT (fun x => (g (X k x))%:E).
  move=> mg gh; apply: (le_integrable measurableT _ _ (ih1 k)).
    by apply/measurable_EFinP; exact: measurableT_comp.
  by move=> x _; rewrite lee_fin.
have ip : P.-integrable setT (fun x => (p (X k x))%:E).
  apply: dom => // y; rewrite /p; have [H|H] := leP (h k y) 0; rewrite ?normr0//.
have iq : P.-integrable setT (fun x => (q (X k x))%:E).
  apply: dom => // y; rewrite /q; have [H|H] := leP (- h k y) 0; rewrite ?normr0 ?normrN//.
have p0 y : 0 <= p y by rewrite le_max lexx orbT.
have q0 y : 0 <= q y by rewrite le_max lexx orbT.
have finr : (\prod_(i | i != k) \int[P]_x (h i (X i x))%:E)%E \is a fin_num.
  elim/big_ind : _ => //; first exact: fin_numM.
  by move=> i _; exact: integral_fune_fin_num.
rewrite (bigD1 k)//=.
under eq_integral => x _ do rewrite (bigD1 k)//= pq mulrBl EFinB.
under [in RHS]eq_integral => x _ do rewrite pq EFinB.
rewrite integralB//; [|exact: ig|exact: ig].
have fp : (\int[P]_x (p (X k x))%:E)%E \is a fin_num.
  exact: integral_fune_fin_num.
by rewrite integralB// !Eupd// [RHS]muleBl// fin_num_adde_defr.
Qed.

(* Functions of any sign. *)
Theorem independent_expectation_prod (h : I -> R -> R) :
  (forall i, measurable_fun setT (h i)) ->
  (forall i, P.-integrable setT (fun x => (h i (X i x))%:E)) ->
  (\int[P]_x (\prod_i h i (X i x))%:E = \prod_i \int[P]_x (h i (X i x))%:E)%E.
Proof.
move=> mh ih1; apply: (expectation_prod_seq (s := index_enum I)) => //.
by move=> i; rewrite mem_index_enum.
Qed.

End products.
End independence.
