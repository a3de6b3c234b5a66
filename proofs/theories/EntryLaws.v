(* Laws of one entry, and S2 to S5 for Gaussian entries.

     law_moments mu v kappa: mu is a law on R with integrable fourth power, mean 0, variance v and
       fourth moment kappa v^2;
     has_law X mu: P(X in U) = mu(U) for every measurable U.

   A mutually independent family of entries with such a law satisfies entries_law, so all of S2 to S5 apply.
     N(0, v), written normal_prob 0 (sqrt v): kappa = 3. Other laws are in DiscreteLaws.v and UniformLaw.v. *)
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
From LoraPrivacy Require Import Independence Moments GradientLaw GaussianMoments.

Section law.
Context (R : realType).
Definition law := probability R R.
Implicit Types mu : law.

Record law_moments (mu : law) (v kappa : R) : Prop := LawMoments {
  law_integrable : mu.-integrable setT (fun x : R => (x ^+ 4)%:E);
  law_mean : (\int[mu]_x x%:E = 0)%E;
  law_second : (\int[mu]_x (x ^+ 2)%:E = v%:E)%E;
  law_fourth : (\int[mu]_x (x ^+ 4)%:E = (kappa * v ^+ 2)%:E)%E }.

Context d (T : measurableType d) (P : probability T R).

Definition has_law (X : {RV P >-> R}) mu : Prop :=
  forall U, measurable U -> distribution P X U = mu U.

Lemma integral_law (X : {RV P >-> R}) mu (f : R -> \bar R) : has_law X mu ->
  measurable_fun setT f -> mu.-integrable setT f ->
  P.-integrable setT (f \o X) /\ (\int[P]_w f (X w) = \int[mu]_x f x)%E.
Proof.
move=> Xmu mf imu.
have same g : (\int[distribution P X]_x g x = \int[mu]_x g x)%E.
  by apply: eq_measure_integral => U mU _; exact: Xmu.
have iP : P.-integrable setT (f \o X).
  apply/integrableP; split; first exact: measurableT_comp.
  have := @ge0_integral_distribution _ _ _ _ _ P X (abse \o f).
  move=> /= <- //; last exact: measurableT_comp.
  by rewrite same; case/integrableP : imu.
by split=> //; rewrite -same integral_distribution.
Qed.

Lemma law_integrable_power mu v kappa n : law_moments mu v kappa -> (n <= 4)%N ->
  mu.-integrable setT (fun x : R => (x ^+ n)%:E).
