(* The uniform law on (-c, c), c > 0: mean 0, variance c^2/3, fourth moment c^4/5, so kurtosis 9/5.

   Kaiming uniform with a = sqrt 5 on m inputs has c = sqrt(6/((1 + 5) m)) = 1/sqrt m, variance 1/(3 m): with
   scale s = alpha/r the mean of the step's gradient is s^2 r/(3 m) G = alpha^2/(3 m r) G (S1, item 3). *)
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

Section uniform.
Context (R : realType).
Variable c : R.
Hypothesis c_gt0 : 0 < c.
Notation mu := (@lebesgue_measure R).

Let symmetric : - c < c. Proof. by rewrite gtrN. Qed.

(* The library's uniform_prob on [-c, c], as a law on R. *)
Definition uniform_law : law R :=
  distribution (uniform_prob symmetric : probability _ R) (@to_real R).

Let uniform_integral (f F : R -> R) : continuous f -> (forall x, 0 <= f x) ->
  (forall x, is_derive x (1 : R) F (f x)) ->
  (\int[uniform_law]_x (f x)%:E = ((F c - F (- c)) / (c + c))%:E)%E.
Proof.
move=> cf f0 dF.
have mf : measurable_fun setT (EFin \o f).
  by apply/measurable_EFinP; exact: continuous_measurable_fun.
have cF : continuous F.
  move=> x; apply: differentiable_continuous; apply/derivable1_diffP.
  by have [] := dF x.
rewrite ge0_integral_distribution//=.
rewrite /to_real (@integral_uniform R (- c) c symmetric (fun x => (f x)%:E))//.
rewrite (@continuous_FTC2 R f F (- c) c symmetric).
- by rewrite opprK -EFinB -EFinM mulrC.
- exact: continuous_subspaceT.
- split; first by move=> x _; have [] := dF x.
    exact/cvg_at_right_filter/cF.
  exact/cvg_at_left_filter/cF.
- by move=> x _; rewrite derive1E; have [_ ->] := dF x.
Qed.

Let primitive n (x : R) :
  is_derive x (1 : R) (fun y : R => n.+1%:R^-1 * y ^+ n.+1) (x ^+ n).
Proof.
have dX : is_derive x 1 (fun y : R => y ^+ n.+1) (n.+1%:R * x ^+ n).
  apply: DeriveDef; first exact: exprn_derivable.
  by rewrite exp_derive /GRing.scale /= mulr1.
apply: (is_derive_eq (is_deriveZ n.+1%:R^-1 dX)).
by rewrite /GRing.scale /= mulKf// pnatr_eq0.
Qed.

Let even_moment n : ~~ odd n ->
  (\int[uniform_law]_x (x ^+ n)%:E = (c ^+ n / n.+1%:R)%:E)%E.
Proof.
move=> en; have pos (x : R) : 0 <= x ^+ n by rewrite exprn_even_ge0.
have -> := uniform_integral (@exprn_continuous R n) pos (primitive n).
congr EFin; rewrite exprNn -signr_odd /= en expr1 !exprS; field.
by rewrite [1 + _]addrC natr1 pnatr_eq0 /= gt_eqF// addr_gt0.
Qed.

Let integrable_even n : ~~ odd n ->
  (uniform_law : set R -> \bar R).-integrable setT (fun x : R => (x ^+ n)%:E).
Proof.
move=> en; apply/integrableP; split.
  by apply/measurable_EFinP; exact: exprn_measurable.
under eq_integral => x _ do rewrite gee0_abs ?lee_fin ?exprn_even_ge0//.
by rewrite even_moment// ltry.
Qed.

Theorem uniform_moments : law_moments uniform_law (c ^+ 2 / 3) (9 / 5).
Proof.
have c0 : c != 0 by rewrite gt_eqF.
split; rewrite ?even_moment//; [exact: integrable_even| |by congr EFin; field].
have i1 : (uniform_law : set R -> \bar R).-integrable setT (fun x : R => x%:E).
  apply: (@le_integrable _ _ _ uniform_law setT _ _
    (fun x : R => ((x ^+ 0)%:E + (x ^+ 2)%:E)%E)) => //.
  - by apply/measurable_EFinP.
  - move=> x _; rewrite /= expr0 lee_fin -(real_normK (num_real x)).
    rewrite [leRHS]ger0_norm ?addr_ge0 ?sqr_ge0//.
    by have := sqr_ge0 (`|x| - 1); have := normr_ge0 x; nra.
  - by apply: integrableD => //; exact: integrable_even.
have E2 : (\int[uniform_law]_x ((x + c) ^+ 2)%:E = (4 / 3 * c ^+ 2)%:E)%E.
  have cont : continuous (fun x : R => (x + c) ^+ 2).
    move=> x; apply: (@continuous_comp _ _ _ (fun y : R => y + c) (fun y : R => y ^+ 2)).
      by apply: cvgD; [exact: cvg_id|exact: cvg_cst].
    exact: exprn_continuous.
  have der (x : R) : is_derive x (1 : R) (fun y : R => 3^-1 * y ^+ 3 + (c *+ 2 * (2^-1 * y ^+ 2)
      + c ^+ 2 * (1^-1 * y ^+ 1))) ((x + c) ^+ 2).
    have H := is_deriveD (primitive 2 x) (is_deriveD (is_deriveZ (c *+ 2) (primitive 1 x))
      (is_deriveZ (c ^+ 2) (primitive 0 x))).
    by apply: (is_derive_eq H); rewrite /GRing.scale /=; ring.
  have -> := uniform_integral cont (fun x => sqr_ge0 _) der.
  by congr EFin; field; rewrite ?c0 gt_eqF// addr_gt0.
have i2 := integrable_even (isT : ~~ odd 2).
move: E2; under eq_integral => x _.
  rewrite (_ : (x + c) ^+ 2 = x ^+ 2 + (2 * c * x + c ^+ 2)); last by ring.
  rewrite EFinD EFinD (EFinM (2 * c)).
  over.
have icst : (uniform_law : set R -> \bar R).-integrable setT (EFin \o cst (c ^+ 2)).
  exact: finite_measure_integrable_cst.
have ilin := integrableZl measurableT (2 * c) i1.
rewrite integralD//; last exact: integrableD.
have Ecst : (\int[uniform_law]_x (c ^+ 2)%:E = (c ^+ 2)%:E)%E.
  by have := expectation_cst uniform_law (c ^+ 2); rewrite unlock.
rewrite integralD// integralZl// Ecst even_moment//.
have fin : (\int[uniform_law]_x x%:E)%E \is a fin_num by exact: integral_fune_fin_num.
rewrite -(fineK fin) -EFinM -!EFinD => -[E]; congr EFin.
have : 2 * c * fine (\int[uniform_law]_x x%:E)%E = 0 by lra.
by move/eqP; rewrite !mulf_eq0 (negbTE c0) pnatr_eq0 /= => /eqP.
Qed.

End uniform.

(* The default A of the PEFT library: uniform on (-1/sqrt m, 1/sqrt m). *)
Section kaiming.
Context (R : realType) (m : nat).
Hypothesis m_gt0 : (0 < m)%N.

Lemma kaiming_bound_gt0 : 0 < Num.sqrt m%:R^-1 :> R.
Proof. by rewrite sqrtr_gt0 invr_gt0 ltr0n. Qed.

Definition kaiming_law : law R := uniform_law kaiming_bound_gt0.

Theorem kaiming_moments : law_moments kaiming_law (3 * m%:R)^-1 (9 / 5).
Proof.
have := uniform_moments kaiming_bound_gt0.
by rewrite sqr_sqrtr ?invr_ge0 ?ler0n// -invfM mulrC.
Qed.

Theorem kaiming_entries_exist (r : nat) :
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2) /\
    forall k i, has_law (A k i) kaiming_law.
Proof. exact: independent_entries_exist. Qed.

Context d (T : measurableType d) (P : probability T R).
Variables (r : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}).
Hypothesis indep : mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2).
Hypothesis A_law : forall k i, has_law (A k i) kaiming_law.

(* With s = alpha/r the factor is alpha^2/(3 m r). *)
Theorem S1_mean_kaiming n (G : 'M_(n, m)) (alpha : R) a i : (0 < r)%N ->
  ('E_P[(fun w => ((alpha / r%:R) ^+ 2 *: sketch A G w) a i)] =
   (alpha ^+ 2 / (3 * m%:R * r%:R) * G a i)%:E)%E.
Proof.
move=> r0; have rn : r%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have mn : m%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have HA := iid_entries_law kaiming_moments indep A_law.
have [_ E] := has_meanZ ((alpha / r%:R) ^+ 2) (mean_entries HA G a i).
transitivity ('E_P[(fun w => (alpha / r%:R) ^+ 2 * sketch A G w a i)%R])%E.
  by congr expectation; apply/funext => w; rewrite mxE.
by rewrite E; congr EFin; field; rewrite mn rn.
Qed.

End kaiming.
