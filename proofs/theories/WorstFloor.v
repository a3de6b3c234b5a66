(* S12 at the angle 2 asin(tau/2), which S14, item 3, states to be the largest of a neighbourhood of relative sensitivity tau < 2 (not
   proved here), with the floor of ProductFloor.v:

       worst_angle tau = 2 asin(tau/2),        worst_floor r tau = floor r (worst_angle tau),

   in the closed form that interval arithmetic evaluates: with c = cos theta = 1 - tau^2/2 and x = sin^2 theta = 1 - c^2,

       worst_floor (2k+2) tau = (1 - c (1 + 1/2 x (1 + 3/4 x (1 + ...))))/2,                                 k+1 terms
       worst_floor (2k+1) tau = (2 atan(v) - 2 w c (1 + 2/3 x (1 + 4/5 x (1 + ...))))/pi,                    k terms,
       w = tau/2 sqrt(1 - (tau/2)^2) = sin theta / 2,   v = tau/2 / sqrt(1 - (tau/2)^2),

   0 < worst_floor r tau, and, for tau <= 1, worst_floor (2k+2) tau and worst_floor (2k+1) tau are at most (k+1) x^k.
   The generated files CertifiedFloor*.v rest on this one. *)
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

Lemma certify_exact_even k tau lo hi : -2 <= tau <= 2 ->
  lo < (1 - (1 - tau ^ 2 / 2) * nested 1 (k + 1) (1 - (1 - tau ^ 2 / 2) ^ 2)) / 2 <= hi ->
  lo < worst_floor (2 * (k + 1)) tau <= hi.
Proof. intros; rewrite S12_worst_floor_even; assumption. Qed.

Lemma certify_odd k tau lo hi : -2 < tau < 2 ->
  lo <= (2 * atan (tau / 2 / sqrt (1 - (tau / 2) ^ 2))
         - 2 * (tau / 2 * sqrt (1 - (tau / 2) ^ 2)) * (1 - tau ^ 2 / 2) * nested 2 k (1 - (1 - tau ^ 2 / 2) ^ 2)) / PI
     <= hi ->
  lo <= worst_floor (2 * k + 1) tau <= hi.
Proof. intros; rewrite S12_worst_floor_odd; assumption. Qed.

(* A bound without cancellation, for the entries below the smallest number that the table prints. *)
Lemma sine_integral_geometric r theta : (1 <= r)%nat -> 0 <= theta <= PI / 2 ->
  sine_integral (r + 2) theta <= sin theta ^ 2 * sine_integral r theta.
Proof.
intros Hr H; unfold sine_integral.
rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by apply ex_RInt_sin_pow.
apply RInt_le; [lra|apply ex_RInt_sin_pow|apply @ex_RInt_scal, ex_RInt_sin_pow|].
intros u Hu; replace (r + 2 - 1)%nat with (2 + (r - 1))%nat by lia; rewrite pow_add.
assert (0 <= sin u) by (apply sin_ge_0; lra).
apply Rmult_le_compat_r; [now apply pow_le|].
apply pow_incr; split; [assumption|apply sin_incr_1; lra].
Qed.

Lemma floor_geometric r theta : (1 <= r)%nat -> 0 <= theta <= PI / 2 ->
  floor (r + 2) theta <= (INR r + 1) / INR r * sin theta ^ 2 * floor r theta.
Proof.
intros Hr H; rewrite !S12_floor_sine, sine_integral_pi_step by assumption.
pose proof (sine_integral_pi_pos r Hr); pose proof (lt_0_INR r ltac:(lia)).
replace (sine_integral (r + 2) theta / (INR r / (INR r + 1) * sine_integral r PI))
  with ((INR r + 1) / (INR r * sine_integral r PI) * sine_integral (r + 2) theta) by (field; lra).
replace ((INR r + 1) / INR r * sin theta ^ 2 * (sine_integral r theta / sine_integral r PI))
  with ((INR r + 1) / (INR r * sine_integral r PI) * (sin theta ^ 2 * sine_integral r theta)) by (field; lra).
apply Rmult_le_compat_l; [|now apply sine_integral_geometric].
left; apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra].
Qed.

Lemma floor_power_bound r0 k theta : (1 <= r0)%nat -> 0 <= theta <= PI / 2 -> 0 <= floor r0 theta <= 1 ->
  floor (2 * k + r0) theta <= (INR k + 1) * (sin theta ^ 2) ^ k.
