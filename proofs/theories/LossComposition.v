(* S27, item 1: laws of losses, their curves, and composition.

   A loss_law is a finite measure on the real line and a mass at +oo (not always of total mass 1).
     gain t l = max (1 - t exp(-l), 0);
     loss_curve p t = the integral of gain t l over the finite losses, plus the mass at +oo          (h_p of the spec);
     compose p p' = the convolution p * p', with l + oo = oo;   compose_all: of a list.
   The loss of independent steps is the sum of the losses, so the curve of T steps is that of compose_all. Proved for t >= 0:
     loss_curve (compose p p') t = the integral of loss_curve p (t exp(-l)) over p', plus p'(oo) loss_curve p 0;
     compose is symmetric for curves; a law whose curve is at most another's stays so in every composition; of a list of laws
     each of which is dominated by its counterpart, the composition is dominated. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section convolution.
Context (R : realType) (p p' : {finite_measure set R -> \bar R}).

Let measurable_sum2 : measurable_fun setT (fun z : R * R => z.1 + z.2).
Proof. by apply: measurable_funD. Qed.

Definition convolution : set R -> \bar R := pushforward (p \x p')%E measurable_sum2.

HB.instance Definition _ := Measure.on convolution.

Lemma convolution_setT : convolution setT = (p setT * p' setT)%E.
Proof. by rewrite /convolution /pushforward preimage_setT -setXTT product_measure1E. Qed.

Let convolution_finite : fin_num_fun convolution.
Proof.
have h : (convolution setT < +oo)%E by rewrite convolution_setT ltey_eq fin_numM ?fin_num_measure.
exact: (lty_fin_num_fun h).
Qed.

HB.instance Definition _ := @Measure_isFinite.Build _ _ _ convolution convolution_finite.

Lemma convolution_integral (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[convolution]_x F x = \int[p']_l' \int[p]_l F (l + l')%R)%E.
Proof.
move=> mF F0; rewrite (ge0_integral_pushforward measurable_sum2 _ mF F0).
exact: (fubini_tonelli2 (m1 := p) (m2 := p') _ (measurableT_comp mF measurable_sum2) (fun=> F0 _)).
Qed.

End convolution.

Section loss_laws.
Context (R : realType).

Record loss_law := LossLaw {
  finite_losses : {finite_measure set R -> \bar R};
  infinite_loss : {nonneg R}
}.

Definition gain (t l : R) : R := maxr (1 - t * expR (- l)) 0.

Definition loss_curve (p : loss_law) (t : R) : \bar R :=
  (\int[finite_losses p]_l (gain t l)%:E + (infinite_loss p)%:num%:E)%E.

Definition total_mass (p : loss_law) : R := fine (finite_losses p setT) + (infinite_loss p)%:num.

(* p * p', and the losses of which one at least is infinite. *)
Let infinite (p p' : loss_law) : R :=
  fine (finite_losses p' setT) * (infinite_loss p)%:num + (infinite_loss p')%:num * total_mass p.

Let infinite_ge0 p p' : 0 <= infinite p p'.
Proof. by rewrite addr_ge0// mulr_ge0// ?addr_ge0// fine_ge0. Qed.

Definition compose (p p' : loss_law) : loss_law :=
  LossLaw (convolution (finite_losses p) (finite_losses p')) (NngNum (infinite_ge0 p p')).

Let finE (p : loss_law) : finite_losses p setT = (fine (finite_losses p setT))%:E.
Proof. by rewrite fineK// fin_num_measure. Qed.

Let gain_ge0 t l : (0 <= (gain t l)%:E :> \bar R)%E.
Proof. by rewrite lee_fin le_max lexx orbT. Qed.

Let measurable_gain2 : measurable_fun setT (fun z : R * R => (gain z.1 z.2)%:E).
Proof.
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
apply: measurable_funM; first exact: measurable_fst.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurableT_comp => //; exact: measurable_snd.
Qed.

Let measurable_gain t : measurable_fun setT (fun l => (gain t l)%:E).
Proof. exact: (measurableT_comp measurable_gain2 (measurable_pair1 t)). Qed.

Let measurable_shifted t : measurable_fun setT (fun z : R * R => (gain (t * expR (- z.1)) z.2)%:E).
Proof.
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
apply: measurable_funM.
  apply: measurable_funM => //; apply: measurableT_comp; first exact: measurable_expR.
  by apply: measurableT_comp => //; exact: measurable_fst.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurableT_comp => //; exact: measurable_snd.
Qed.

Lemma loss_curve_ge0 p t : (0 <= loss_curve p t)%E.
Proof. by rewrite adde_ge0// ?lee_fin//; apply: integral_ge0 => l _; exact: gain_ge0. Qed.

Lemma loss_curve0 p : loss_curve p 0 = (total_mass p)%:E.
Proof.
rewrite /loss_curve /total_mass EFinD -finE; congr (_ + _)%E.
under eq_integral do rewrite /gain mul0r subr0 max_l//.
by rewrite integral_cst// mul1e.
Qed.

Let measurable_tail p t : measurable_fun setT (fun l' : R => \int[finite_losses p]_l (gain (t * expR (- l')) l)%:E)%E.
Proof.
exact: (measurable_fun_fubini_tonelli_F (m2 := finite_losses p) _ (measurable_shifted t) (fun=> gain_ge0 _ _)).
Qed.

Lemma measurable_loss_curve p t : measurable_fun setT (fun l' : R => loss_curve p (t * expR (- l'))).
Proof. by apply: emeasurable_funD => //; exact: measurable_tail. Qed.

Theorem S27_convolution_curve p p' t :
  loss_curve (compose p p') t =
  (\int[finite_losses p']_l' loss_curve p (t * expR (- l')) + (infinite_loss p')%:num%:E * loss_curve p 0)%E.
Proof.
rewrite loss_curve0 -EFinM {1}/loss_curve /compose /=.
rewrite (convolution_integral _ _ (measurable_gain t) (fun=> gain_ge0 _ _)).
rewrite EFinD addeA; congr (_ + _)%E.
have E l l' : gain t (l + l') = gain (t * expR (- l')) l.
  by rewrite /gain opprD expRD [expR (- l) * _]mulrC mulrA.
rewrite /loss_curve [RHS]ge0_integralD//; last by move=> l' _; apply: integral_ge0 => l _; exact: gain_ge0.
have cst_part : (\int[finite_losses p']__ (infinite_loss p)%:num%:E =
    (fine (finite_losses p' setT) * (infinite_loss p)%:num)%:E)%E.
  by rewrite integral_cst; [rewrite EFinM -finE; exact: muleC|exact: measurableT].
rewrite cst_part.
have -> : (\int[finite_losses p']_l' \int[finite_losses p]_l (gain t (l + l'))%:E =
    \int[finite_losses p']_l' \int[finite_losses p]_l (gain (t * expR (- l')) l)%:E)%E.
  by apply: eq_integral => l' _; apply: eq_integral => l _; rewrite E.
by [].
Qed.

(* The order of steps does not matter. *)
Theorem S27_compose_commutes p p' t : loss_curve (compose p p') t = loss_curve (compose p' p) t.
Proof.
rewrite /loss_curve /compose /=; congr (_ + _%:E)%E; last by rewrite /infinite /total_mass; ring.
have mg : measurable_fun setT (fun z : R * R => (gain t (z.1 + z.2))%:E).
  by apply: (measurableT_comp (measurable_gain t)); exact: measurable_funD.
rewrite !convolution_integral//; try exact: measurable_gain.
have := fubini_tonelli (m1 := finite_losses p') (m2 := finite_losses p) _ mg (fun=> gain_ge0 _ _).
rewrite /= => <-.
by apply: eq_integral => l _; apply: eq_integral => l' _; rewrite addrC.
Qed.

Definition dominated p q : Prop := forall t, 0 <= t -> (loss_curve p t <= loss_curve q t)%E.

Theorem S27_compose_monotone p q p' q' : dominated p q -> dominated p' q' ->
  dominated (compose p p') (compose q q').
Proof.
have left a b c : dominated a b -> dominated (compose a c) (compose b c).
  move=> ab t t0; rewrite !S27_convolution_curve; apply: leeD.
    apply: ge0_le_integral => //; try exact: measurable_loss_curve.
    - by move=> l _; exact: loss_curve_ge0.
    - by move=> l _; exact: loss_curve_ge0.
    - by move=> l _; apply: ab; rewrite mulr_ge0// expR_ge0.
  by rewrite lee_wpmul2l ?lee_fin//; exact: ab.
move=> pq pq' t t0; apply: (@le_trans _ _ (loss_curve (compose q p') t)); first exact: left.
by rewrite S27_compose_commutes [leRHS]S27_compose_commutes; exact: left.
Qed.

(* Many steps: the first law starts the composition. *)
Definition compose_all (p : loss_law) (ps : seq loss_law) : loss_law := foldl compose p ps.

Theorem S27_composition p q ps qs : size ps = size qs -> dominated p q ->
  (forall i, (i < size ps)%N -> dominated (nth p ps i) (nth q qs i)) ->
  dominated (compose_all p ps) (compose_all q qs).
Proof.
rewrite /compose_all; elim: ps qs p q => [|p' ps ih] [|q' qs] p q //= [sz] pq h.
apply: ih => // [|i ilt]; first by apply: S27_compose_monotone => //; exact: (h 0%N).
rewrite (set_nth_default p) ?(set_nth_default q (compose q q')) -?sz//.
exact: (h i.+1).
Qed.

End loss_laws.
