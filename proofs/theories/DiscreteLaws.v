(* The other laws of S3's list, as probability measures with their moments.

     three_point b p = (1 - p) delta_0 + (p/2) delta_b + (p/2) delta_(-b),   0 < p <= 1:
       mean 0, variance p b^2, fourth moment p b^4, so kurtosis 1/p.
     Rademacher: p = 1, b = 1/sqrt r:        variance 1/r, kurtosis 1.
     Sparse:     p = 1/3, b = sqrt(3/r):     variance 1/r, kurtosis 3.

   With IndependentFamilies.v: entries satisfying the hypotheses of S2 to S5 exist for both. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import matrix ring lra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
From LoraPrivacy Require Import Independence Moments GradientLaw EntryLaws IndependentFamilies.

Section three_point.
Context (R : realType).
Variables (b p : R).
Hypotheses (p_gt0 : 0 < p) (p_le1 : p <= 1).

Let weight0_ge0 : 0 <= 1 - p. Proof. by rewrite subr_ge0. Qed.
Let weight_ge0 : 0 <= p / 2. Proof. by rewrite divr_ge0// ltW. Qed.
Let weight0 : {nonneg R} := NngNum weight0_ge0.
Let weight : {nonneg R} := NngNum weight_ge0.

Definition three_point_measure : {measure set R -> \bar R} :=
  measure_add (mscale weight0 \d_(0 : R))
    (measure_add (mscale weight \d_b) (mscale weight \d_(- b))).

Let three_pointE (U : set R) : three_point_measure U =
  ((1 - p)%:E * \d_(0%R : R) U + ((p / 2)%:E * \d_b U + (p / 2)%:E * \d_(- b)%R U))%E.
Proof.
apply: (eq_trans (measure_addE _ _ _)); congr (_ + _)%E.
exact: (eq_trans (measure_addE _ _ _)).
Qed.

Let three_point_setT : three_point_measure setT = 1%E.
Proof. by rewrite three_pointE !diracT !mule1 -!EFinD; congr EFin; field. Qed.

Definition three_point_set : set R -> \bar R := three_point_measure.

HB.instance Definition _ := Measure.on three_point_set.
HB.instance Definition _ := @Measure_isProbability.Build _ _ R three_point_set three_point_setT.

Definition three_point : law R := three_point_set.

Theorem three_point_mass (U : set R) : three_point U =
  ((1 - p)%:E * \d_(0%R : R) U + ((p / 2)%:E * \d_b U + (p / 2)%:E * \d_(- b)%R U))%E.
Proof. exact: three_pointE. Qed.

Let ge0_integral_three_point (f : R -> R) : measurable_fun setT f -> (forall x, 0 <= f x) ->
  (\int[three_point]_x (f x)%:E = ((1 - p) * f 0 + (p / 2 * f b + p / 2 * f (- b)))%:E)%E.
Proof.
move=> mf f0; have mf' : measurable_fun setT (EFin \o f) by exact/measurable_EFinP.
have f0' x : setT x -> (0 <= (EFin \o f) x)%E by move=> _; rewrite lee_fin.
transitivity (\int[three_point_measure]_x (f x)%:E)%E; first by [].
rewrite ge0_integral_measure_add// ge0_integral_measure_add//.
rewrite !ge0_integral_mscale// !integral_dirac// !diracT !mul1e.
by rewrite -!EFinM -!EFinD.
Qed.

Let mid : measurable_fun setT (fun x : R => x). Proof. by []. Qed.

Theorem three_point_moments : law_moments three_point (p * b ^+ 2) p^-1.
Proof.
have p0 : p != 0 by rewrite gt_eqF.
have m4 : (\int[three_point]_x (x ^+ 4)%:E = (p * b ^+ 4)%:E)%E.
  rewrite ge0_integral_three_point; first by congr EFin; field.
    exact: exprn_measurable.
  by move=> x; rewrite exprn_even_ge0.
split.
- apply/integrableP; split; first by apply/measurable_EFinP; exact: exprn_measurable.
  under eq_integral => x _ do rewrite gee0_abs ?lee_fin ?exprn_even_ge0//.
  by rewrite m4 ltry.
- rewrite integralE.
  have pos : (\int[three_point]_x ((EFin : R -> \bar R)^\+ x) =
      (p / 2 * (Num.max b 0 + Num.max (- b) 0))%:E)%E.
    transitivity (\int[three_point]_x (Num.max x 0)%:E)%E.
      by apply: eq_integral => x _; rewrite funeposE EFin_max.
    rewrite ge0_integral_three_point.
    + by rewrite maxxx; congr EFin; ring.
    + exact: measurable_maxr.
    + by move=> x; rewrite le_max lexx orbT.
  have neg : (\int[three_point]_x ((EFin : R -> \bar R)^\- x) =
      (p / 2 * (Num.max b 0 + Num.max (- b) 0))%:E)%E.
    transitivity (\int[three_point]_x (Num.max (- x) 0)%:E)%E.
      by apply: eq_integral => x _; rewrite funenegE EFin_max.
    rewrite ge0_integral_three_point.
    + by rewrite oppr0 opprK maxxx; congr EFin; ring.
    + by apply: measurable_maxr => //; exact: measurableT_comp.
    + by move=> x; rewrite le_max lexx orbT.
  by rewrite pos neg subee.
- rewrite ge0_integral_three_point; first by congr EFin; field.
    exact: exprn_measurable.
  by move=> x; rewrite sqr_ge0.
- by rewrite m4; congr EFin; field.
Qed.

End three_point.

Section instances.
Context (R : realType).

Lemma third_gt0 : 0 < 3^-1 :> R. Proof. by rewrite invr_gt0. Qed.
Lemma third_le1 : 3^-1 <= 1 :> R. Proof. by rewrite invf_le1// ler1n. Qed.

(* +- 1/sqrt r with probability 1/2 each. *)
Definition rademacher (r : nat) : law R := three_point (Num.sqrt r%:R^-1) ltr01 (lexx 1).

(* +- sqrt(3/r) with probability 1/6 each, otherwise 0. *)
Definition sparse (r : nat) : law R := three_point (Num.sqrt (3 / r%:R)) third_gt0 third_le1.

Theorem rademacher_moments (r : nat) : law_moments (rademacher r) r%:R^-1 1.
Proof.
have := three_point_moments (Num.sqrt r%:R^-1 : R) ltr01 (lexx 1).
by rewrite sqr_sqrtr ?invr_ge0 ?ler0n// mul1r invr1.
Qed.

Theorem sparse_moments (r : nat) : law_moments (sparse r) r%:R^-1 3.
Proof.
have := three_point_moments (Num.sqrt (3 / r%:R) : R) third_gt0 third_le1.
by rewrite sqr_sqrtr ?divr_ge0 ?ler0n// mulrA mulVf ?mul1r ?invrK.
Qed.

Theorem rademacher_entries_exist (r m : nat) :
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    entries_law A r%:R^-1 1.
Proof. exact: entries_law_exist (rademacher_moments r). Qed.

Theorem sparse_entries_exist (r m : nat) :
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    entries_law A r%:R^-1 3.
Proof. exact: entries_law_exist (sparse_moments r). Qed.

(* Rademacher entries: the smallest noise, none on the diagonal. *)
Context d (T : measurableType d) (P : probability T R) (r m : nat).
Variable A : 'I_r -> 'I_m -> {RV P >-> R}.
Hypothesis indep : mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2).
Hypothesis A_law : forall k i, has_law (A k i) (rademacher r).

Theorem S4_entry_variance_rademacher (q : 'cV_m) i : (0 < r)%N ->
  ('V_P[(fun w => sketch_vector A q w i ord0)] =
   ((norm2 q - q i ord0 ^+ 2) / r%:R)%:E)%E.
Proof.
move=> r0; have HA := iid_entries_law (rademacher_moments r) indep A_law.
by rewrite (S4_entry_variance HA r0 erefl); congr EFin; ring.
Qed.

Theorem S4_total_noise_rademacher (q : 'cV_m) : (0 < r)%N ->
  ('E_P[(fun w => \sum_i (sketch_vector A q w i ord0 - q i ord0) ^+ 2)%R] =
   ((m%:R - 1) * norm2 q / r%:R)%:E)%E.
Proof.
move=> r0; have HA := iid_entries_law (rademacher_moments r) indep A_law.
by rewrite (S4_total_noise HA r0 erefl); congr EFin; ring.
Qed.

End instances.
