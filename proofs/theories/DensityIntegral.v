(* Integrals against a measure with a density.

     has_density mu P f (DifferentialPrivacy.v): f >= 0 is measurable and P(S) = int_S f dmu for every measurable S;
     ge0_integral_density: then int F dP = int F f dmu for every measurable F >= 0;
     density_measure mu f: the measure S |-> int_S f dmu, for f >= 0 measurable. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From LoraPrivacy Require Import DifferentialPrivacy.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Import HBNNSimple.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section integral.
Context d (T : measurableType d) (R : realType) (mu P : {measure set T -> \bar R}) (f : T -> R).
Hypothesis Pf : has_density mu P f.

Let mf : measurable_fun setT f. Proof. by case: Pf. Qed.
Let f0 x : (0 <= f x)%R. Proof. by case: Pf => _ + _; apply. Qed.
Let Pint S : measurable S -> P S = \int[mu]_(x in S) (f x)%:E. Proof. by case: Pf => _ _; apply. Qed.

Let integral_density_simple (h : {nnsfun T >-> R}) :
  \int[P]_x (h x)%:E = \int[mu]_x ((h x)%:E * (f x)%:E).
Proof.
have mh r : measurable (h @^-1` [set r]) by rewrite -[X in measurable X]setTI; exact: measurable_funP.
have mfr r : measurable_fun setT (fun x => ((\1_(h @^-1` [set r]) x)%:E * (f x)%:E)).
  by apply: emeasurable_funM; exact/measurable_EFinP.
rewrite integralT_nnsfun sintegralE.
under [RHS]eq_integral => x _.
  rewrite [in X in X * _]fimfunE -fsumEFin// ge0_mule_fsuml; last first.
    by move=> r; rewrite nnfun_muleindic_ge0.
  under eq_fsbigr do rewrite EFinM -muleA.
  over.
rewrite /= ge0_integral_fsum//; last 2 first.
- by move=> r; exact: measurable_funeM.
- by move=> r x _; rewrite muleA mule_ge0 ?nnfun_muleindic_ge0 ?lee_fin.
apply: eq_fsbigr => r; rewrite inE => -[x _ <-].
rewrite ge0_integralZl ?lee_fin//; last first.
  by move=> y _; rewrite mule_ge0// lee_fin.
rewrite Pint// [in LHS]integral_mkcond; congr (_ * _); apply: eq_integral => y _.
rewrite patchE indicE; case: ifPn => _; [by rewrite mul1e|by rewrite mul0e].
Qed.

Theorem ge0_integral_density (F : T -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x) ->
  \int[P]_x F x = \int[mu]_x (F x * (f x)%:E).
Proof.
move=> mF F0; pose h := nnsfun_approx measurableT mF.
have hF x : (h n x)%:E @[n --> \oo] --> F x by exact: cvg_nnsfun_approx.
have ndh x : {homo (fun n => (h n x)%:E) : m n / (m <= n)%N >-> m <= n}.
  by move=> m n mn; rewrite lee_fin; exact/lefP/nd_nnsfun_approx.
transitivity (limn (fun n => \int[P]_x (h n x)%:E)).
  rewrite -monotone_convergence//; first last.
  - by move=> n x _; rewrite lee_fin.
  - by move=> n; exact/measurable_EFinP.
  by apply: eq_integral => x _; apply/esym/cvg_lim => //; exact: hF.
under eq_fun do rewrite integral_density_simple.
rewrite -monotone_convergence//.
- apply: eq_integral => x _; apply/cvg_lim => //.
  by apply: cvgeMr => //; exact: hF.
- by move=> n; apply: emeasurable_funM; exact/measurable_EFinP.
- by move=> n x _; rewrite mule_ge0 ?lee_fin.
- by move=> x _ m n mn; apply: lee_wpmul2r; [rewrite lee_fin|exact: ndh].
Qed.

End integral.

Section measure.
Context d (T : measurableType d) (R : realType) (mu : {measure set T -> \bar R}) (f : T -> R).
Hypotheses (mf : measurable_fun setT f) (f0 : forall x, (0 <= f x)%R).

Definition density_measure_of (mf : measurable_fun setT f) (f0 : forall x, (0 <= f x)%R) (S : set T) : \bar R :=
  \int[mu]_(x in S) (f x)%:E.

Notation dm := (density_measure_of mf f0).

Let dm0 : dm set0 = 0. Proof. exact: integral_set0. Qed.

Let dm_ge0 S : 0 <= dm S. Proof. by apply: integral_ge0 => x _; rewrite lee_fin. Qed.

Let dm_sigma_additive : semi_sigma_additive dm.
Proof.
move=> F mF tF mUF; rewrite /density_measure_of ge0_integral_bigcup//.
- by apply: is_cvg_ereal_nneg_natsum_cond => n _ _; exact: dm_ge0.
- by apply/measurable_EFinP; apply: measurable_funTS.
- by move=> x _; rewrite lee_fin.
Qed.

HB.instance Definition _ := isMeasure.Build _ _ _ dm dm0 dm_ge0 dm_sigma_additive.

Definition density_measure : {measure set T -> \bar R} := dm.

Lemma density_measureE S : density_measure S = \int[mu]_(x in S) (f x)%:E. Proof. by []. Qed.

Lemma density_measure_has_density : has_density mu density_measure f.
Proof. by split. Qed.

End measure.