Proof.
intros Hr H [H0 H1]; induction k as [|k IH].
- simpl; lra.
- replace (2 * S k + r0)%nat with (2 * k + r0 + 2)%nat by lia.
  eapply Rle_trans; [apply floor_geometric; [lia|assumption]|].
  set (r := (2 * k + r0)%nat) in *.
  pose proof (pos_INR k) as Hk.
  assert (Hrk : INR k + 1 <= INR r) by (rewrite <- S_INR; apply le_INR; unfold r; lia).
  assert (Hx : 0 <= sin theta ^ 2) by apply pow2_ge_0.
  assert (Hq : 0 <= (INR r + 1) / INR r * sin theta ^ 2)
    by (apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|assumption]).
  eapply Rle_trans; [apply Rmult_le_compat_l; [assumption|exact IH]|].
  replace ((INR r + 1) / INR r * sin theta ^ 2 * ((INR k + 1) * (sin theta ^ 2) ^ k))
    with ((INR r + 1) / INR r * (INR k + 1) * (sin theta ^ 2) ^ S k) by (simpl; ring).
  apply Rmult_le_compat_r; [now apply pow_le|].
  rewrite S_INR; replace ((INR r + 1) / INR r) with (1 + / INR r) by (field; lra).
  assert ((INR k + 1) * / INR r <= 1) by (apply (Rmult_le_reg_r (INR r)); [lra|field_simplify; lra]).
  lra.
Qed.

Lemma worst_angle_small tau : 0 < tau <= 1 -> 0 <= worst_angle tau <= PI / 2.
Proof.
intro H; assert (A := PI_RGT_0); unfold worst_angle.
pose proof (asin_bound (tau / 2)) as B; pose proof (sin_asin (tau / 2) ltac:(lra)) as S.
split.
- destruct (Rle_or_lt 0 (asin (tau / 2))) as [|N]; [lra|].
  pose proof (sin_lt_0_var (asin (tau / 2)) ltac:(lra) N); lra.
- destruct (Rle_or_lt (asin (tau / 2)) (PI / 6)) as [|N]; [lra|].
  pose proof (sin_increasing_1 (PI / 6) (asin (tau / 2)) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) N) as I.
  rewrite sin_PI6 in I; lra.
Qed.

Lemma certify_tiny_even k tau hi : 0 < tau <= 1 ->
  (INR k + 1) * (1 - (1 - tau ^ 2 / 2) ^ 2) ^ k <= hi -> 0 < worst_floor (2 * (k + 1)) tau <= hi.
Proof.
intros H K; split; [apply S12_worst_floor_positive; [lia|lra]|].
eapply Rle_trans; [|exact K].
rewrite <- sin2_worst_angle by lra; unfold worst_floor.
replace (2 * (k + 1))%nat with (2 * k + 2)%nat by lia.
apply floor_power_bound; [lia|now apply worst_angle_small|].
rewrite S12_floor_sine, !sine_integral_2, cos_PI; pose proof (COS_bound (worst_angle tau)); lra.
Qed.

Lemma certify_tiny_odd k tau hi : 0 < tau <= 1 ->
  (INR k + 1) * (1 - (1 - tau ^ 2 / 2) ^ 2) ^ k <= hi -> 0 < worst_floor (2 * k + 1) tau <= hi.
Proof.
intros H K; split; [apply S12_worst_floor_positive; [lia|lra]|].
eapply Rle_trans; [|exact K].
rewrite <- sin2_worst_angle by lra; unfold worst_floor.
pose proof (worst_angle_small tau H); pose proof PI_RGT_0.
apply floor_power_bound; [lia|assumption|].
rewrite S12_floor_sine, !sine_integral_1.
split; [apply Rdiv_le_0_compat; lra|apply (Rmult_le_reg_r PI); [lra|field_simplify; lra]].
Qed.

Ltac unfold_terms := cbv [nested Nat.add Z.add Pos.add Pos.succ Pos.add_carry].

(* Small even ranks are decided over the rationals, without rounding: there a bound may be attained. *)
Ltac bound_exactly := unfold_terms; lra.

Ltac bound_power := rewrite INR_IZR_INZ; cbv [Z.of_nat Pos.of_succ_nat Pos.succ]; interval.

Ltac bound_by_interval p := unfold_terms; interval with (i_prec p).
