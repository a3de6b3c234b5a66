(* The normal density and its powers on the half line.

   phi(x) = normal_pdf 0 s x = exp(-x^2/(2 s^2)) / sqrt(2 pi s^2), s <> 0.

     phi'(x) = -(x/s^2) phi(x);
     x^k phi(x) <= C/x for x > 0 and k >= 1;
     int_0^oo x^(n+2) phi = s^2 (n+1) int_0^oo x^n phi     (by parts on [0, b], then b -> oo);
     int_0^oo phi = 1/2. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ftc gauss_integral probability.
From mathcomp Require Import ring lra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section density.
Context {R : realType}.
Variable s : R.
Hypothesis s_neq0 : s != 0.
Notation phi := (normal_pdf 0 s).
Notation mu := (@lebesgue_measure R).

Let s2_gt0 : 0 < s ^+ 2. Proof. by rewrite exprn_even_gt0. Qed.

Let c : R := (Num.sqrt (s ^+ 2 * pi *+ 2))^-1.

Let phiE x : phi x = c * expR (- x ^+ 2 / (s ^+ 2 *+ 2)).
Proof. by rewrite /normal_pdf (negbTE s_neq0) subr0. Qed.

Let c_ge0 : 0 <= c. Proof. by rewrite invr_ge0 sqrtr_ge0. Qed.

Lemma density_even x : phi (- x) = phi x.
Proof. by rewrite !phiE sqrrN. Qed.

Lemma is_derive_density (x : R) : is_derive x 1 phi (- (x / s ^+ 2) * phi x).
Proof.
have -> : phi = (fun y => c * expR (- y ^+ 2 / (s ^+ 2 *+ 2))).
  by apply/funext => y; rewrite phiE.
apply: is_derive_eq.
rewrite /GRing.scale /= ?(mulr1, expr1, mulr0, addr0).
set e := expR _.
by field.
Qed.

Definition moment_primitive (n : nat) (x : R) : R := - s ^+ 2 * (x ^+ n.+1 * phi x).

Lemma is_derive_moment_primitive n (x : R) :
  is_derive x 1 (moment_primitive n)
    (x ^+ n.+2 * phi x - s ^+ 2 * n.+1%:R * (x ^+ n * phi x)).
Proof.
have dX : is_derive x 1 (fun y : R => y ^+ n.+1) (n.+1%:R * x ^+ n).
  apply: DeriveDef; first exact: exprn_derivable.
  by rewrite exp_derive /GRing.scale /= mulr1.
have dM := is_deriveZ (- s ^+ 2) (is_deriveM dX (is_derive_density x)).
apply: (is_derive_eq dM); rewrite /GRing.scale /= ![x ^+ _.+1]exprS.
by field.
Qed.

Lemma continuous_monomial_density n : continuous (fun x : R => x ^+ n * phi x).
Proof.
move=> x; apply: cvgM; first exact: exprn_continuous.
exact: continuous_normal_pdf.
Qed.

Lemma integrable_monomial_density k (b : R) :
  mu.-integrable `[0, b] (EFin \o (fun x => x ^+ k * phi x)).
Proof.
apply: continuous_compact_integrable; first exact: segment_compact.
by apply: continuous_subspaceT; exact: continuous_monomial_density.
Qed.

Lemma integral_by_parts n (b : R) : 0 < b ->
  (\int[mu]_(x in `[0%R, b]) (x ^+ n.+2 * phi x)%:E =
   (s ^+ 2 * n.+1%:R)%:E * \int[mu]_(x in `[0%R, b]) (x ^+ n * phi x)%:E
   - (s ^+ 2 * (b ^+ n.+1 * phi b))%:E)%E.
Proof.
move=> b0; have itg k := integrable_monomial_density k b.
have cF : continuous (moment_primitive n).
  move=> x; apply: differentiable_continuous; apply/derivable1_diffP.
  by have [] := is_derive_moment_primitive n x.
have FTC : (\int[mu]_(x in `[0%R, b])
    (x ^+ n.+2 * phi x - s ^+ 2 * n.+1%:R * (x ^+ n * phi x))%:E =
    (moment_primitive n b)%:E - (moment_primitive n 0)%:E)%E.
  apply: continuous_FTC2 => //.
  - apply: continuous_subspaceT => x; apply: cvgB.
      exact: continuous_monomial_density.
    by apply: cvgMr; exact: continuous_monomial_density.
  - split; first by move=> x _; have [] := is_derive_moment_primitive n x.
      exact/cvg_at_right_filter/cF.
    exact/cvg_at_left_filter/cF.
  - move=> x _; rewrite derive1E.
    by have [_ ->] := is_derive_moment_primitive n x.
have F0 : moment_primitive n 0 = 0.
  by rewrite /moment_primitive expr0n /= mul0r mulr0.
move: FTC; rewrite F0 sube0.
under eq_integral do rewrite EFinB (EFinM (s ^+ 2 * n.+1%:R)).
rewrite integralB//=; [|exact: itg|exact/integrableZl/itg].
rewrite integralZl//=; last exact: itg.
rewrite /moment_primitive mulNr EFinN => <-.
rewrite addeC subeK// fin_numM//; apply: integral_fune_fin_num => //; exact: itg.
Qed.

