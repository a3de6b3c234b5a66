(* S14, item 3, with S12: the floor at the largest angle of a neighbourhood of relative sensitivity tau < 2,

       worst_angle tau = 2 asin(tau/2),        worst_floor r tau = floor r (worst_angle tau),

   in the closed form that interval arithmetic evaluates: with c = cos theta = 1 - tau^2/2 and x = sin^2 theta = 1 - c^2,

       worst_floor (2k+2) tau = (1 - c (1 + 1/2 x (1 + 3/4 x (1 + ...))))/2,                                 k+1 terms
       worst_floor (2k+1) tau = (2 atan(v) - 2 w c (1 + 2/3 x (1 + 4/5 x (1 + ...))))/pi,                    k terms,
       w = tau/2 sqrt(1 - (tau/2)^2) = sin theta / 2,   v = tau/2 / sqrt(1 - (tau/2)^2),

   and 0 < worst_floor r tau. The generated files CertifiedFloor*.v rest on this one. *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor.
Open Scope R_scope.

Definition worst_angle (tau : R) : R := 2 * asin (tau / 2).

Definition worst_floor (r : nat) (tau : R) : R := floor r (worst_angle tau).

Lemma cos_worst_angle tau : -2 <= tau <= 2 -> cos (worst_angle tau) = 1 - tau ^ 2 / 2.
Proof.
intro H; unfold worst_angle; rewrite cos_2a_sin, sin_asin by lra; field.
Qed.

Lemma sin_worst_angle tau : -2 <= tau <= 2 -> sin (worst_angle tau) = 2 * (tau / 2 * sqrt (1 - (tau / 2) ^ 2)).
Proof.
intro H; unfold worst_angle; rewrite sin_2a, sin_asin, cos_asin by lra.
replace ((tau / 2)²) with ((tau / 2) ^ 2) by (unfold Rsqr; ring); ring.
Qed.

Lemma sin2_worst_angle tau : -2 <= tau <= 2 -> sin (worst_angle tau) ^ 2 = 1 - (1 - tau ^ 2 / 2) ^ 2.
Proof.
intro H; rewrite <- cos_worst_angle by assumption.
pose proof (sin2_cos2 (worst_angle tau)) as E; unfold Rsqr in E.
replace (sin (worst_angle tau) ^ 2) with (sin (worst_angle tau) * sin (worst_angle tau)) by ring.
replace (cos (worst_angle tau) ^ 2) with (cos (worst_angle tau) * cos (worst_angle tau)) by ring.
lra.
Qed.

Theorem S12_worst_floor_even (k : nat) (tau : R) : -2 <= tau <= 2 ->
  worst_floor (2 * (k + 1)) tau =
  (1 - (1 - tau ^ 2 / 2) * nested 1 (k + 1) (1 - (1 - tau ^ 2 / 2) ^ 2)) / 2.
Proof.
intro H; unfold worst_floor.
now rewrite S12_floor_even, cos_worst_angle, sin2_worst_angle.
Qed.

Theorem S12_worst_floor_odd (k : nat) (tau : R) : -2 < tau < 2 ->
  worst_floor (2 * k + 1) tau =
  (2 * atan (tau / 2 / sqrt (1 - (tau / 2) ^ 2))
   - 2 * (tau / 2 * sqrt (1 - (tau / 2) ^ 2)) * (1 - tau ^ 2 / 2) * nested 2 k (1 - (1 - tau ^ 2 / 2) ^ 2)) / PI.
Proof.
intro H; unfold worst_floor.
rewrite S12_floor_odd, sin_worst_angle at 1 by lra.
rewrite cos_worst_angle, sin2_worst_angle by lra.
unfold worst_angle; rewrite asin_atan by lra.
now replace ((tau / 2)²) with ((tau / 2) ^ 2) by (unfold Rsqr; ring).
Qed.

Theorem S12_worst_floor_positive (r : nat) (tau : R) : (1 <= r)%nat -> 0 < tau < 2 -> 0 < worst_floor r tau.
Proof.
intros Hr H; unfold worst_floor; rewrite S12_floor_sine.
apply Rdiv_lt_0_compat; [|now apply sine_integral_pi_pos].
assert (A : 0 < worst_angle tau).
{ unfold worst_angle; rewrite asin_atan by lra.
  assert (0 < sqrt (1 - (tau / 2)²)) by (apply sqrt_lt_R0; unfold Rsqr; nra).
  assert (0 < tau / 2 / sqrt (1 - (tau / 2)²)) by (apply Rdiv_lt_0_compat; lra).
  pose proof (atan_increasing 0 (tau / 2 / sqrt (1 - (tau / 2)²)) ltac:(assumption)) as I.
  rewrite atan_0 in I; lra. }
assert (B : worst_angle tau < PI).
{ unfold worst_angle; pose proof (asin_bound_lt (tau / 2) ltac:(lra)); lra. }
apply RInt_gt_0; [assumption| |].
- intros u Hu; apply pow_lt, sin_gt_0; lra.
- intros u Hu; apply continuous_sin_pow.
Qed.

(* The steps of a certificate: rank 2 (k + 1), or 2 k + 1, and bounds on the closed form. *)
Lemma certify_even k tau lo hi : -2 <= tau <= 2 ->
  lo <= (1 - (1 - tau ^ 2 / 2) * nested 1 (k + 1) (1 - (1 - tau ^ 2 / 2) ^ 2)) / 2 <= hi ->
  lo <= worst_floor (2 * (k + 1)) tau <= hi.
Proof. intros; rewrite S12_worst_floor_even; assumption. Qed.

Lemma certify_odd k tau lo hi : -2 < tau < 2 ->
  lo <= (2 * atan (tau / 2 / sqrt (1 - (tau / 2) ^ 2))
         - 2 * (tau / 2 * sqrt (1 - (tau / 2) ^ 2)) * (1 - tau ^ 2 / 2) * nested 2 k (1 - (1 - tau ^ 2 / 2) ^ 2)) / PI
     <= hi ->
  lo <= worst_floor (2 * k + 1) tau <= hi.
Proof. intros; rewrite S12_worst_floor_odd; assumption. Qed.

(* Below the smallest number the table prints, only the upper bound is a computation. *)
Lemma certify_tiny_even k tau hi : 0 < tau < 2 ->
  (1 - (1 - tau ^ 2 / 2) * nested 1 (k + 1) (1 - (1 - tau ^ 2 / 2) ^ 2)) / 2 <= hi ->
  0 < worst_floor (2 * (k + 1)) tau <= hi.
Proof.
intros H K; rewrite <- S12_worst_floor_even in K by lra.
split; [apply S12_worst_floor_positive; [lia|assumption]|assumption].
Qed.

Lemma certify_tiny_odd k tau hi : 0 < tau < 2 ->
  (2 * atan (tau / 2 / sqrt (1 - (tau / 2) ^ 2))
         - 2 * (tau / 2 * sqrt (1 - (tau / 2) ^ 2)) * (1 - tau ^ 2 / 2) * nested 2 k (1 - (1 - tau ^ 2 / 2) ^ 2)) / PI
     <= hi ->
  0 < worst_floor (2 * k + 1) tau <= hi.
Proof.
intros H K; rewrite <- S12_worst_floor_odd in K by lra.
split; [apply S12_worst_floor_positive; [lia|assumption]|assumption].
Qed.

Ltac unfold_terms := cbv [nested Nat.add Z.add Pos.add Pos.succ Pos.add_carry].

(* Small even ranks are rational numbers: no rounding, so that bounds may be attained. *)
Ltac bound_exactly := unfold_terms; lra.

Ltac bound_by_interval p := unfold_terms; interval with (i_prec p).
