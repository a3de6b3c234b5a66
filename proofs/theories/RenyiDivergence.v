(* Renyi divergences of laws with densities, and mass that the other law lacks (S12, item 2).

   P and Q are laws with densities f and g with respect to a measure mu; alpha > 1.

     renyi_divergence mu f g alpha = ln(int f^alpha g^(1 - alpha) dmu) / (alpha - 1),
       the integrand being 0 where f = g = 0 and +oo where f > 0 = g;
     kl_divergence mu f g = int f ln(f/g) dmu, the integrand being 0 where f = 0 and +oo where f > 0 = g.

   Proved: if P S > 0 and Q S = 0 for one measurable S, both are +oo and (eps, 0) fails for every eps. The divergence through the
   privacy loss is in RenyiLoss.v. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section definitions.
Context (R : realType).

(* The logarithm on [0, +oo]. *)
Definition ereal_ln (x : \bar R) : \bar R :=
  match x with y%:E => if (0 < y)%R then (ln y)%:E else -oo | +oo => +oo | -oo => -oo end.

(* a^alpha b^(1 - alpha) for a, b >= 0 and alpha > 1 *)
Definition renyi_integrand (alpha a b : R) : \bar R :=
  if b == 0%R then (if a == 0%R then 0 else +oo) else (a `^ alpha * b `^ (1 - alpha))%:E.

(* a ln(a / b) for a, b >= 0 *)
Definition kl_integrand (a b : R) : \bar R :=
  if a == 0%R then 0 else if b == 0%R then +oo else (a * ln (a / b))%:E.

Context d (T : measurableType d).

Definition renyi_divergence (mu : set T -> \bar R) (f g : T -> R) (alpha : R) : \bar R :=
  ((alpha - 1)^-1)%:E * ereal_ln (\int[mu]_x renyi_integrand alpha (f x) (g x)).

Definition kl_divergence (mu : set T -> \bar R) (f g : T -> R) : \bar R :=
  \int[mu]_x kl_integrand (f x) (g x).

End definitions.

Section basic.
Context d (T : measurableType d) (R : realType).
Implicit Types (f g : T -> R) (alpha : R).

Lemma renyi_integrand_ge0 alpha (a b : R) : 0 <= renyi_integrand alpha a b.
Proof.
rewrite /renyi_integrand; case: ifP => _; first by case: ifP.
by rewrite lee_fin mulr_ge0// powR_ge0.
Qed.

Let measurable_eq0 f : measurable_fun setT f -> measurable_fun setT (fun x => f x == 0%R).
Proof.
move=> mf; apply: (measurable_fun_bool true); rewrite setTI.
rewrite (_ : _ @^-1` _ = f @^-1` [set 0%R]); first by have := mf measurableT _ (measurable_set1 0%R); rewrite setTI.
by apply/seteqP; split=> x /= /eqP.
Qed.

Lemma measurable_renyi_integrand alpha f g : measurable_fun setT f -> measurable_fun setT g ->
  measurable_fun setT (fun x => renyi_integrand alpha (f x) (g x)).
Proof.
move=> mf mg; apply: measurable_fun_ifT; first exact: measurable_eq0.
  by apply: measurable_fun_ifT; [exact: measurable_eq0|exact: measurable_cst|exact: measurable_cst].
apply/measurable_EFinP; apply: measurable_funM.
  exact: (measurableT_comp (measurable_powR alpha) mf).
exact: (measurableT_comp (measurable_powR (1 - alpha)) mg).
Qed.

Let measurable_lnT : measurable_fun setT (@exp.ln R).
Proof.
rewrite -(setvU [set 0%R]); apply/measurable_funU; [exact: measurableC|exact: measurable_set1|].
by split; [exact: measurable_ln|exact: measurable_fun_set1].
Qed.

Lemma measurable_kl_integrand f g : measurable_fun setT f -> measurable_fun setT g ->
  (forall x, 0 <= f x)%R -> (forall x, 0 <= g x)%R ->
  measurable_fun setT (fun x => kl_integrand (f x) (g x)).
Proof.
move=> mf mg f0 g0.
rewrite (_ : (fun x => _) = fun x => if f x == 0%R then 0 else if g x == 0%R then +oo
    else (f x * (exp.ln (f x) - exp.ln (g x)))%:E); last first.
  apply/funext => x; rewrite /kl_integrand; case: eqP => // /eqP fx; case: eqP => // /eqP gx.
  by rewrite ln_div ?posrE ?lt_neqAle ?f0 ?g0 ?andbT// eq_sym.
apply: measurable_fun_ifT; [exact: measurable_eq0|exact: measurable_cst|].
apply: measurable_fun_ifT; [exact: measurable_eq0|exact: measurable_cst|].
by apply/measurable_EFinP; apply: measurable_funM => //; apply: measurable_funB;
  exact: (measurableT_comp measurable_lnT).
Qed.

Section mass.
Context (mu : {measure set T -> \bar R}) (f g : T -> R) (P Q : probability T R).
Hypotheses (Pf : has_density mu P f) (Qg : has_density mu Q g).
Variable S : set T.
Hypotheses (mS : measurable S) (PS : 0 < P S) (QS : Q S = 0).

(* The points of S with f > 0 = g. *)
Let B := S `&` [set x | g x = 0%R] `&` [set x | f x <> 0%R].

Let mB : measurable B.
Proof.
have [mf _ _] := Pf; have [mg _ _] := Qg.
have zero h : measurable_fun setT h -> measurable [set x : T | h x = 0%R :> R].
  by move=> mh; have := mh measurableT _ (measurable_set1 0%R); rewrite setTI.
apply: measurableI; first by apply: measurableI => //; exact: zero.
by apply: measurableC; exact: zero.
Qed.

Lemma charged_where_other_vanishes : 0 < mu B.
Proof.
have [mf f0 PE] := Pf; have [mg g0 QE] := Qg.
rewrite lt0e measure_ge0 andbT; apply/eqP => B0.
have mgS : measurable_fun S (EFin \o g) by apply/measurable_EFinP; exact: measurable_funTS.
have gS : \int[mu]_(x in S) `|(g x)%:E| = 0.
  by rewrite -QS QE//; apply: eq_integral => x _; rewrite gee0_abs// lee_fin.
have [N [mN N0 SN]] := (ae_eq_integral_abs mu mS mgS).1 gS.
suff : P S = 0 by move=> P0; move: PS; rewrite P0 ltxx.
rewrite PE// (ge0_negligible_integral (measurableU _ _ mN mB))//.
- apply: integral0_eq => x [Sx /not_orP[Nx Bx]].
  have gx : g x = 0%R.
    by apply: contrapT => gx; apply: Nx; apply: SN => /= /(_ Sx) -[].
  by congr EFin; apply: contrapT => fx; apply: Bx.
- by apply/measurable_EFinP; exact: measurable_funTS.
- by move=> x _; rewrite lee_fin.
- apply/eqP; rewrite -measure_le0; apply: (@le_trans _ _ (mu N + mu B)); first exact: measureU2.
  by rewrite N0 B0 adde0.
Qed.

Let infinite_integral (k : T -> \bar R) : measurable_fun setT k -> (forall x, 0 <= k x) ->
  (forall x, B x -> k x = +oo) -> \int[mu]_x k x = +oo.
Proof.
move=> mk k0 kB; apply/eqP; rewrite -leye_eq; apply: (@le_trans _ _ (\int[mu]_(x in B) k x)).
  rewrite (eq_integral (cst +oo)); last by move=> x; rewrite inE; exact: kB.
  by rewrite integral_cst// gt0_mulye// charged_where_other_vanishes.
exact: ge0_subset_integral.
Qed.

Theorem S12_renyi_infinite alpha : (1 < alpha)%R -> renyi_divergence mu f g alpha = +oo.
Proof.
have [mf _ _] := Pf; have [mg _ _] := Qg.
move=> a1; rewrite /renyi_divergence (infinite_integral (k := fun x => renyi_integrand alpha (f x) (g x))).
- by rewrite /= gt0_muley// lte_fin invr_gt0 subr_gt0.
- exact: measurable_renyi_integrand.
- by move=> x; exact: renyi_integrand_ge0.
- by move=> x [[_ /= gx] /eqP fx]; rewrite /renyi_integrand gx eqxx (negbTE fx).
Qed.

(* f ln(f/g) >= f - g >= -g. *)
Let kl_ge x : - (g x)%:E <= kl_integrand (f x) (g x).
Proof.
have [_ f0 _] := Pf; have [_ g0 _] := Qg.
rewrite /kl_integrand; case: eqP => [_|/eqP fx]; first by rewrite oppe_le0 lee_fin.
case: eqP => [_|/eqP gx]; first exact: leey.
have fp : (0 < f x)%R by rewrite lt_neqAle eq_sym fx f0.
have gp : (0 < g x)%R by rewrite lt_neqAle eq_sym gx g0.
rewrite -EFinN lee_fin -lerN2 opprK -mulrN.
have -> : (- exp.ln (f x / g x) = exp.ln (g x / f x))%R.
  by rewrite !ln_div ?posrE// opprB.
rewrite [leLHS]mulrC -ler_pdivlMr//.
by apply/ltW; apply: ln_sublinear; rewrite divr_gt0.
Qed.

Theorem S12_kl_infinite : kl_divergence mu f g = +oo.
Proof.
have [mf f0 _] := Pf; have [mg g0 QE] := Qg.
have mk := measurable_kl_integrand mf mg f0 g0.
rewrite /kl_divergence integralE.
have -> : \int[mu]_x ((fun x => kl_integrand (f x) (g x))^\+ x) = +oo.
  apply: infinite_integral; first exact: measurable_funepos.
    by move=> x; exact: funepos_ge0.
  by move=> x [[_ /= gx] /eqP fx]; rewrite funeposE /kl_integrand (negbTE fx) gx eqxx max_l// leey.
have neg1 : \int[mu]_x ((fun x => kl_integrand (f x) (g x))^\- x) <= 1; last first.
  rewrite addye// eqe_oppLR; apply/eqP => e.
  by move: neg1; rewrite e.
apply: (@le_trans _ _ (\int[mu]_x (g x)%:E)); last by rewrite -QE// probability_setT.
apply: ge0_le_integral => //.
- exact: measurable_funeneg.
- by move=> x _; rewrite lee_fin.
- exact/measurable_EFinP.
- by move=> x _; rewrite funenegE ge_max lee_fin g0 andbT leeNl; exact: kl_ge.
Qed.

Theorem S12_pure_privacy_fails (eps : R) : ~ dp_le eps 0 P Q.
Proof. by move=> /(S12_mass_forces_delta mS QS); rewrite leNgt PS. Qed.

End mass.

End basic.
