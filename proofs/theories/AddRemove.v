(* S19, items 6 and 7, for any pair of laws.

   mixture q N Q:   the law q N + (1 - q) Q: with probability q the example is in the batch.
   For 0 < q <= 1 and t = exp(eps):
     excess (mixture q N Q) Q t = q excess N Q ((t - 1 + q) / q)   if t > 1 - q, else 1 - t;
     excess Q (mixture q N Q) t = c excess Q N (q t / c)           if c = 1 - t (1 - q) > 0, else 0.
   At t = exp(eps) these are the curves of one step with Poisson sampling, in the two directions; N and Q need not be normal.

   Replacing one example is removing it and adding another: if (P, P0) and (P0, P') are (eps, delta), then (P, P') is
   (2 eps, (1 + exp(eps)) delta). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section replacing.
Context d (T : measurableType d) (R : realType).

Lemma dp_le_trans (P Q S : probability T R) (eps eps' delta delta' : R) :
  dp_le eps delta P Q -> dp_le eps' delta' Q S ->
  dp_le (eps + eps') (delta + expR eps * delta') P S.
Proof.
move=> PQ QS U mU; apply: le_trans (PQ U mU) _.
have e0 : 0 <= (expR eps)%:E by rewrite lee_fin expR_ge0.
apply: (@le_trans _ _ ((expR eps)%:E * ((expR eps')%:E * S U + delta'%:E) + delta%:E)).
  by rewrite leeD2r// lee_wpmul2l//; exact: QS.
rewrite -(fineK (probability_fin S mU)) -!(EFinM, EFinD) lee_fin expRD.
by move: (fine (S U)) => s; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

(* P0 is the law without either example; P and P' are those with the one and with the other. *)
Theorem S19_replace_one (P P0 P' : probability T R) (eps delta : R) :
  dp eps delta P P0 -> dp eps delta P0 P' ->
  dp (2 * eps) ((1 + expR eps) * delta) P P'.
Proof.
move=> [p0 p0'] [q0 q0']; rewrite mulr_natl mulr2n mulrDl mul1r.
by split; apply: dp_le_trans; eassumption.
Qed.

End replacing.

Section sampling.
Context d (T : measurableType d) (R : realType) (N Q : probability T R) (q : R).
Hypotheses (q_gt0 : (0 < q)%R) (q_le1 : (q <= 1)%R).

Definition mixture (S : set T) : \bar R := q%:E * N S + (1 - q)%:E * Q S.

Let sup_scaled (c : R) (F G : set T -> \bar R) : (0 < c)%R ->
  (forall S, measurable S -> F S = c%:E * G S) ->
  ereal_sup [set F S | S in measurable] = c%:E * ereal_sup [set G S | S in measurable].
Proof.
move=> c0 FG; apply/eqP; rewrite eq_le; apply/andP; split.
  apply: ub_ereal_sup => _ [S mS <-]; rewrite FG// lee_wpmul2l ?lee_fin ?(ltW c0)//.
  by apply: ereal_sup_ubound; exists S.
rewrite -lee_pdivlMl//; apply: ub_ereal_sup => _ [S mS <-].
by rewrite lee_pdivlMl// -FG//; apply: ereal_sup_ubound; exists S.
Qed.

Theorem S19_one_step (t : R) :
  excess mixture Q t =
  if (1 - q < t)%R then q%:E * excess N Q ((t - 1 + q) / q) else (1 - t)%:E.
Proof.
have fin := probability_fin; case: ltP => [_|tq].
  apply: sup_scaled => // S mS; rewrite /mixture -(fineK (fin _ _ _ N S mS)) -(fineK (fin _ _ _ Q S mS)).
  rewrite -!(EFinM, EFinD, EFinB); congr EFin.
  by move: (fine (N S)) (fine (Q S)) => a b; field; rewrite gt_eqF.
apply/eqP; rewrite eq_le; apply/andP; split; last first.
  apply: ereal_sup_ubound; exists setT => //; rewrite /mixture !probability_setT !mule1.
  by rewrite -!(EFinD, EFinB); congr EFin; ring.
apply: ub_ereal_sup => _ [S mS <-]; rewrite /mixture.
have a1 := probability_le1 N mS; have b1 := probability_le1 Q mS.
move: a1 b1; rewrite -(fineK (fin _ _ _ N S mS)) -(fineK (fin _ _ _ Q S mS)).
rewrite -!(EFinM, EFinD, EFinB) !lee_fin.
move: (fine (N S)) (fine (Q S)) => a b a1 b1.
have h1 : (q * a <= q * 1)%R by rewrite ler_wpM2l// ltW.
have h2 : ((1 - q - t) * b <= (1 - q - t) * 1)%R by rewrite ler_wpM2l// subr_ge0.
lra.
Qed.

Theorem S19_one_step_reverse (t : R) : (0 <= t)%R ->
  let c := (1 - t * (1 - q))%R in
  excess Q mixture t = if (0 < c)%R then c%:E * excess Q N (q * t / c) else 0.
Proof.
move=> t0 c; have fin := probability_fin; case: ltP => [c0|c0].
  apply: sup_scaled => // S mS; rewrite /mixture -(fineK (fin _ _ _ N S mS)) -(fineK (fin _ _ _ Q S mS)).
  rewrite -!(EFinM, EFinD, EFinB); congr EFin; move: (fine (N S)) (fine (Q S)) => a b.
  have cc : (c * (q * t / c * a) = q * t * a)%R by field; rewrite gt_eqF.
  by rewrite mulrBr cc /c; ring.
apply/eqP; rewrite eq_le; apply/andP; split; last first.
  apply: ereal_sup_ubound; exists set0 => //; rewrite /mixture !measure0 !mule0 adde0.
  by rewrite mule0 sube0.
apply: ub_ereal_sup => _ [S mS <-]; rewrite /mixture.
have a0 : 0 <= N S by []. have b0 : 0 <= Q S by [].
move: a0 b0; rewrite -(fineK (fin _ _ _ N S mS)) -(fineK (fin _ _ _ Q S mS)).
rewrite -!(EFinM, EFinD, EFinB) !lee_fin.
move: (fine (N S)) (fine (Q S)) => a b a0 b0.
have h1 : (0 <= t * (q * a))%R by rewrite !mulr_ge0// ltW.
have h2 : (c * b <= 0)%R by rewrite mulr_le0_ge0.
by move: h1 h2; rewrite /c; lra.
Qed.

(* The same at t = exp(eps), for privacy curves. *)
Corollary S19_one_step_curve (eps : R) : (1 - q < expR eps)%R ->
  privacy_curve mixture Q eps = q%:E * privacy_curve N Q (ln ((expR eps - 1 + q) / q)).
Proof.
move=> h; rewrite /privacy_curve S19_one_step h lnK//.
by rewrite posrE divr_gt0//; move: h; lra.
Qed.

Corollary S19_one_step_reverse_curve (eps : R) : let c := (1 - expR eps * (1 - q))%R in (0 < c)%R ->
  privacy_curve Q mixture eps = c%:E * privacy_curve Q N (ln (q * expR eps / c)).
Proof.
move=> c c0; rewrite /privacy_curve S19_one_step_reverse ?expR_ge0// -/c c0 lnK//.
by rewrite posrE divr_gt0// mulr_gt0// expR_gt0.
Qed.

(* S19, item 5: an example enters no batch with probability 1 - q at least. *)
Theorem S19_sampling_bound (eps : R) : (0 <= eps)%R ->
  privacy_curve mixture Q eps <= q%:E /\ privacy_curve Q mixture eps <= q%:E.
Proof.
move=> e0; have t1 : (1 <= expR eps)%R by rewrite -[leLHS]expR0 ler_expR.
have fin := probability_fin.
split; apply: ub_ereal_sup => _ [S mS <-]; rewrite /mixture;
  have a0 : 0 <= N S by [].
all: have b0 : 0 <= Q S by [].
all: have a1 := probability_le1 N mS; have b1 := probability_le1 Q mS.
all: move: a0 b0 a1 b1; rewrite -(fineK (fin _ _ _ N S mS)) -(fineK (fin _ _ _ Q S mS)).
all: rewrite -!(EFinM, EFinD, EFinB) !lee_fin.
all: move: (fine (N S)) (fine (Q S)) => a b a0 b0 a1 b1.
  have h1 : (q * a <= q * 1)%R by rewrite ler_wpM2l// ltW.
  have h2 : (1 * b <= expR eps * b)%R by rewrite ler_wpM2r.
  have h3 : (0 <= q * b)%R by rewrite mulr_ge0// ltW.
  lra.
have q0 : (0 <= 1 - q)%R by rewrite subr_ge0.
have h0 : (0 <= q * a + (1 - q) * b)%R by rewrite addr_ge0// mulr_ge0// ltW.
have h2 : (1 * (q * a + (1 - q) * b) <= expR eps * (q * a + (1 - q) * b))%R by rewrite ler_wpM2r.
have h1 : (q * b <= q * 1)%R by rewrite ler_wpM2l// ltW.
have h3 : (0 <= q * a)%R by rewrite mulr_ge0// ltW.
lra.
Qed.

End sampling.
