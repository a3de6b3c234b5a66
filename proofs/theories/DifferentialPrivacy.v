(* Differential privacy of a pair of laws.

   P and Q are the laws of one release on two neighbouring data sets, on a measurable space T.

     dp_le eps delta P Q:      P S <= exp(eps) Q S + delta for every measurable S;
     dp eps delta P Q:         this in both directions: (eps, delta)-differential privacy of the pair;
     excess P Q t:             sup over measurable S of P S - t Q S;
     privacy_curve P Q eps:    excess P Q (exp eps), the smallest delta: delta(eps);
     hockey_stick mu f g t:    the integral of max(f - t g, 0) by mu, for densities f and g of P and Q;
     perfectly_distinguishable P Q: some measurable S has P S = 1 and Q S = 0.

   Proved here: the smallest delta is excess, it is the hockey-stick divergence of the densities, it decreases in eps and is
   convex in exp(eps); mass that the other law lacks bounds delta from below (used in S12); perfect distinguishability means
   delta = 1 at every eps, in both directions; point masses at two points (S18). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section definitions.
Context d (T : measurableType d) (R : realType).
Implicit Types (P Q : set T -> \bar R) (eps delta t : R).

Definition dp_le eps delta P Q : Prop :=
  forall S, measurable S -> P S <= (expR eps)%:E * Q S + delta%:E.

Definition dp eps delta P Q : Prop := dp_le eps delta P Q /\ dp_le eps delta Q P.

Definition excess P Q t : \bar R := ereal_sup [set P S - t%:E * Q S | S in measurable].

Definition privacy_curve P Q eps : \bar R := excess P Q (expR eps).

Definition has_density (mu P : set T -> \bar R) (f : T -> R) : Prop :=
  [/\ measurable_fun setT f, forall x, (0 <= f x)%R
    & forall S, measurable S -> P S = \int[mu]_(x in S) (f x)%:E].

Definition hockey_stick (mu : set T -> \bar R) (f g : T -> R) t : \bar R :=
  \int[mu]_x (maxr (f x - t * g x) 0)%:E.

Definition perfectly_distinguishable P Q : Prop :=
  exists S, [/\ measurable S, P S = 1 & Q S = 0].

End definitions.

Section basic.
Context d (T : measurableType d) (R : realType).
Implicit Types (P Q : probability T R) (eps delta t : R).

Lemma probability_fin P (S : set T) : measurable S -> P S \is a fin_num.
Proof.
move=> mS; rewrite ge0_fin_numE//; apply: le_lt_trans (probability_le1 P mS) _.
exact: ltry.
Qed.

Lemma dp_sym eps delta P Q : dp eps delta P Q -> dp eps delta Q P.
Proof. by case. Qed.

Lemma dp_le_delta_ge0 eps delta P Q : dp_le eps delta P Q -> (0 <= delta)%R.
Proof. by move=> /(_ set0 measurable0); rewrite !measure0 mule0 add0e lee_fin. Qed.

Lemma dp_refl eps P : (0 <= eps)%R -> dp eps 0 P P.
Proof.
move=> e0; split=> S mS; rewrite adde0 -[leLHS]mul1e lee_wpmul2r// lee_fin;
  by rewrite -expR0 ler_expR.
Qed.

Lemma dp_weaken eps eps' delta delta' P Q :
  (eps <= eps')%R -> (delta <= delta')%R -> dp eps delta P Q -> dp eps' delta' P Q.
Proof.
move=> ee dd [PQ QP]; split=> S mS; [apply: le_trans (PQ S mS) _|apply: le_trans (QP S mS) _];
  by rewrite leeD ?lee_fin// lee_wpmul2r// lee_fin ler_expR.
Qed.

(* (eps, delta) holds in one direction iff the smallest delta is at most delta. *)
Theorem DP_iff_excess_le eps delta P Q :
  dp_le eps delta P Q <-> privacy_curve P Q eps <= delta%:E.
Proof.
have fin S : measurable S -> (expR eps)%:E * Q S \is a fin_num.
  by move=> mS; rewrite fin_numM// probability_fin.
split=> [h|h S mS].
  by apply: ub_ereal_sup => _ [S mS <-]; rewrite leeBlDl ?fin//; exact: h.
by rewrite -leeBlDl ?fin//; apply: le_trans h; apply: ereal_sup_ubound; exists S.
Qed.

Theorem DP_iff_curves_le eps delta P Q : dp eps delta P Q <->
  privacy_curve P Q eps <= delta%:E /\ privacy_curve Q P eps <= delta%:E.
Proof.
split=> [[pq qp]|[pq qp]]; split.
- exact: (DP_iff_excess_le eps delta P Q).1 pq.
- exact: (DP_iff_excess_le eps delta Q P).1 qp.
- exact: (DP_iff_excess_le eps delta P Q).2 pq.
- exact: (DP_iff_excess_le eps delta Q P).2 qp.
Qed.

Lemma excess_ge0 P Q t : 0 <= excess P Q t.
Proof. by apply: ereal_sup_ubound; exists set0 => //; rewrite !measure0 mule0 subee. Qed.

Lemma excess_le1 P Q t : (0 <= t)%R -> excess P Q t <= 1.
Proof.
move=> t0; apply: ub_ereal_sup => _ [S mS <-].
rewrite leeBlDl; last by rewrite fin_numM// probability_fin.
by rewrite (le_trans (probability_le1 P mS))// leeDr// mule_ge0.
Qed.

(* The densities need not be normalised by a finite mu; mu is any measure. *)
Theorem hockey_stick_is_excess (mu : {measure set T -> \bar R}) (f g : T -> R) P Q t :
  (0 <= t)%R -> has_density mu P f -> has_density mu Q g ->
  hockey_stick mu f g t = excess P Q t.
Proof.
move=> t0 [mf f0 Pf] [mg g0 Qg].
have mtg : measurable_fun setT (fun x => t * g x)%R by exact: measurable_funM.
have mm : measurable_fun setT (fun x => (maxr (f x - t * g x) 0)%:E).
  apply/measurable_EFinP; apply: measurable_maxr => //.
  exact: measurable_funB.
have m0 x : 0 <= (maxr (f x - t * g x) 0)%:E by rewrite lee_fin le_max lexx orbT.
have tg0 x : 0 <= (t * g x)%:E by rewrite lee_fin mulr_ge0.
have mEtg S : measurable S -> measurable_fun S (fun x => (t * g x)%:E).
  by move=> mS; apply/measurable_EFinP; apply: measurable_funTS.
have split_ S : measurable S ->
    \int[mu]_(x in S) (maxr (f x - t * g x) 0 + t * g x)%:E =
    \int[mu]_(x in S) (maxr (f x - t * g x) 0)%:E + t%:E * Q S.
  move=> mS; rewrite Qg// -ge0_integralZl//; first last.
  - by move=> x _; rewrite lee_fin.
  - by apply/measurable_EFinP; apply: measurable_funTS.
  under eq_integral do rewrite EFinD.
  rewrite ge0_integralD//; last exact: mEtg.
  exact: measurable_funTS.
have fin S : measurable S -> t%:E * Q S \is a fin_num.
  by move=> mS; rewrite fin_numM// probability_fin.
apply/eqP; rewrite eq_le; apply/andP; split; last first.
  apply: ub_ereal_sup => _ [S mS <-]; rewrite leeBlDr ?fin//.
  rewrite Pf//; apply: (@le_trans _ _
    (\int[mu]_(x in S) (maxr (f x - t * g x) 0 + t * g x)%:E)).
    apply: ge0_le_integral => //.
    - by move=> x _; rewrite lee_fin.
    - by apply/measurable_EFinP; apply: measurable_funTS.
    - by move=> x _; rewrite EFinD adde_ge0.
    - apply/measurable_EFinP; apply: measurable_funTS; apply: measurable_funD => //.
      exact/measurable_EFinP.
    - by move=> x _; rewrite lee_fin -lerBlDr le_max lexx.
  rewrite split_// leeD2r//; apply: ge0_subset_integral => //.