Lemma cvg_boundary k : (n%:R ^+ k.+1 * phi n%:R) @[n --> \oo] --> (0 : R).
Proof.
pose d := s ^+ 2 *+ 2 * k.+1%:R.
have d0 : 0 < d by rewrite mulr_gt0// mulrn_wgt0.
apply: (@squeeze_cvgr _ _ _ _ (cst 0) (fun n => c * (d * n%:R^-1) ^+ k.+1)).
- near=> n; have n0 : 0 < n%:R :> R by rewrite ltr0n; near: n; exact: nbhs_infty_gt.
  rewrite mulr_ge0 ?exprn_ge0 ?normal_pdf_ge0//= phiE mulrCA ler_wpM2l//.
  have -> : - n%:R ^+ 2 / (s ^+ 2 *+ 2) = - (n%:R ^+ 2 / d) * k.+1%:R.
    by rewrite /d -mulr_natr; field; rewrite s_neq0 andbT addrC natr1 pnatr_eq0.
  have dn : 0 <= d / n%:R by rewrite divr_ge0// ltW.
  rewrite expRM_natr -exprMn lerXn2r ?nnegrE//; first by rewrite mulr_ge0 ?expR_ge0.
  rewrite expRN ler_pdivrMr ?expR_gt0// mulrAC ler_pdivlMr// -expr2.
  rewrite mulrC -ler_pdivrMr//; apply: le_trans (expR_ge1Dx _).
  by rewrite lerDr.
- exact: cvg_cst.
- have -> : (0 : R) = c * (d * 0) ^+ k.+1 by rewrite mulr0 expr0n mulr0.
  have dn0 : d / n%:R @[n --> \oo] --> d * 0.
    apply: cvgMr; apply/gtr0_cvgV0; last exact: cvgr_idn.
    by near=> n; rewrite ltr0n; near: n; exact: nbhs_infty_gt.
  apply: cvgMr.
  by apply: (@cvg_comp _ _ _ _ (fun y : R => y ^+ k.+1) _ _ _ dn0); exact: exprn_continuous.
Unshelve. all: by end_near. Qed.

(* The moments on the half line. *)
Definition half_moment n : \bar R :=
  (\int[mu]_(x in `[0%R, +oo[) (x ^+ n * phi x)%:E)%E.

Lemma measurable_monomial_density n : measurable_fun setT (fun x : R => x ^+ n * phi x).
Proof.
by apply: continuous_measurable_fun; exact: continuous_monomial_density.
Qed.

Lemma cvg_half_moment n :
  (\int[mu]_(x in `[0%R, k%:R]) (x ^+ n * phi x)%:E)%E @[k --> \oo] --> half_moment n.
Proof.
pose f (x : R) := `|x| ^+ n * phi x.
have f0 x : 0 <= f x by rewrite mulr_ge0 ?exprn_ge0 ?normal_pdf_ge0.
have mf : measurable_fun setT f.
  apply: measurable_funM; last exact: measurable_normal_pdf.
  by apply: measurable_funX; exact: measurable_normr.
have -> : half_moment n = (\int[mu]_(x in `[0%R, +oo[) (f x)%:E)%E.
  apply: eq_integral => x; rewrite inE /= in_itv /= andbT => x0.
  by rewrite /f ger0_norm.
under eq_cvg => k.
  under eq_integral => x.
    rewrite inE /= in_itv /= => /andP[x0 _].
    have -> : x ^+ n * phi x = f x by rewrite /f ger0_norm.
    over.
  over.
exact: ge0_cvgn_integral.
Qed.

Lemma half_moment_step n (j : R) : half_moment n = j%:E ->
  half_moment n.+2 = (s ^+ 2 * n.+1%:R * j)%:E.
Proof.
move=> Hj.
have cB : (s ^+ 2 * (k%:R ^+ n.+1 * phi k%:R)) @[k --> \oo] --> (0 : R).
  by rewrite -[X in _ --> X](mulr0 (s ^+ 2)); apply: cvgMr; exact: cvg_boundary.
apply: (cvg_unique _ (@cvg_half_moment n.+2)); first exact: ereal_hausdorff.
have : ((s ^+ 2 * n.+1%:R)%:E * \int[mu]_(x in `[0%R, k%:R]) (x ^+ n * phi x)%:E
   - (s ^+ 2 * (k%:R ^+ n.+1 * phi k%:R))%:E)%E @[k --> \oo]
   --> ((s ^+ 2 * n.+1%:R)%:E * j%:E - 0%:E)%E.
  apply: cvgeB => //.
    by apply: cvgeMl => //; rewrite -Hj; exact: cvg_half_moment.
  apply: cvg_EFin; first exact: nearW.
  exact: cB.
rewrite sube0 -EFinM; apply: cvg_trans; apply: near_eq_cvg.
near=> k; apply/esym; apply: integral_by_parts; rewrite ltr0n.
by near: k; exact: nbhs_infty_gt.
Unshelve. all: by end_near. Qed.

Lemma half_moment0 : half_moment 0 = (2^-1)%:E.
Proof.
have := integral_normal_pdf 0 s.
rewrite ge0_symfun_integralT; last 3 first.
- by move=> x; exact: normal_pdf_ge0.
- by move=> x; exact: continuous_normal_pdf.
- by move=> x; rewrite /= density_even.
rewrite -set_itv_c_infty => H1.
have -> : half_moment 0 = (\int[mu]_(x in `[0%R, +oo[) (phi x)%:E)%E.
  by apply: eq_integral => x _; rewrite expr0 mul1r.
rewrite -[LHS]mul1e -[in LHS](@mulVf R 2)// EFinM -muleA.
by move: H1; rewrite /normal_pdf => ->; rewrite mule1.
Qed.

End density.
