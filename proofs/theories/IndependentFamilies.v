(* Existence: for every law mu on R and all r, m there is a probability space with a mutually independent family
   (A_ki), k < r, i < m, every A_ki with the law mu. So the hypotheses of S2 to S5 can be met, in particular with
   the Gaussian, Rademacher and sparse laws. The space is a product of rm + 1 copies of R, by induction on binary
   products. *)
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
From LoraPrivacy Require Import Independence Moments GradientLaw EntryLaws.

Section existence.
Context (R : realType) (mu : law R).

Definition exists_family (I : finType) : Prop :=
  exists d (T : measurableType d) (P : probability T R) (X : I -> {RV P >-> R}),
    mutually_independent X /\ forall i, has_law (X i) mu.

Section step.
Context d (T : measurableType d) (P : probability T R) (n : nat).
Variable X : 'I_n -> {RV P >-> R}.
Hypotheses (indep : mutually_independent X) (Xmu : forall i, has_law (X i) mu).

Let joint : set (R * T) -> \bar R := (mu \x P)%E.

HB.instance Definition _ := Measure.on joint.

Let jointE (U : set R) (V : set T) : measurable U -> measurable V ->
  joint (U `*` V) = (mu U * P V)%E.
Proof. exact: product_measure1E. Qed.

Let joint_setT : joint setT = 1%E.
Proof. by rewrite -setXTT jointE// !probability_setT mule1. Qed.

HB.instance Definition _ := @Measure_isProbability.Build _ _ R joint joint_setT.

(* The new coordinate first, then the old variables. *)
Definition extended (i : 'I_n.+1) (w : R * T) : R :=
  if unlift ord0 i is Some j then X j w.2 else w.1.

Let measurable_extended i : measurable_fun setT (extended i).
Proof.
rewrite /extended; case: (unlift ord0 i) => [j|]; last exact: measurable_fst.
by apply: measurableT_comp => //; exact: measurable_snd.
Qed.

HB.instance Definition _ i := @isMeasurableFun.Build _ _ _ _ (extended i) (measurable_extended i).

Let Y i : {RV (joint : probability _ R) >-> R} := extended i.

Let preimage_first (U : set R) : Y ord0 @^-1` U = U `*` setT.
Proof.
by apply/seteqP; split=> -[x w] /=; rewrite /extended unlift_none //= => -[].
Qed.

Let preimage_later j (U : set R) : Y (lift ord0 j) @^-1` U = setT `*` (X j @^-1` U).
Proof.
by apply/seteqP; split=> -[x w] /=; rewrite /extended liftK //= => -[].
Qed.

Let mX j (U : set R) : measurable U -> measurable (X j @^-1` U).
Proof. by move=> mU; rewrite -[X in measurable X]setTI; exact: measurable_funP. Qed.

Let first_law (U : set R) : measurable U -> joint (Y ord0 @^-1` U) = mu U.
Proof.
by move=> mU; rewrite preimage_first jointE// probability_setT mule1.
Qed.

Let later_law j (U : set R) : measurable U -> joint (Y (lift ord0 j) @^-1` U) = P (X j @^-1` U).
Proof.
move=> mU; rewrite preimage_later jointE//; last exact: mX.
by rewrite probability_setT mul1e.
Qed.

Lemma exists_family_step : exists_family 'I_n.+1.
Proof.
exists _, _, (joint : probability _ R), Y; split=> [A mA|i U mU]; last first.
  rewrite /distribution /pushforward /=.
  case: (unliftP ord0 i) => [j ->|->]; last exact: first_law.
  by rewrite later_law//; exact: Xmu.
have -> : \bigcap_i (Y i @^-1` A i) =
    A ord0 `*` \bigcap_j (X j @^-1` A (lift ord0 j)).
  apply/seteqP; split=> [[x w] H|[x w] [H0 H] i _].
    split=> [|j _]; first by have := H ord0 I; rewrite /= /extended unlift_none.
    by have := H (lift ord0 j) I; rewrite /= /extended liftK.
  rewrite /= /extended; case: (unliftP ord0 i) => [j ->|->] //.
  exact: (H j I).
have mcap : measurable (\bigcap_j (X j @^-1` A (lift ord0 j))).
  by apply: fin_bigcap_measurable => // j _; exact: mX.
rewrite [LHS]jointE// big_ord_recl; congr (_ * _)%E; first exact/esym/first_law.
apply: (eq_trans (indep (fun j => mA (lift ord0 j)))).
by apply: eq_bigr => j _; exact/esym/later_law.
Qed.

End step.

Lemma exists_family_ord n : exists_family 'I_n.
Proof.
elim: n => [|n [d [T [P [X [indep Xmu]]]]]]; last exact: exists_family_step indep Xmu.
pose X0 : {RV mu >-> R} := (cst 0 : {mfun R >-> R}).
exists _, _, mu, (fun _ : 'I_0 => X0); split=> [A mA|[]//].
rewrite big_ord0 (_ : \bigcap_i _ = setT) ?probability_setT//.
by apply/seteqP; split=> // x _ [].
Qed.

(* Any finite index set. *)
Lemma exists_family_fin (I : finType) : exists_family I.
Proof.
have [d [T [P [X [indep Xmu]]]]] := exists_family_ord #|I|.
exists d, T, P, (X \o enum_rank); split=> [A mA|i]; last exact: Xmu.
have mA' (j : 'I_#|I|) : measurable (A (enum_val j)) by exact: mA.
have -> : \bigcap_i ((X \o enum_rank) i @^-1` A i) = \bigcap_j (X j @^-1` A (enum_val j)).
  apply/seteqP; split=> w H i _ /=.
    by have := H (enum_val i) Logic.I; rewrite /= enum_valK.
  by have := H (enum_rank i) Logic.I; rewrite /= enum_rankK.
apply: (eq_trans (indep _ mA')); rewrite [RHS](reindex (@enum_val I I)) /=.
  by apply: eq_bigr => j _; rewrite enum_valK.
by apply: onW_bij; exact: enum_val_bij.
Qed.

Theorem independent_entries_exist (r m : nat) :
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2) /\
    forall k i, has_law (A k i) mu.
Proof.
have [d [T [P [X [indep Xmu]]]]] := @exists_family_fin ('I_r * 'I_m)%type.
exists d, T, P, (fun k i => X (k, i)); split; last by move=> k i; exact: Xmu.
have XE : (fun e : 'I_r * 'I_m => X (e.1, e.2)) = X by apply/funext => -[].
by rewrite /= XE.
Qed.

(* With the moments of the law: entries satisfying the hypotheses of S2 to S5. *)
Theorem entries_law_exist (r m : nat) (v kappa : R) : law_moments mu v kappa ->
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    entries_law A v kappa.
Proof.
move=> H; have [d [T [P [A [indep Amu]]]]] := independent_entries_exist r m.
exists d, T, P, A; apply: moments_of_law H indep _ => e; exact: Amu.
Qed.

End existence.

(* S2 to S5 are not vacuous: Gaussian entries exist for all r and m. *)
Theorem gaussian_entries_exist (R : realType) (r m : nat) :
  exists d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}),
    gaussian_entries A.
Proof.
have [d [T [P [A [indep Amu]]]]] := independent_entries_exist (@gaussian_law R r%:R^-1) r m.
by exists d, T, P, A; split=> // k i U mU; exact: Amu.
Qed.
