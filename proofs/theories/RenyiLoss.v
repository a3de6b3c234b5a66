(* The Renyi divergence through the privacy loss.

   P and Q are probabilities with densities f and g with respect to a measure mu; P has a density h with respect to Q, positive
   everywhere; L = ln h is the privacy loss. For alpha > 1
       renyi_divergence mu f g alpha = ln(E_P e^((alpha - 1) L)) / (alpha - 1),
   so it does not depend on mu, f and g. Densities with respect to the other law go with injective known maps: if the map u has
   a measurable left inverse v, then the law of u under P has the density h (v x) with respect to the law of u under Q. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral RenyiDivergence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section loss.
Context d (T : measurableType d) (R : realType).
Context (mu : {measure set T -> \bar R}) (f g h : T -> R) (P Q : probability T R).
Hypotheses (Pf : has_density mu P f) (Qg : has_density mu Q g) (Ph : has_density Q P h).

Let density_product : ae_eq mu setT (EFin \o f) (fun x => (h x * g x)%:E).
Proof.
have [mf f0 PE] := Pf; have [mg g0 QE] := Qg; have [mh h0 PQ] := Ph.
apply: integral_ae_eq => //.
- apply/integrableP; split; first exact/measurable_EFinP.
  under eq_integral do rewrite /= ger0_norm//.
  by rewrite -PE// probability_setT ltry.
- by apply/measurable_EFinP; exact: measurable_funM.
move=> E _ mE; transitivity (P E); first by rewrite PE.
rewrite PQ// [LHS]integral_mkcond; apply: eq_trans (ge0_integral_density Qg _ _) _.
- by apply/(measurable_restrictT _ mE)/measurable_EFinP; exact: measurable_funTS.
- by move=> x; rewrite patchE; case: ifP; rewrite ?lee_fin.
- rewrite [RHS]integral_mkcond; apply: eq_integral => x _.
  by rewrite !patchE; case: ifP => _; rewrite ?mul0e// EFinM.
Qed.

Theorem renyi_of_loss alpha : (forall x, 0 < h x)%R -> (1 < alpha)%R ->
  renyi_divergence mu f g alpha =
  ((alpha - 1)^-1)%:E * ereal_ln (\int[P]_x (expR ((alpha - 1) * exp.ln (h x)))%:E).
Proof.
have [mf f0 PE] := Pf; have [mg g0 QE] := Qg; have [mh _ PQ] := Ph.
move=> h0 a1; rewrite /renyi_divergence; congr (_ * ereal_ln _).
have mL : measurable_fun setT (fun x => (expR ((alpha - 1) * exp.ln (h x)))%:E).
  have -> : (fun x => (expR ((alpha - 1) * exp.ln (h x)))%:E) = (fun x => (h x `^ (alpha - 1))%:E).
    by apply/funext => x; rewrite /powR gt_eqF.
  by apply/measurable_EFinP; exact: (measurableT_comp (measurable_powR (alpha - 1)) mh).
apply/esym; apply: eq_trans (ge0_integral_density Pf mL _) _; first by move=> x; rewrite lee_fin expR_ge0.
apply/esym; apply: ae_eq_integral => //.
- exact: measurable_renyi_integrand.
- by apply: emeasurable_funM => //; exact/measurable_EFinP.
apply: filterS density_product => x fgh _.
have fx : f x = (h x * g x)%R by apply: EFin_inj; exact: fgh.
rewrite /renyi_integrand fx; case: eqP => [->|/eqP gx]; first by rewrite mulr0 eqxx mule0.
have gp : (0 < g x)%R by rewrite lt_neqAle eq_sym gx g0.
rewrite -EFinM; congr EFin.
have e (t a : R) : (0 < t -> t `^ a = expR (a * exp.ln t))%R by move=> t0; rewrite /powR gt_eqF.
rewrite !e//; last by rewrite mulr_gt0.
have hE : (h x * g x = expR (exp.ln (h x) + exp.ln (g x)))%R by rewrite expRD !lnK ?posrE.
rewrite lnM ?posrE// hE -!expRD; congr expR; ring.
Qed.

End loss.

Section image.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Context (P Q : {measure set T -> \bar R}) (P' Q' : {measure set T' -> \bar R}) (u : T -> T') (v : T' -> T) (h : T -> R).

Theorem density_of_injective_image : measurable_fun setT u -> measurable_fun setT v -> cancel u v ->
  (forall S, measurable S -> P' S = P (u @^-1` S)) -> (forall S, measurable S -> Q' S = Q (u @^-1` S)) ->
  has_density Q P h -> has_density Q' P' (h \o v).
Proof.
move=> mu mv uv P'E Q'E [mh h0 Ph]; split; first exact: measurableT_comp.
  by move=> y; exact: h0.
move=> S mS; have mp : measurable (u @^-1` S) by rewrite -[X in measurable X]setTI; exact: mu.
rewrite P'E// Ph//.
rewrite [RHS]integral_mkcond; set k := (X in \int[Q']_x X x).
have -> : \int[Q']_y k y = \int[pushforward Q mu]_y k y.
  by apply: eq_measure_integral => A mA _; exact: Q'E.
rewrite ge0_integral_pushforward.
- rewrite [LHS]integral_mkcond; apply: eq_integral => x _.
  have e : (x \in u @^-1` S) = (u x \in S) by apply/idP/idP; rewrite !inE.
  by rewrite /k /= !patchE e /= uv; case: ifP.
- rewrite /k; apply/(measurable_restrictT _ mS)/measurable_EFinP; apply: measurable_funTS.
  exact: measurableT_comp.
- by move=> y; rewrite /k patchE; case: ifP => _ //; rewrite lee_fin; exact: h0.
Qed.

End image.
