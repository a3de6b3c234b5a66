(* S27, item 4: composition by tilted laws.

   g is a tilt of the finite measure p, with lambda and kappa, if p has the density exp (kappa - lambda l) with respect to g: on a grid,
   g = p exp (lambda l - kappa) (tilted_grid). Then the convolution of tilts is a tilt of the convolution, the kappas added up, and
     loss_curve (p_1 * ... * p_T) (e^eps) = (the mass at +oo) + exp (kappas - lambda eps) * int w dg,
     w(l) = (1 - e^(eps - l))^+ e^(- lambda (l - eps)),  at most 1 for lambda >= 0,
   with g = g_1 * ... * g_T; for laws of mass 1 the mass at +oo is 1 - prod_j (1 - p_j(+oo)). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import LossComposition ConnectTheDots.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section tilt.
Context (R : realType) (lambda : R).
Implicit Types (p g : {finite_measure set R -> \bar R}) (kappa : R) (F : R -> \bar R).

Definition tilt_of p kappa g : Prop := forall F, measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[p]_x F x = (expR kappa)%:E * \int[g]_x (F x * (expR (- (lambda * x)))%:E))%E.

Let weight (x : R) : \bar R := (expR (- (lambda * x)))%:E.

Let weight_ge0 x : (0 <= weight x)%E. Proof. by rewrite lee_fin expR_ge0. Qed.

Let measurable_weight : measurable_fun setT weight.
Proof.
apply/measurable_EFinP; apply: measurableT_comp; first exact: measurable_expR.
by apply: measurableT_comp => //; exact: measurable_funM.
Qed.

Theorem S27_tilted_convolution p kappa g p' kappa' g' : tilt_of p kappa g -> tilt_of p' kappa' g' ->
  tilt_of (convolution p p') (kappa + kappa') (convolution g g').
Proof.
move=> pg pg' F mF F0; have msum2 : measurable_fun setT (fun z : R * R => F (z.1 + z.2)).
  by apply: (measurableT_comp mF); exact: measurable_funD.
have mFl (l' : R) : measurable_fun setT (fun l : R => F (l + l')) by exact: (measurableT_comp msum2 (measurable_pair2 l')).
pose FW x := (F x * weight x)%E.
have mFW : measurable_fun setT FW by exact: emeasurable_funM.
have FW0 x : (0 <= FW x)%E by exact: mule_ge0.
rewrite (convolution_integral _ _ mF F0) (convolution_integral _ _ mFW FW0).
pose I l' := (\int[g]_l (F (l + l')%R * weight l))%E.
have I0 l' : (0 <= I l')%E by apply: integral_ge0 => x _; exact: mule_ge0.
have mI : measurable_fun setT I.
  apply: (measurable_fun_fubini_tonelli_G (m1 := g) (fun z : R * R => F (z.1 + z.2)%R * weight z.1)%E) => [|z].
    by apply: emeasurable_funM => //; exact: (measurableT_comp measurable_weight measurable_fst).
  exact: mule_ge0.