Proof.
move=> H n4.
apply: (@le_integrable _ _ _ mu setT _ _ (fun x : R => ((1 : R)%:E + (x ^+ 4)%:E)%E)) => //.
- by apply/measurable_EFinP; exact: exprn_measurable.
- move=> x _; rewrite /= lee_fin; have x4 : 0 <= x ^+ 4 by rewrite exprn_even_ge0.
  rewrite [leRHS]ger0_norm ?addr_ge0// normrX.
  rewrite (_ : x ^+ 4 = `|x| ^+ 4); last by rewrite -normrX ger0_norm.
  have [x1|/ltW x1] := leP `|x| 1.
    have xn : `|x| ^+ n <= 1 by rewrite exprn_ile1.
    by rewrite (le_trans xn)// lerDl exprn_ge0.
  have xn : `|x| ^+ n <= `|x| ^+ 4 by rewrite ler_weXn2l.
  by rewrite (le_trans xn)// lerDr.
- apply: integrableD => //; first exact: finite_measure_integrable_cst.
  exact: law_integrable H.
Qed.

Lemma moments_of_law (I : finType) (X : I -> {RV P >-> R}) mu v kappa :
  law_moments mu v kappa -> mutually_independent X -> (forall i, has_law (X i) mu) ->
  moments X v kappa.
Proof.
move=> H indep Xmu.
have pow n i : (n <= 4)%N -> P.-integrable setT (fun w => (X i w ^+ n)%:E) /\
    (\int[P]_w (X i w ^+ n)%:E = \int[mu]_x (x ^+ n)%:E)%E.
  move=> n4; apply: (@integral_law (X i) mu (fun x : R => (x ^+ n)%:E)) => //.
    by apply/measurable_EFinP; exact: exprn_measurable.
  exact: law_integrable_power H n4.
split=> // i.
- exact: (pow 4%N i isT).1.
- have [_] := pow 1%N i isT; rewrite unlock -(law_mean H).
  under [in X in X -> _]eq_integral do rewrite expr1.
  by move=> ->; apply: eq_integral => x _; rewrite expr1.
- by rewrite unlock -(law_second H); exact: (pow 2%N i isT).2.
- by rewrite unlock -(law_fourth H); exact: (pow 4%N i isT).2.
Qed.

(* Independent, identically distributed entries. *)
Theorem iid_entries_law (r m : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}) mu v kappa :
  law_moments mu v kappa -> mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2) ->
  (forall k i, has_law (A k i) mu) -> entries_law A v kappa.
Proof. by move=> H indep Amu; apply: moments_of_law H indep _ => e; exact: Amu. Qed.

End law.

Section gaussian.
Context (R : realType).

(* The library states normal_prob on a copy of the measurable space R; this is the identity between the two. *)
Definition to_real (x : measurableTypeR R) : R := x.

Let measurable_to_real : measurable_fun setT to_real.
Proof. by move=> _ U mU; rewrite setTI. Qed.

HB.instance Definition _ := @isMeasurableFun.Build _ _ _ _ to_real measurable_to_real.

(* N(0, v) as a law on R. *)
Definition gaussian_law (v : R) : law R :=
  distribution (normal_prob 0 (Num.sqrt v) : probability _ R) to_real.

Lemma gaussian_lawE v (U : set R) : gaussian_law v U = normal_prob 0 (Num.sqrt v) U.
Proof. by []. Qed.

Let gaussian_integral (v : R) n : v != 0 -> 0 < v ->
  (\int[gaussian_law v]_x (x ^+ n)%:E = \int[normal_prob 0 (Num.sqrt v)]_x (x ^+ n)%:E)%E.
Proof.
move=> v0 vp; have s0 : Num.sqrt v != 0 by rewrite gt_eqF// sqrtr_gt0.
rewrite integral_distribution//; last exact: (normal_integrable_power s0 n).
by apply/measurable_EFinP; exact: exprn_measurable.
Qed.

Theorem gaussian_law_moments (v : R) : 0 < v -> law_moments (gaussian_law v) v 3.
Proof.
move=> v0; have s0 : Num.sqrt v != 0 by rewrite gt_eqF// sqrtr_gt0.
have s2 : Num.sqrt v ^+ 2 = v by rewrite sqr_sqrtr// ltW.
have vn : v != 0 by rewrite gt_eqF.
split.
- apply/integrableP; split; first by apply/measurable_EFinP; exact: exprn_measurable.
  under eq_integral => x _ do rewrite gee0_abs ?lee_fin ?exprn_even_ge0//.
  by rewrite gaussian_integral// normal_moment4// ltry.
- by rewrite -(@normal_odd_moment _ _ s0 1 isT) -gaussian_integral.
- by rewrite gaussian_integral// normal_moment2// s2.
- by rewrite gaussian_integral// normal_moment4// (exprM _ 2 2) s2.
Qed.

Context d (T : measurableType d) (P : probability T R).
Variables (r m : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}).

(* The default initialisation: independent entries with the law N(0, 1/r). *)
Definition gaussian_entries : Prop :=
  mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2) /\
  forall k i (U : set R), measurable U ->
    distribution P (A k i) U = normal_prob 0 (Num.sqrt r%:R^-1) U.

Hypotheses (r_gt0 : (0 < r)%N) (HA : gaussian_entries).

Theorem gaussian_entries_law : entries_law A r%:R^-1 3.
Proof.
apply: (@moments_of_law _ _ _ _ _ _ (gaussian_law r%:R^-1)) => [||e].
- by apply: gaussian_law_moments; rewrite invr_gt0 ltr0n.
- exact: HA.1.
- by move=> U mU; exact: HA.2.
Qed.

Theorem S2_mean_gaussian n (G : 'M_(n, m)) a i :
  ('E_P[(fun w => sketch A G w a i)] = (G a i)%:E)%E.
Proof.
have [_ ->] := mean_entries gaussian_entries_law G a i.
by rewrite mulfV ?mul1r// pnatr_eq0 -lt0n.
Qed.

Theorem S3_covariance_row_gaussian (q : 'cV_m) i j :
  covariance P (fun w => sketch_vector A q w i ord0) (fun w => sketch_vector A q w j ord0) =
  ((norm2 q * (i == j)%:R + q i ord0 * q j ord0) / r%:R)%:E.
Proof.
by rewrite (S3_covariance_row gaussian_entries_law)// subrr !mul0r addr0.
Qed.

Theorem S4_entry_variance_gaussian (q : 'cV_m) i :
  ('V_P[(fun w => sketch_vector A q w i ord0)] =
   ((norm2 q + q i ord0 ^+ 2) / r%:R)%:E)%E.
Proof.
rewrite (S4_entry_variance gaussian_entries_law)//.
by congr ((_ + _) / _)%:E; ring.
Qed.

Theorem S4_total_noise_gaussian (q : 'cV_m) :
  ('E_P[(fun w => \sum_i (sketch_vector A q w i ord0 - q i ord0) ^+ 2)%R] =
   ((m%:R + 1) * norm2 q / r%:R)%:E)%E.
Proof.
rewrite (S4_total_noise gaussian_entries_law)//.
by congr (_ * _ / _)%:E; ring.
Qed.

Theorem S5_covariance_matrix_gaussian n (G : 'M_(n, m)) a i b j :
  covariance P (fun w => sketch A G w a i) (fun w => sketch A G w b j) =
  (((G *m G^T) a b * (i == j)%:R + G a j * G b i) / r%:R)%:E.
Proof.
by rewrite (S5_covariance_matrix gaussian_entries_law)// subrr !mul0r addr0.
Qed.

End gaussian.
