(* S11 at theta = 0 and even N = r + m - 1 = 2 n: h = 1 throughout, and with c = eps + n log lambda the integral delta is

       tilted n (1/lambda) (c/(lambda - 1)) = Q(n, x) - e^eps Q(n, lambda x)                                if lambda > 1, c >= 0,
       1 - e^eps + e^eps tilted n lambda (c/(1 - 1/lambda)) = P(n, x) - e^eps P(n, lambda x)                if lambda < 1, c <= 0,

   x = c/(lambda - 1), tilted as in ErlangTail.v: the closed forms of S11 without subtraction of near numbers. *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor ErlangTail CurveDefinition CurveIntegral.
Open Scope R_scope.

Section Scaling.
Variables (r m n : nat) (lambda eps : R).
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).

Lemma shift_at_1 : shift r m lambda eps 1 = eps + IZR (Z.of_nat n) * ln lambda.
Proof.
unfold shift; rewrite ln_1; replace (INR (r + m - 1)) with (2 * INR n).
- rewrite <- INR_IZR_INZ; field.
- replace (r + m - 1)%nat with (2 * n)%nat by lia; rewrite mult_INR; simpl; ring.
Qed.

Theorem S11_scaling : delta r m lambda 0 eps = conditional r m lambda eps 1.
Proof.
unfold delta; set (J := conditional r m lambda eps 1); pose proof PI_RGT_0.
assert (X : ex_RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (PI / 2))
  by (apply @ex_RInt_continuous; intros; apply continuous_weight).
rewrite (RInt_ext _ (fun psi => scal (normaliser r * J) (cos psi ^ (r - 1)))).
- rewrite (RInt_scal (V := R_CompleteNormedModule)) by exact X.
  change (normaliser r * J * RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (PI / 2) = J).
  assert (N : 0 < normaliser r) by now apply normaliser_pos.
  unfold normaliser in *; set (A := RInt _ _ _) in *.
  assert (A <> 0) by (intro E; rewrite E in N; rewrite Rinv_0 in N; lra).
  field; assumption.
- intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
  assert (Hc : 0 < cos psi) by (apply cos_gt_0; lra).
  rewrite S11_conditional_integrand by assumption.
  replace (ratio 0 psi) with 1 by (unfold ratio; rewrite Rminus_0_l, cos_neg; field; lra).
  unfold scal; simpl; unfold mult; simpl; fold J; ring.
Qed.

Theorem S11_scaling_up : 1 < lambda -> 0 <= eps + IZR (Z.of_nat n) * ln lambda ->
  delta r m lambda 0 eps = tilted n (/ lambda) ((eps + IZR (Z.of_nat n) * ln lambda) / (lambda - 1)).
Proof.
intros H C; rewrite <- shift_at_1 in *; rewrite S11_scaling, (conditional_early r m n) by (assumption || lra).
unfold Rdiv; now rewrite Rinv_1, Rmult_1_l, Rmult_1_r.
Qed.

Theorem S11_scaling_down : lambda < 1 -> eps + IZR (Z.of_nat n) * ln lambda <= 0 ->
  delta r m lambda 0 eps =
  1 - exp eps + exp eps * tilted n lambda ((eps + IZR (Z.of_nat n) * ln lambda) / (1 - / lambda)).
Proof.
intros H C; rewrite <- shift_at_1 in *; rewrite S11_scaling.
destruct (conditional_late r m n lambda eps Hr Hn HN Hl 1) as [E _]; [assumption|assumption|]; rewrite E.
unfold Rdiv; now rewrite pow1, Rinv_1, !Rmult_1_r, Rmult_1_l.
Qed.

Lemma certify_up value tolerance : 1 < lambda -> 0 <= eps + IZR (Z.of_nat n) * ln lambda ->
  Rabs (tilted n (/ lambda) ((eps + IZR (Z.of_nat n) * ln lambda) / (lambda - 1)) - value) <= tolerance ->
  Rabs (delta r m lambda 0 eps - value) <= tolerance.
Proof. intros; rewrite S11_scaling_up; assumption. Qed.

Lemma certify_down value tolerance : lambda < 1 -> eps + IZR (Z.of_nat n) * ln lambda <= 0 ->
  Rabs (1 - exp eps + exp eps * tilted n lambda ((eps + IZR (Z.of_nat n) * ln lambda) / (1 - / lambda)) - value) <= tolerance ->
  Rabs (delta r m lambda 0 eps - value) <= tolerance.
Proof. intros; rewrite S11_scaling_down; assumption. Qed.

End Scaling.

Ltac scaling_certificate :=
  cbv [tilted excess erlang Z.of_nat Pos.of_succ_nat Pos.succ fact Nat.mul Nat.add];
  first [lia | lra | interval with (i_prec 100)].
