(* The loss of a gamma variable: the incomplete gamma integrals of S11.

   For a > 0 and weight(g) = g^(a-1) e^(-g), with Lebesgue integrals,

     Gamma(a) = int_0^oo weight (GammaLaw.v),   Q(a, x) = int_x^oo weight / Gamma(a),   P(a, x) = int_0^x weight / Gamma(a).

   Proved here, for every s > -1 and real c:

     exponential tilting: int_{g : (1+s) g in A} weight(g) e^(c - s g) dg = e^c (1+s)^(-a) int_A weight;

     (1/Gamma(a)) int_0^oo weight(g) max(1 - e^(c - s g), 0) dg =
       Q(a, x) - e^c (1+s)^(-a) Q(a, (1+s) x)       if s > 0, with x = max(c/s, 0);
       P(a, c/s) - e^c (1+s)^(-a) P(a, (1+s) c/s)   if s < 0 and c < 0;
       0                                            if s < 0 and c >= 0;
       max(1 - e^c, 0)                              if s = 0. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import LinearSubstitution GammaLaw.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Section tail.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).

Implicit Types a c s x g : R.

Definition gamma_weight a g : R := g `^ (a - 1) * expR (- g).
Definition upper_gamma a x : R := fine (\int[mu]_(g in `]x, +oo[) (gamma_weight a g)%:E)%E.
Definition lower_gamma a x : R := fine (\int[mu]_(g in `]0%R, x[) (gamma_weight a g)%:E)%E.
Definition gamma_Q a x : R := upper_gamma a x / gamma_integral a.
Definition gamma_P a x : R := lower_gamma a x / gamma_integral a.

Lemma gamma_weight_ge0 a g : 0 <= gamma_weight a g.
Proof. by rewrite mulr_ge0 ?powR_ge0 ?expR_ge0. Qed.

Lemma measurable_gamma_weight a : measurable_fun setT (gamma_weight a).
Proof.
apply: measurable_funM; first exact: measurable_powR.
by apply: measurableT_comp => //; exact: oppr_measurable.
Qed.

Lemma measurable_tilt c s : measurable_fun setT (fun g : R => expR (c - s * g)).
Proof.
by apply: measurableT_comp => //; apply: measurable_funB => //; exact: mulrl_measurable.
Qed.

(* Exponential tilting. *)
Lemma tilted_gamma a c s (A : set R) : -1 < s -> measurable A -> A `<=` `]0, +oo[ ->
  (\int[mu]_(g in [set g | A ((1 + s) * g)%R]) (gamma_weight a g * expR (c - s * g))%:E =
   (expR c * (1 + s) `^ (- a))%:E * \int[mu]_(g in A) (gamma_weight a g)%:E)%E.
Proof.
move=> s1 mA A0; have d0 : 0 < 1 + s by rewrite -ltrBlDl sub0r.
have dn : 1 + s != 0 by rewrite gt_eqF.
rewrite integral_mkcond [in RHS]integral_mkcond.
pose F : R -> \bar R := (fun g => (gamma_weight a g)%:E) \_ A.
have mF : measurable_fun setT F.
  apply/(measurable_restrictT _ mA); apply/measurable_EFinP; apply: measurable_funTS.
  exact: measurable_gamma_weight.
have F0 x : (0 <= F x)%E.
  by rewrite /F patchE; case: ifP => // _; rewrite lee_fin gamma_weight_ge0.
have := ge0_integral_affine 0 dn mF F0.
rewrite gtr0_norm// => aff.
have -> : (\int[mu]_x F x = (1 + s)%:E * \int[mu]_x F ((1 + s) * x + 0)%R)%E.
  by rewrite aff muleA -EFinM divff// mul1e.
rewrite muleA -EFinM -ge0_integralZl//; first last.
- by rewrite lee_fin !mulr_ge0 ?expR_ge0 ?powR_ge0// ltW.
- apply: measurableT_comp mF _; apply: measurable_funD => //; exact: mulrl_measurable.
apply: eq_integral => g _; rewrite /F !patchE addr0.
have -> : (g \in [set g0 | A ((1 + s) * g0)]) = ((1 + s) * g \in A).
  by apply/idP/idP; rewrite !inE.
case: ifPn => [|_]; last by rewrite mule0.
rewrite inE => /A0; rewrite /= in_itv /= andbT pmulr_rgt0// => g0.
rewrite -EFinM; congr EFin; rewrite /gamma_weight powRM ?(ltW d0) ?(ltW g0)//.
have -> : (1 + s) `^ (- a) = ((1 + s) `^ (a - 1))^-1 / (1 + s).
  by rewrite -powRN -[X in _ / X]powRr1 ?(ltW d0)// -powRB ?dn ?implybT//; congr powR; ring.
have -> : expR (c - s * g) = expR c * expR (- ((1 + s) * g)) * expR g.
  by rewrite -!expRD; congr expR; ring.
rewrite expRN; field; have e0 := expR_gt0 g; have p0 := powR_gt0 (a - 1) d0.
by rewrite dn !gt_eqF.
Qed.

(* Everything below is about one a > 0, for which Gamma(a) is finite and positive. *)
Variable a : R.
Hypothesis gamma_gt0 : 0 < gamma_integral a.

Let mw (A : set R) : measurable A -> measurable_fun A (fun g => (gamma_weight a g)%:E).
Proof.
move=> mA; apply/measurable_EFinP; apply: measurable_funTS.
exact: measurable_gamma_weight.
Qed.

Let w0 (g : R) : (0 <= (gamma_weight a g)%:E)%E.
Proof. by rewrite lee_fin gamma_weight_ge0. Qed.

Lemma gamma_weight_integral :
  (\int[mu]_(g in `]0%R, +oo[) (gamma_weight a g)%:E = (gamma_integral a)%:E)%E.
Proof.
have := gamma_gt0; rewrite /gamma_integral -/(gamma_weight a _).
rewrite (_ : integral _ _ _ = \int[mu]_(g in `]0%R, +oo[) (gamma_weight a g)%:E)%E//.
have : (0 <= \int[mu]_(g in `]0%R, +oo[) (gamma_weight a g)%:E)%E by apply: integral_ge0.
by case: (integral _ _ _) => //=; rewrite ltxx.
Qed.

Lemma gamma_part_fin (A : set R) : measurable A -> A `<=` `]0, +oo[ ->
  (\int[mu]_(g in A) (gamma_weight a g)%:E \is a fin_num)%E.
Proof.
move=> mA A0; rewrite ge0_fin_numE; last by apply: integral_ge0.
apply: (@le_lt_trans _ _ (\int[mu]_(g in `]0%R, +oo[) (gamma_weight a g)%:E)%E).
  by apply: ge0_subset_integral => //; exact: mw.