pose S := [set x | (t * g x < f x)%R].
have mS : measurable S.
  have h : measurable (setT `&` [set x | (t * g x)%:E < (f x)%:E]).
    by apply: emeasurable_fun_lt => //; exact/measurable_EFinP.
  by rewrite setTI in h.
apply: ereal_sup_ubound; exists S => //.
have -> : P S = \int[mu]_(x in S) (maxr (f x - t * g x) 0)%:E + t%:E * Q S.
  rewrite -split_// Pf//; apply: eq_integral => x; rewrite inE /S/= => /ltW h.
  by rewrite max_l ?subr_ge0// subrK.
rewrite addeK ?fin// /hockey_stick [LHS]integral_mkcond.
apply: eq_integral => x _; rewrite patchE; case: ifPn => // /negP xS.
rewrite max_r// subr_le0 leNgt; apply/negP => h; apply: xS; exact/mem_set.
Qed.

Corollary DP_iff_hockey_stick_le (mu : {measure set T -> \bar R}) (f g : T -> R) P Q eps delta :
  has_density mu P f -> has_density mu Q g ->
  dp_le eps delta P Q <-> hockey_stick mu f g (expR eps) <= delta%:E.
Proof.
by move=> Pf Qg; rewrite (hockey_stick_is_excess (expR_ge0 _) Pf Qg); exact: DP_iff_excess_le.
Qed.