transitivity (\int[p']_l' ((expR kappa)%:E * I l'))%E.
  by apply: eq_integral => l' _; exact: pg.
rewrite ge0_integralZl_EFin//; last exact: expR_ge0.
rewrite (pg' I mI I0) muleA -EFinM -expRD; congr (_ * _)%E.
apply: eq_integral => l' _; have mFlw : measurable_fun setT (fun l : R => F (l + l')%R * weight l)%E by exact: emeasurable_funM.
rewrite /I muleC -ge0_integralZl//; try exact: weight_ge0; try by move=> x _; exact: mule_ge0.
apply: eq_integral => l _; rewrite /FW /weight muleCA -EFinM -expRD; congr (_ * (expR _)%:E)%E; ring.
Qed.

Definition gain_weight (eps l : R) : R := gain (expR eps) l * expR (- (lambda * (l - eps))).

Lemma gain_weight_le1 eps l : 0 <= lambda -> gain_weight eps l <= 1.
Proof.
move=> l0; rewrite /gain_weight /gain -expRD; have [le|lt] := leP 0 (1 - expR (eps - l)).
  rewrite mulr_ile1 ?expR_ge0//; first by rewrite lerBlDr lerDl expR_ge0.
  rewrite -expR0 ler_expR oppr_le0 mulr_ge0// subr_ge0.
  by move: le; rewrite subr_ge0 -[leRHS]expR0 ler_expR subr_le0.
by rewrite mul0r.
Qed.

(* The curve of a law whose finite part has the tilt g. *)
Theorem S27_tilted_curve (p : loss_law R) kappa g eps : tilt_of (finite_losses p) kappa g ->
  loss_curve p (expR eps) = ((expR (kappa - lambda * eps))%:E * \int[g]_l (gain_weight eps l)%:E
    + (infinite_loss p)%:num%:E)%E.
Proof.
move=> pg; rewrite /loss_curve; congr (_ + _)%E.
have mg : measurable_fun setT (fun x : R => (gain (expR eps) x)%:E).
  apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
  by apply: measurable_funM => //; apply: measurableT_comp; first exact: measurable_expR.
have g0 x : (0 <= (gain (expR eps) x)%:E :> \bar R)%E by rewrite lee_fin le_max lexx orbT.
rewrite (pg _ mg g0) expRD EFinM -muleA; congr (_ * _)%E.
rewrite -ge0_integralZl_EFin ?expR_ge0//.
- apply: eq_integral => x _; rewrite -!EFinM /gain_weight; congr EFin.
  by rewrite mulrCA -expRD; congr (_ * expR _); ring.
- by move=> x _; rewrite lee_fin mulr_ge0 ?expR_ge0// le_max lexx orbT.
- apply/measurable_EFinP; apply: measurable_funM; first exact/measurable_EFinP.
  apply: measurableT_comp; first exact: measurable_expR.
  apply: measurableT_comp => //; apply: measurable_funM => //; exact: measurable_funB.
Qed.

(* Composition of any length. *)
Theorem S27_tilted_composition (p : loss_law R) kappa (g : loss_law R)
    (ps gs : seq (loss_law R)) (kappas : seq R) :
  size gs = size ps -> size kappas = size ps -> tilt_of (finite_losses p) kappa (finite_losses g) ->
  (forall i, (i < size ps)%N -> tilt_of (finite_losses (nth p ps i)) (nth 0 kappas i) (finite_losses (nth g gs i))) ->
  tilt_of (finite_losses (compose_all p ps)) (kappa + \sum_(k <- kappas) k) (finite_losses (compose_all g gs)).
Proof.
rewrite /compose_all; elim: ps gs kappas p kappa g => [|p' ps ih] [|g' gs] [|k ks] p kappa g //=.
  by move=> _ _ pg _; rewrite big_nil addr0.
move=> [sg] [sk] pg h; rewrite big_cons addrA; apply: ih => // [|i il].
  by apply: S27_tilted_convolution => //; exact: (h 0%N).
by rewrite (set_nth_default p (compose p p'))// (set_nth_default g (compose g g')) ?sg//; exact: (h i.+1).
Qed.

End tilt.

(* On a grid. *)
Section grid.
Context (R : realType) (n : nat) (l : nat -> R) (w : nat -> {nonneg R}) (lambda kappa : R).

Let tilted_ge0 k : 0 <= (w k)%:num * expR (lambda * l k - kappa).
Proof. by rewrite mulr_ge0// expR_ge0. Qed.

Definition tilted_grid k : {nonneg R} := NngNum (tilted_ge0 k).

Theorem S27_tilted_grid : tilt_of lambda (grid_losses n l w) kappa (grid_losses n l tilted_grid).
Proof.
move=> F mF F0; pose G (x : R) := (F x * (expR (- (lambda * x)))%:E)%E.
have mG : measurable_fun setT G.
  apply: emeasurable_funM => //; apply/measurable_EFinP; apply: measurableT_comp; first exact: measurable_expR.
  by apply: measurableT_comp => //; exact: measurable_funM.
have F0' x : setT x -> (0 <= F x)%E by [].
have G0 x : setT x -> (0 <= G x)%E by move=> _; rewrite mule_ge0// lee_fin expR_ge0.
rewrite -/G !ge0_integral_measure_sum//.
rewrite ge0_sume_distrr; last by move=> k _; apply: integral_ge0 => x _; exact: G0.
apply: eq_bigr => k _; rewrite !ge0_integral_mscale//.
rewrite !integral_dirac// !diracE !in_setT !mul1e /= /G [(F _ * _)%E]muleC !muleA -!EFinM.
by rewrite mulrCA -mulrA -!expRD (_ : _ + _ = 0) ?expR0 ?mulr1//; ring.
Qed.

End grid.

(* The mass at +oo of a composition of laws of mass 1. *)
Section infinite.
Context (R : realType).

Lemma total_mass_compose (p p' : loss_law R) : total_mass (compose p p') = total_mass p * total_mass p'.
Proof.
by rewrite /total_mass /= convolution_setT fineM ?fin_num_measure// /total_mass; ring.
Qed.

Theorem S27_infinite_loss (p : loss_law R) ps : total_mass p = 1 -> (forall q, List.In q ps -> total_mass q = 1) ->
  (infinite_loss (compose_all p ps))%:num = 1 - (1 - (infinite_loss p)%:num) * \prod_(q <- ps) (1 - (infinite_loss q)%:num).
Proof.
rewrite /compose_all; elim: ps p => [|q ps ih] p p1 h /=; first by rewrite big_nil mulr1; ring.
have q1 : total_mass q = 1 by apply: h; left.
rewrite ih ?total_mass_compose ?p1 ?q1 ?mulr1//; last by move=> s sps; apply: h; right.
rewrite big_cons mulrA; congr (1 - _ * _) => /=.
have pE : fine (finite_losses p setT) = 1 - (infinite_loss p)%:num by rewrite -p1 /total_mass; ring.
have qE : fine (finite_losses q setT) = 1 - (infinite_loss q)%:num by rewrite -q1 /total_mass; ring.
by rewrite p1 qE; ring.
Qed.

End infinite.