by rewrite gamma_weight_integral ltry.
Qed.

Definition loss_tail c s : \bar R := (\int[mu]_(g in `]0%R, +oo[)
  (gamma_weight a g / gamma_integral a * maxr (1 - expR (c - s * g)) 0)%:E)%E.

Let loss_tail_scaled c s : (loss_tail c s = (gamma_integral a)^-1%:E *
  \int[mu]_(g in `]0%R, +oo[) (gamma_weight a g * maxr (1 - expR (c - s * g)) 0)%:E)%E.
Proof.
rewrite -ge0_integralZl_EFin//.
- by apply: eq_integral => g _; rewrite -EFinM; congr EFin; ring.
- by move=> g _; rewrite lee_fin mulr_ge0 ?gamma_weight_ge0// le_max lexx orbT.
- apply/measurable_EFinP; apply: measurable_funTS; apply: measurable_funM.
    exact: measurable_gamma_weight.
  apply: measurable_maxr => //; apply: measurable_funB => //; exact: measurable_tilt.
- by rewrite invr_ge0 ltW.
Qed.

(* The positive part is 1 - e^(c - s g) on B, and 0 elsewhere. *)
Let loss_tail_part c s (A B : set R) : -1 < s ->
  measurable A -> A `<=` `]0, +oo[ -> measurable B -> B `<=` `]0, +oo[ ->
  B = [set g | A ((1 + s) * g)] ->
  (forall g, B g -> c - s * g <= 0) -> (forall g, 0 < g -> ~ B g -> 0 <= c - s * g) ->
  loss_tail c s = ((fine (\int[mu]_(g in B) (gamma_weight a g)%:E)%E
    - expR c * (1 + s) `^ (- a) * fine (\int[mu]_(g in A) (gamma_weight a g)%:E)%E)
    / gamma_integral a)%:E.
Proof.
move=> s1 mA A0 mB B0 BA inB outB.
rewrite loss_tail_scaled mulrC EFinM; congr (_ * _)%E.
have -> : (\int[mu]_(g in `]0%R, +oo[) (gamma_weight a g * maxr (1 - expR (c - s * g)) 0)%:E =
    \int[mu]_(g in B) (gamma_weight a g * (1 - expR (c - s * g)))%:E)%E.
  rewrite integral_mkcond [in RHS]integral_mkcond; apply: eq_integral => g _.
  rewrite !patchE; case: ifPn => [|g0].
    rewrite inE /= in_itv /= andbT => g0.
    case: ifPn => [|/negP gB]; rewrite ?inE.
      by move=> /inB h; rewrite max_l// subr_ge0 -expR0 ler_expR.
    rewrite max_r ?mulr0// subr_le0 -expR0 ler_expR; apply: outB => //.
    by move=> h; apply: gB; rewrite inE.
  case: ifPn => //; rewrite inE => /B0 h; by rewrite mem_set in g0.
have fB := gamma_part_fin mB B0; have fA := gamma_part_fin mA A0.
have mt D : measurable D -> measurable_fun D (fun g => (gamma_weight a g * expR (c - s * g))%:E).
  move=> mD; apply/measurable_EFinP; apply: measurable_funTS; apply: measurable_funM.
    exact: measurable_gamma_weight.
  exact: measurable_tilt.
have := tilted_gamma a c s1 mA A0; rewrite -BA => tilt.
have sum : (\int[mu]_(g in B) (gamma_weight a g)%:E =
    \int[mu]_(g in B) (gamma_weight a g * (1 - expR (c - s * g)))%:E +
    \int[mu]_(g in B) (gamma_weight a g * expR (c - s * g))%:E)%E.
  rewrite -ge0_integralD//.
  - by apply: eq_integral => g _; rewrite -EFinD; congr EFin; ring.
  - move=> g /inB h; rewrite lee_fin mulr_ge0 ?gamma_weight_ge0//.
    by rewrite subr_ge0 -expR0 ler_expR.
  - apply/measurable_EFinP; apply: measurable_funTS; apply: measurable_funM.
      exact: measurable_gamma_weight.
    apply: measurable_funB => //; exact: measurable_tilt.
  - by move=> g _; rewrite lee_fin mulr_ge0 ?gamma_weight_ge0 ?expR_ge0.
  - exact: mt.
rewrite EFinB EFinM !fineK// sum tilt addeK//.
by rewrite fin_numM.
Qed.

(* e^c (1+s)^(-a) is written out in the four cases. *)
Definition tail_value c s : R :=
  if 0 < s then
    gamma_Q a (maxr (c / s) 0) - expR c * (1 + s) `^ (- a) * gamma_Q a ((1 + s) * maxr (c / s) 0)
  else if s < 0 then
    if c < 0 then
      gamma_P a (c / s) - expR c * (1 + s) `^ (- a) * gamma_P a ((1 + s) * (c / s))
    else 0
  else maxr (1 - expR c) 0.

Theorem gamma_loss_tail c s : -1 < s -> loss_tail c s = (tail_value c s)%:E.
Proof.
move=> s1; have d0 : 0 < 1 + s by rewrite -ltrBlDl sub0r.
have gn := gt_eqF gamma_gt0; rewrite /tail_value; case: (ltrgtP 0 s) => s0.
- set x := maxr _ _; have x0 : 0 <= x by rewrite le_max lexx orbT.
  rewrite (@loss_tail_part c s `](1 + s) * x, +oo[%classic `]x, +oo[%classic)//.
  + by congr EFin; rewrite /gamma_Q /upper_gamma; field; rewrite gn.
  + move=> g; rewrite /= !in_itv /= !andbT; apply: le_lt_trans.
    by rewrite mulr_ge0// ltW.
  + by move=> g; rewrite /= !in_itv /= !andbT; exact: le_lt_trans.
  + by apply/seteqP; split=> g; rewrite /= !in_itv /= !andbT ltr_pM2l.
  + move=> g; rewrite /= in_itv /= andbT gt_max => /andP[+ _].
    by rewrite ltr_pdivrMr// subr_le0 mulrC => /ltW.
  + move=> g g0; rewrite /= in_itv /= andbT gt_max g0 andbT => /negP.
    by rewrite -leNgt ler_pdivlMr// subr_ge0 mulrC.
- case: (ltP c 0) => c0.
    have x0 : 0 < c / s by rewrite ltr_ndivlMr// mul0r.
    rewrite (@loss_tail_part c s `]0, (1 + s) * (c / s)[%classic `]0, c / s[%classic)//.
    + by congr EFin; rewrite /gamma_P /lower_gamma; field; rewrite gn.
    + by move=> g; rewrite /= !in_itv /= andbT => /andP[].
    + by move=> g; rewrite /= !in_itv /= andbT => /andP[].
    + by apply/seteqP; split=> g; rewrite /= !in_itv /= pmulr_rgt0// ltr_pM2l.
    + by move=> g; rewrite /= in_itv /= ltr_ndivlMr// subr_le0 mulrC => /andP[_ /ltW].
    + move=> g g0; rewrite /= in_itv /= g0 /= => /negP.
      by rewrite -leNgt ler_ndivrMr// subr_ge0 mulrC.
  rewrite (@loss_tail_part c s set0 set0)//.
  + by rewrite !integral_set0 /= mulr0 subrr mul0r.
  + by move=> g g0 _; rewrite subr_ge0 (le_trans _ c0)// mulr_le0_ge0// ltW.
- rewrite -s0 loss_tail_scaled.
  under eq_integral do rewrite mul0r subr0 mulrC EFinM.
  rewrite ge0_integralZl_EFin//; last 2 first.
  + exact: mw.
  + by rewrite le_max lexx orbT.
  by rewrite gamma_weight_integral -!EFinM; congr EFin; field; rewrite gn.
Qed.

End tail.