(* The curve decreases in eps and is convex in exp(eps). *)
Lemma excess_nonincreasing P Q s t : (s <= t)%R -> excess P Q t <= excess P Q s.
Proof.
move=> st; apply: ub_ereal_sup => _ [S mS <-].
apply: (@le_trans _ _ (P S - s%:E * Q S)); last by apply: ereal_sup_ubound; exists S.
by rewrite leeB// lee_wpmul2r// lee_fin.
Qed.

Theorem privacy_curve_nonincreasing P Q eps eps' :
  (eps <= eps')%R -> privacy_curve P Q eps' <= privacy_curve P Q eps.
Proof. by move=> h; apply: excess_nonincreasing; rewrite ler_expR. Qed.

Theorem excess_convex P Q (a s t : R) : (0 <= a <= 1)%R ->
  excess P Q (a * s + (1 - a) * t) <= a%:E * excess P Q s + (1 - a)%:E * excess P Q t.
Proof.
move=> /andP[a0 a1]; apply: ub_ereal_sup => _ [S mS <-].
apply: (@le_trans _ _ (a%:E * (P S - s%:E * Q S) + (1 - a)%:E * (P S - t%:E * Q S))).
  rewrite -(fineK (probability_fin P mS)) -(fineK (probability_fin Q mS)).
  rewrite -!(EFinM, EFinB, EFinD) lee_fin.
  move: (fine (P S)) (fine (Q S)) => p q.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
by apply: leeD; apply: lee_wpmul2l; rewrite ?lee_fin ?subr_ge0//;
  apply: ereal_sup_ubound; exists S.
Qed.

Corollary privacy_curve_convex_in_exp P Q (a eps1 eps2 eps : R) : (0 <= a <= 1)%R ->
  expR eps = (a * expR eps1 + (1 - a) * expR eps2)%R ->
  privacy_curve P Q eps <= a%:E * privacy_curve P Q eps1 + (1 - a)%:E * privacy_curve P Q eps2.
Proof. by move=> a01 e; rewrite /privacy_curve e; exact: excess_convex. Qed.

(* S12's consequence: a set of mass p under P and of mass 0 under Q forces delta >= p at every eps. *)
Theorem S12_mass_forces_delta P Q (S : set T) eps delta :
  measurable S -> Q S = 0 -> dp_le eps delta P Q -> P S <= delta%:E.
Proof. by move=> mS QS /(_ S mS); rewrite QS mule0 add0e. Qed.

Theorem S12_mass_below_curve P Q (S : set T) eps :
  measurable S -> Q S = 0 -> P S <= privacy_curve P Q eps.
Proof. by move=> mS QS; apply: ereal_sup_ubound; exists S => //; rewrite QS mule0 sube0. Qed.

Lemma perfectly_distinguishable_sym P Q :
  perfectly_distinguishable P Q -> perfectly_distinguishable Q P.
Proof.
move=> [S [mS PS QS]]; exists (~` S); split; first exact: measurableC.
  by rewrite probability_setC// QS sube0.
by rewrite probability_setC// PS subee.
Qed.

Theorem perfectly_distinguishable_curve P Q eps :
  perfectly_distinguishable P Q -> privacy_curve P Q eps = 1 /\ privacy_curve Q P eps = 1.
Proof.
have half P' Q' : perfectly_distinguishable P' Q' -> privacy_curve P' Q' eps = 1.
  move=> [S [mS PS QS]]; apply/eqP; rewrite eq_le excess_le1 ?expR_ge0//=.
  by rewrite -PS S12_mass_below_curve.
by move=> h; split; apply: half => //; exact: perfectly_distinguishable_sym.
Qed.

Theorem perfectly_distinguishable_not_dp P Q eps delta :
  perfectly_distinguishable P Q -> (delta < 1)%R ->
  ~ dp_le eps delta P Q /\ ~ dp_le eps delta Q P.
Proof.
move=> /(perfectly_distinguishable_curve eps)[c c'] d1.
by split=> /DP_iff_excess_le; rewrite ?c ?c' lee_fin leNgt d1.
Qed.

(* S18: a deterministic release with two outputs that some measurable set separates. *)
Theorem S18_deterministic_distinct (x y : T) (S : set T) eps delta :
  measurable S -> S x -> ~ S y ->
  [/\ perfectly_distinguishable (dirac x : set T -> \bar R) (dirac y),
      privacy_curve (dirac x : set T -> \bar R) (dirac y) eps = 1
    & (delta < 1)%R -> ~ dp_le eps delta (dirac x : set T -> \bar R) (dirac y)].
Proof.
move=> mS Sx Sy.
have pd : perfectly_distinguishable (dirac x : set T -> \bar R) (dirac y).
  by exists S; split=> //; [rewrite diracE mem_set|rewrite diracE memNset].
split=> //; first by have [] := perfectly_distinguishable_curve eps pd.
by move=> d1; have [] := perfectly_distinguishable_not_dp eps pd d1.
Qed.

End basic.
