(* S10 and S11 for a fixed direction: the conditional expectation over X.

   r is the rank, m the dimension, N = r + m - 1, k = (r - m - 1)/2, a = N/2; lambda = |q|/|q'| > 0.

     log_density = k ln inner - (r-1) ln norm - r square/(2 inner) + constant      (S8: inner = <y,q> > 0, square = |y|^2)
     product_loss(h, X) = -k ln h - a ln lambda + (X/2) (lambda/h - 1)            (S10, h > 0)
     chi_density n: the chi-square density with n degrees of freedom (ChiSquare.v).

   Proved here: the difference of the log densities of q and q' is product_loss(h, X) for h = lambda <y,q'>/<y,q> and
   X = r |y|^2/<y,q>; in the plane of q and q', h = cos theta + sin theta e/u;
   for X ~ chi-square with N degrees of freedom and c = eps + k ln h + a ln lambda, x = c/(lambda/h - 1),

     E max(1 - e^(eps - product_loss(h, X)), 0) =
       Q(a, x+) - e^eps h^(r-1) Q(a, x+ lambda/h)     if h < lambda,   x+ = max(x, 0);
       P(a, x) - e^eps h^(r-1) P(a, x lambda/h)       if h > lambda and c < 0;
       0                                              if h > lambda and c >= 0;
       max(1 - e^c, 0)                                if h = lambda:

   S11_integrand(psi) is C_r cos^(r-1) psi times this at h = cos(theta - psi)/cos psi, written as in S11. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
From LoraPrivacy Require Import LinearSubstitution GammaLaw ChiSquare PolarLaw LossTail.

Section loss.
Context {R : realType}.
Notation mu := (@lebesgue_measure R).
Implicit Types (r m : nat) (eps h lambda theta psi X : R).

(* N, k and a of the specification. *)
Definition degrees r m : nat := (r + m).-1.
Definition loss_k r m : R := (r%:R - m%:R - 1) / 2.
Definition loss_a r m : R := (degrees r m)%:R / 2.

Definition log_density r m (constant norm inner square : R) : R :=
  loss_k r m * ln inner - (r%:R - 1) * ln norm - r%:R * square / (2 * inner) + constant.

Definition product_loss r m lambda h X : R :=
  - loss_k r m * ln h - loss_a r m * ln lambda + X / 2 * (lambda / h - 1).

Lemma degreesE r m : (0 < r)%N -> (degrees r m)%:R = r%:R + m%:R - 1 :> R.
Proof. by move=> r0; rewrite /degrees -subn1 natrB ?natrD// addn_gt0 r0. Qed.

Lemma degrees_gt0 r m : (0 < r)%N -> (0 < m)%N -> (0 < degrees r m)%N.
Proof. by move=> r0 m0; rewrite /degrees -(ltn_predK r0) -(ltn_predK m0) addSn addnS. Qed.

Theorem S10_loss_from_densities r m (constant norm norm' inner inner' square : R) : (0 < r)%N ->
  0 < norm -> 0 < norm' -> 0 < inner -> 0 < inner' ->
  log_density r m constant norm inner square - log_density r m constant norm' inner' square =
  product_loss r m (norm / norm') (norm / norm' * (inner' / inner)) (r%:R * square / inner).
Proof.
move=> r0 n0 n0' i0 i0'; rewrite /log_density /product_loss /loss_k /loss_a degreesE//.
rewrite lnM ?posrE ?divr_gt0// !ln_div ?posrE//; field.
by rewrite !gt_eqF.
Qed.

Theorem S10_ratio (norm norm' theta psi u e : R) : 0 < norm -> 0 < norm' -> 0 < u ->
  norm / norm' * (norm' * (u * theta + e * psi) / (norm * u)) = theta + psi * (e / u).
Proof. by move=> n0 n0' u0; field; rewrite !gt_eqF. Qed.

(* The conditional expectation given h. *)
Definition conditional_delta r m lambda eps h : R :=
  let a := loss_a r m in
  let c := eps + loss_k r m * ln h + a * ln lambda in
  let x := c / (lambda / h - 1) in
  if h <= 0 then 1
  else if h < lambda then
    gamma_Q a (maxr x 0) - expR eps * h ^+ r.-1 * gamma_Q a (maxr x 0 * (lambda / h))
  else if lambda < h then
    if c < 0 then gamma_P a x - expR eps * h ^+ r.-1 * gamma_P a (x * (lambda / h)) else 0
  else maxr (1 - expR c) 0.

(* The integrand of S11; angle_constant r is C_r (PolarLaw.v). *)
Definition S11_integrand r m lambda theta eps psi : R :=
  let a := loss_a r m in
  let h := cos (theta - psi) / cos psi in
  let c := eps + loss_k r m * ln h + a * ln lambda in
  let x := c / (lambda / h - 1) in
  angle_constant r *
  (if h <= 0 then cos psi ^+ r.-1
   else if h < lambda then
     cos psi ^+ r.-1 * gamma_Q a (maxr x 0)
     - expR eps * cos (theta - psi) ^+ r.-1 * gamma_Q a (maxr x 0 * (lambda / h))
   else if lambda < h then
     if c < 0 then cos psi ^+ r.-1 * gamma_P a x
       - expR eps * cos (theta - psi) ^+ r.-1 * gamma_P a (x * (lambda / h))
     else 0
   else cos psi ^+ r.-1 * maxr (1 - expR c) 0).

Lemma direction_angle theta psi : cos psi != 0 ->
  cos (theta - psi) / cos psi = cos theta + sin theta * tan psi.
Proof. by move=> c0; rewrite cosB /tan; field. Qed.

Lemma S11_integrandE r m lambda theta eps psi : cos psi != 0 ->
  S11_integrand r m lambda theta eps psi = angle_constant r * cos psi ^+ r.-1 *
    conditional_delta r m lambda eps (cos theta + sin theta * tan psi).
Proof.
move=> c0; rewrite -direction_angle// /S11_integrand /conditional_delta -[RHS]mulrA; congr (_ * _).
have hn : (cos (theta - psi) / cos psi) ^+ r.-1 = cos (theta - psi) ^+ r.-1 / cos psi ^+ r.-1.
  by rewrite expr_div_n.
have cn : cos psi ^+ r.-1 != 0 by rewrite expf_neq0.
by cbv zeta; rewrite hn; do 4?[case: ifP => _]; rewrite ?mulr1 ?mulr0//; field.
Qed.

(* chi-square with n degrees of freedom is twice Gamma(n/2). *)
Lemma chi_gamma n (F : R -> R) : (0 < n)%N -> measurable_fun setT F -> (forall s, 0 <= F s) ->
  (\int[mu]_s (chi_density n s * F s)%:E =
   \int[mu]_(g in `]0%R, +oo[)
     (gamma_weight (n%:R / 2) g / gamma_integral (n%:R / 2) * F (2 * g)%R)%:E)%E.
Proof.
move=> n0 mF F0; have g0 : 0 < gamma_integral (n%:R / 2 : R) := gamma_half_gt0 n0.
have m1 : measurable_fun setT (fun s => (chi_density n s * F s)%:E).
  by apply/measurable_EFinP; apply: measurable_funM => //; exact: measurable_chi_density.
have p1 s : (0 <= (chi_density n s * F s)%:E)%E by rewrite lee_fin mulr_ge0// chi_density_ge0.
have := ge0_integral_affine 0 (a := 2) _ m1 p1.
rewrite pnatr_eq0 => /(_ isT) aff; rewrite normr_nat in aff.
have -> : (\int[mu]_s (chi_density n s * F s)%:E =
    2%:E * \int[mu]_s (chi_density n (2 * s + 0) * F (2 * s + 0)%R)%:E)%E.
  by rewrite aff muleA -EFinM divff ?mul1e.
rewrite -ge0_integralZl_EFin//; last first.
  apply: measurableT_comp m1 _; apply: measurable_funD => //; exact: mulrl_measurable.
rewrite [RHS]integral_mkcond; apply: eq_integral => g _.
rewrite patchE addr0 /chi_density pmulr_rgt0//.
have -> : (g \in `]0, +oo[%classic) = (0 < g) by rewrite mem_setE in_itv /= andbT.
case: ifPn => gp; last by rewrite mul0r mule0.
rewrite -EFinM; congr EFin; rewrite /gamma_weight powRM ?(ltW gp)//.
have -> : - (2 * g) / 2 = - g by field.
have -> : 2 `^ (n%:R / 2) = 2 * 2 `^ (n%:R / 2 - 1) :> R.
  by rewrite mulr_powRB1// divr_gt0// ltr0n.
by field; rewrite !gt_eqF// powR_gt0.
Qed.

(* S11, the inner integral: X ~ chi-square with N degrees of freedom, h > 0 fixed. *)
Theorem S11_conditional r m lambda eps h : (0 < r)%N -> (0 < m)%N -> 0 < lambda -> 0 < h ->
  (\int[mu]_s (chi_density (degrees r m) s *
      maxr (1 - expR (eps - product_loss r m lambda h s)) 0)%:E =
   (conditional_delta r m lambda eps h)%:E)%E.
Proof.
move=> r0 m0 l0 h0; set a := loss_a r m; set c := eps + loss_k r m * ln h + a * ln lambda.
have N0 : (0 < degrees r m)%N by exact: degrees_gt0.
have h1 : -1 < lambda / h - 1 by rewrite ltrBrDr addNr divr_gt0.
rewrite chi_gamma//; last 2 first.
- apply: measurable_maxr => //; apply: measurable_funB => //; apply: measurableT_comp => //.
  apply: measurable_funB => //; apply: measurable_funD => //; apply: measurable_funM => //.
  exact: measurable_funM.
- by move=> s; rewrite le_max lexx orbT.
transitivity (loss_tail a c (lambda / h - 1)).
  apply: eq_integral => g _; congr (_ * maxr (1 - expR _) 0)%:E.
  by rewrite /product_loss /c /a; field; rewrite gt_eqF.
rewrite gamma_loss_tail//; last exact: gamma_half_gt0.
congr EFin; rewrite /tail_value /conditional_delta -/a -/c (leNgt h) h0 /=.
rewrite subr_gt0 subr_lt0 ltr_pdivlMr// mul1r ltr_pdivrMr// mul1r.
have -> : 1 + (lambda / h - 1) = lambda / h by rewrite addrC subrK.
have -> : expR c * (lambda / h) `^ (- a) = expR eps * h ^+ r.-1.
  rewrite /powR gt_eqF ?divr_gt0// -expRD ln_div ?posrE//.
  rewrite -[h in RHS]lnK ?posrE// -expRM_natl -expRD; congr expR.
  have -> : r.-1%:R = r%:R - 1 :> R by rewrite -subn1 natrB.
  by rewrite /c /a /loss_k /loss_a degreesE//; field.
by rewrite !(mulrC (lambda / h)).
Qed.

End loss.
