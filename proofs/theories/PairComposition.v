(* S27, item 1, for pairs of laws with densities: domination is kept by composition.

   P, Q have the densities f, g with respect to mu; P', Q' have f', g' with respect to mu'; mu and mu' are sigma-finite. The pair
   (P x P', Q x Q') of two independent releases has the curve
     excess (P x P') (Q x Q') t = the integral over y by mu' of f'(y) excess P Q (t g'(y) / f'(y)), where f'(y) > 0
   (product_excess, inner_stickE). So it rises with excess P Q, and the order of the releases does not matter: where (P1, Q1)
   dominates (P, Q) and (P1', Q1') dominates (P', Q') at every threshold s >= 0, the product dominates at every t >= 0. The
   dominating pairs may live on other spaces. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral GaussianMechanism.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section densities.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Variables (mu : {sigma_finite_measure set T -> \bar R}) (mu' : {sigma_finite_measure set T' -> \bar R}).
Variables (P Q : probability T R) (P' Q' : probability T' R) (f g : T -> R) (f' g' : T' -> R).
Hypotheses (Pf : has_density mu P f) (Qg : has_density mu Q g).
Hypotheses (Pf' : has_density mu' P' f') (Qg' : has_density mu' Q' g').

Definition product_density (f : T -> R) (f' : T' -> R) (z : T * T') : R := f z.1 * f' z.2.

Lemma product_has_density (M : probability T R) (M' : probability T' R) h h' :
  has_density mu M h -> has_density mu' M' h' ->
  has_density (mu \x mu')%E (product_law M M') (product_density h h').
Proof.
move=> Mh Mh'; have [mh h0 _] := Mh; have [mh' h0' _] := Mh'.
have mp : measurable_fun setT (product_density h h').
  by apply: measurable_funM; [apply: measurableT_comp measurable_fst|apply: measurableT_comp measurable_snd].
split=> [//|z|S mS]; first exact: mulr_ge0.
pose I z : \bar R := (\1_S z : R)%:E.
have mI : measurable_fun setT I by apply/measurable_EFinP; exact: measurable_indic.
have I0 z : (0 <= I z)%E by rewrite lee_fin.
transitivity (\int[product_law M M']_z I z)%E; first by rewrite integral_indic// setIT.
rewrite (integral_product_law M M' mI I0).
pose K z := (I z * (product_density h h' z)%:E)%E.
have mK : measurable_fun setT K by apply: emeasurable_funM => //; exact/measurable_EFinP.
have K0 z : (0 <= K z)%E by rewrite mule_ge0// lee_fin mulr_ge0.
transitivity (\int[mu \x mu']_z K z)%E; last first.
  rewrite [RHS]integral_mkcond; apply: eq_integral => z _; rewrite patchE /K /I indicE.
  by case: ifPn => _; rewrite ?mul1e ?mul0e.
rewrite (fubini_tonelli1 (m1 := mu) (m2 := mu') K mK K0).
have mJ : measurable_fun setT (fun x => \int[M']_y I (x, y))%E.
  exact: (measurable_fun_fubini_tonelli_F (m2 := M') I mI I0).
rewrite (ge0_integral_density Mh mJ); last by move=> x; apply: integral_ge0.
apply: eq_integral => x _; have mIx := measurableT_comp mI (measurable_pair1 x).
rewrite (ge0_integral_density Mh' mIx (fun=> I0 _)) muleC /fubini_F.
transitivity (\int[mu']_y ((h x)%:E * (I (x, y) * (h' y)%:E)))%E.
  apply/esym; apply: ge0_integralZl_EFin => //; first by move=> y _; rewrite mule_ge0// lee_fin.
  by apply: emeasurable_funM => //; exact/measurable_EFinP.
by apply: eq_integral => y _; rewrite /K EFinM muleCA.
Qed.

Definition inner_stick (t : R) (y : T') : \bar R :=
  (\int[mu]_x (maxr (f x * f' y - t * (g x * g' y)) 0)%:E)%E.

Let stick t (z : T * T') : \bar R := (maxr (product_density f f' z - t * product_density g g' z) 0)%:E.

Let stick_ge0 t z : (0 <= stick t z)%E. Proof. by rewrite lee_fin le_max lexx orbT. Qed.

Let measurable_stick t : measurable_fun setT (stick t).
Proof.
have [mpf _ _] := product_has_density Pf Pf'; have [mqg _ _] := product_has_density Qg Qg'.
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
exact: measurable_funM.
Qed.

Lemma measurable_inner_stick t : measurable_fun setT (inner_stick t).
Proof. exact: (measurable_fun_fubini_tonelli_G (m1 := mu) (stick t) (measurable_stick t) (stick_ge0 t)). Qed.

Lemma inner_stick_ge0 t y : (0 <= inner_stick t y)%E.
Proof. by apply: integral_ge0 => x _; exact: (stick_ge0 t (x, y)). Qed.

Lemma product_excess t : 0 <= t ->
  excess (product_law P P') (product_law Q Q') t = (\int[mu']_y inner_stick t y)%E.
Proof.
move=> t0; have := hockey_stick_is_excess t0 (product_has_density Pf Pf') (product_has_density Qg Qg').
move=> <-; exact: (fubini_tonelli2 (m1 := mu) (m2 := mu') (stick t) (measurable_stick t) (stick_ge0 t)).
Qed.

Lemma inner_stickE t y : 0 <= t ->
  inner_stick t y = if 0 < f' y then ((f' y)%:E * excess P Q (t * g' y / f' y))%E else 0%E.
Proof.
move=> t0; have [mf f0 _] := Pf; have [mg g0 _] := Qg; have [_ f0' _] := Pf'; have [_ g0' _] := Qg'.
case: ifPn => [p0|]; last first.
  rewrite -leNgt => h; have -> : inner_stick t y = (\int[mu]_x 0)%E; last by rewrite integral0.
  apply: eq_integral => x _; have -> : f' y = 0 by apply/eqP; rewrite eq_le h f0'.
  by rewrite mulr0 sub0r max_r// oppr_le0 mulr_ge0// mulr_ge0.
have s0 : 0 <= t * g' y / f' y by rewrite divr_ge0// mulr_ge0.
rewrite -(hockey_stick_is_excess s0 Pf Qg) /hockey_stick.
transitivity (\int[mu]_x ((f' y)%:E * (maxr (f x - t * g' y / f' y * g x) 0)%:E))%E.
  apply: eq_integral => x _; rewrite -EFinM maxr_pMr ?(ltW p0)// mulr0; congr (maxr _ 0)%:E.
  by field; rewrite gt_eqF.
apply: ge0_integralZl_EFin; rewrite ?(ltW p0)//.
- by move=> x _; rewrite lee_fin le_max lexx orbT.
- apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
  exact: measurable_funM.
Qed.

End densities.

(* The curve of a pair beside another rises with it. *)
Theorem S27_product_dominated d d1 d' (T : measurableType d) (T1 : measurableType d1) (T' : measurableType d')
    (R : realType) (mu : {sigma_finite_measure set T -> \bar R}) (mu1 : {sigma_finite_measure set T1 -> \bar R})
    (mu' : {sigma_finite_measure set T' -> \bar R}) (P Q : probability T R) (P1 Q1 : probability T1 R)
    (P' Q' : probability T' R) f g f1 g1 f' g' (t : R) :
  has_density mu P f -> has_density mu Q g -> has_density mu1 P1 f1 -> has_density mu1 Q1 g1 ->
  has_density mu' P' f' -> has_density mu' Q' g' ->
  (forall s, 0 <= s -> (excess P Q s <= excess P1 Q1 s)%E) -> 0 <= t ->
  (excess (product_law P P') (product_law Q Q') t <= excess (product_law P1 P') (product_law Q1 Q') t)%E.
Proof.
move=> Pf Qg Pf1 Qg1 Pf' Qg' dom t0.
rewrite (product_excess Pf Qg Pf' Qg' t0) (product_excess Pf1 Qg1 Pf' Qg' t0).
apply: ge0_le_integral => //.
- by move=> y _; exact: inner_stick_ge0.
- exact: (measurable_inner_stick Pf Qg Pf' Qg').
- by move=> y _; exact: inner_stick_ge0.
- exact: (measurable_inner_stick Pf1 Qg1 Pf' Qg').
move=> y _; rewrite (inner_stickE Pf Qg Pf' Qg' y t0) (inner_stickE Pf1 Qg1 Pf' Qg' y t0).
case: ifPn => // p0; have [_ g0' _] := Qg'.
rewrite lee_wpmul2l ?lee_fin ?(ltW p0)//; apply: dom.
by rewrite divr_ge0 ?(ltW p0)// mulr_ge0.
Qed.

(* The order of two independent releases does not matter. *)
Lemma product_excessC d d' (T : measurableType d) (T' : measurableType d') (R : realType)
    (mu : {sigma_finite_measure set T -> \bar R}) (mu' : {sigma_finite_measure set T' -> \bar R})
    (P Q : probability T R) (P' Q' : probability T' R) f g f' g' (t : R) :
  has_density mu P f -> has_density mu Q g -> has_density mu' P' f' -> has_density mu' Q' g' -> 0 <= t ->
  excess (product_law P P') (product_law Q Q') t = excess (product_law P' P) (product_law Q' Q) t.
Proof.
move=> Pf Qg Pf' Qg' t0; rewrite (product_excess Pf Qg Pf' Qg' t0) (product_excess Pf' Qg' Pf Qg t0).
have [mpf _ _] := product_has_density Pf Pf'; have [mqg _ _] := product_has_density Qg Qg'.
pose stick (z : T * T') : \bar R := (maxr (product_density f f' z - t * product_density g g' z) 0)%:E.
have ms : measurable_fun setT stick.
  apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
  exact: measurable_funM.
have s0 z : (0 <= stick z)%E by rewrite lee_fin le_max lexx orbT.
have swap := fubini_tonelli (m1 := mu) (m2 := mu') stick ms s0.
apply: (eq_trans (esym swap)); apply: eq_integral => x _; apply: eq_integral => y _.
by rewrite /stick /product_density /= [f x * _]mulrC [g x * _]mulrC.
Qed.

(* Composition of two releases: a pair that dominates in each place gives a pair that dominates. *)
Theorem S27_composition_dominated d d1 d' d1' (T : measurableType d) (T1 : measurableType d1)
    (T' : measurableType d') (T1' : measurableType d1') (R : realType)
    (mu : {sigma_finite_measure set T -> \bar R}) (mu1 : {sigma_finite_measure set T1 -> \bar R})
    (mu' : {sigma_finite_measure set T' -> \bar R}) (mu1' : {sigma_finite_measure set T1' -> \bar R})
    (P Q : probability T R) (P1 Q1 : probability T1 R) (P' Q' : probability T' R) (P1' Q1' : probability T1' R)
    f g f1 g1 f' g' f1' g1' (t : R) :
  has_density mu P f -> has_density mu Q g -> has_density mu1 P1 f1 -> has_density mu1 Q1 g1 ->
  has_density mu' P' f' -> has_density mu' Q' g' -> has_density mu1' P1' f1' -> has_density mu1' Q1' g1' ->
  (forall s, 0 <= s -> (excess P Q s <= excess P1 Q1 s)%E) ->
  (forall s, 0 <= s -> (excess P' Q' s <= excess P1' Q1' s)%E) -> 0 <= t ->
  (excess (product_law P P') (product_law Q Q') t <= excess (product_law P1 P1') (product_law Q1 Q1') t)%E.
Proof.
move=> Pf Qg Pf1 Qg1 Pf' Qg' Pf1' Qg1' dom dom' t0.
apply: le_trans (S27_product_dominated Pf Qg Pf1 Qg1 Pf' Qg' dom t0) _.
rewrite (product_excessC Pf1 Qg1 Pf' Qg' t0) (product_excessC Pf1 Qg1 Pf1' Qg1' t0).
exact: (S27_product_dominated Pf' Qg' Pf1' Qg1' Pf1 Qg1 dom' t0).
Qed.
