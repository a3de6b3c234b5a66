(* S12: the floor of the privacy curve of the product release, over the reals of Coq with Coquelicot's Riemann integral.

   psi in (-pi/2, pi/2) has the density C_r cos^(r-1) psi, the privacy loss is infinite where
   h = cos theta + sin theta tan psi <= 0, and the floor is the probability of that event:

       normaliser r   = 1 / int_{-pi/2}^{pi/2} cos^(r-1) psi dpsi                                  (C_r)
       floor r theta  = C_r int_{-pi/2}^{theta-pi/2} cos^(r-1) psi dpsi                            (delta_oo)
       sine_integral r theta = int_0^theta sin^(r-1) u du                                          (F_r)

   Proved here: h <= 0 is psi <= theta - pi/2; floor = F_r(theta)/F_r(pi); the reduction formula of F_r in steps of
   two; C_r is Gamma((r+1)/2)/(sqrt(pi) Gamma(r/2)); and the closed forms, with x = sin^2 theta,

       floor (2k) theta     = (1 - cos theta (1 + 1/2 x (1 + 3/4 x (1 + ...))))/2,                 k terms
       floor (2k+1) theta   = (theta - sin theta cos theta (1 + 2/3 x (1 + 4/5 x (1 + ...))))/pi,  k terms. *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition normaliser (r : nat) : R := / RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (PI / 2).

Definition floor (r : nat) (theta : R) : R :=
  normaliser r * RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (theta - PI / 2).

Definition sine_integral (r : nat) (theta : R) : R := RInt (fun u => sin u ^ (r - 1)) 0 theta.

(* 1 + p/(p+1) x (1 + (p+2)/(p+3) x (1 + ...)), with k terms *)
Fixpoint nested (p : Z) (k : nat) (x : R) : R :=
  match k with
  | O => 0
  | S k' => 1 + IZR p / IZR (p + 1) * x * nested (p + 2) k' x
  end.

(* The event of an infinite loss is a tail of psi. *)
Theorem S12_infinite_loss_event (theta psi : R) : 0 < theta < PI -> - (PI / 2) < psi < PI / 2 ->
  (cos theta + sin theta * tan psi <= 0 <-> psi <= theta - PI / 2).
Proof.
intros Ht Hp.
assert (Hc : 0 < cos psi) by (apply cos_gt_0; lra).
assert (E : cos theta + sin theta * tan psi = cos (theta - psi) / cos psi).
{ rewrite cos_minus; unfold tan; field; lra. }
rewrite E; split; intro H.
- destruct (Rle_or_lt psi (theta - PI / 2)) as [|Hlt]; [assumption|exfalso].
  assert (0 < cos (theta - psi)) by (apply cos_gt_0; lra).
  assert (0 < cos (theta - psi) / cos psi) by (apply Rdiv_lt_0_compat; assumption).
  lra.
- assert (cos (theta - psi) <= 0) by (apply cos_le_0; lra).
  unfold Rdiv; rewrite <- (Rmult_0_l (/ cos psi)).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption|assumption].
Qed.

Lemma continuous_sin_pow n u : continuous (fun u => sin u ^ n) u.
Proof. apply @ex_derive_continuous; auto_derive; trivial. Qed.

Lemma ex_RInt_sin_pow n a b : ex_RInt (fun u => sin u ^ n) a b.
Proof. apply @ex_RInt_continuous; intros; apply continuous_sin_pow. Qed.

Lemma cosine_is_sine n a b :
  RInt (fun psi => cos psi ^ n) (a - PI / 2) (b - PI / 2) = RInt (fun u => sin u ^ n) a b.
Proof.
assert (E : RInt (fun u => 1 * (cos (1 * u + - (PI / 2))) ^ n) a b =
            RInt (fun psi => cos psi ^ n) (1 * a + - (PI / 2)) (1 * b + - (PI / 2))).
{ apply (RInt_comp_lin (fun psi => cos psi ^ n) 1 (- (PI / 2)) a b).
  apply @ex_RInt_continuous; intros; apply @ex_derive_continuous; auto_derive; trivial. }
replace (a - PI / 2) with (1 * a + - (PI / 2)) by ring.
replace (b - PI / 2) with (1 * b + - (PI / 2)) by ring.
rewrite <- E; apply RInt_ext; intros u _.
rewrite !Rmult_1_l.
replace (u + - (PI / 2)) with (- (PI / 2 - u)) by ring.
now rewrite cos_neg, cos_shift.
Qed.

(* The floor as a ratio of integrals of powers of the sine. *)
Theorem S12_floor_sine (r : nat) (theta : R) : floor r theta = sine_integral r theta / sine_integral r PI.
Proof.
unfold floor, normaliser, sine_integral.
replace (RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (PI / 2)) with (RInt (fun u => sin u ^ (r - 1)) 0 PI).
2: { rewrite <- cosine_is_sine; f_equal; field. }
replace (RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (theta - PI / 2))
  with (RInt (fun u => sin u ^ (r - 1)) 0 theta).
2: { rewrite <- cosine_is_sine; f_equal; field. }
unfold Rdiv; apply Rmult_comm.
Qed.

(* The reduction formula, by the derivative of - sin^r cos. *)
Theorem S12_reduction (r : nat) (theta : R) : (1 <= r)%nat ->
  sine_integral (r + 2) theta = (INR r * sine_integral r theta - sin theta ^ r * cos theta) / (INR r + 1).
Proof.
intro Hr; destruct r as [|n]; [lia|].
unfold sine_integral.
replace (S n + 2 - 1)%nat with (S (S n)) by lia; replace (S n - 1)%nat with n by lia.
assert (HS : INR (S n) + 1 <> 0) by (pose proof (pos_INR (S n)); lra).
set (f := fun u => (INR (S n) + 1) * sin u ^ (S (S n)) - INR (S n) * sin u ^ n).
assert (H : is_RInt f 0 theta ((- (sin theta ^ S n * cos theta)) - (- (sin 0 ^ S n * cos 0)))).
{ apply (is_RInt_derive (fun u => - (sin u ^ S n * cos u)) f).
  - intros u _; unfold f; auto_derive; [trivial|].
    change (match n with 0%nat => 1 | S _ => INR n + 1 end) with (INR (S n)).
    cbn [Nat.pred pow].
    assert (E : cos u * cos u = 1 - sin u * sin u)
      by (pose proof (sin2_cos2 u) as E; unfold Rsqr in E; lra).
    ring [E].
  - intros u _; apply @ex_derive_continuous; unfold f; auto_derive; trivial. }
rewrite sin_0 in H.
replace (- (sin theta ^ S n * cos theta) - - (0 ^ S n * cos 0)) with (- (sin theta ^ S n * cos theta)) in H
  by (rewrite pow_ne_zero by lia; ring).
assert (K : is_RInt f 0 theta ((INR (S n) + 1) * RInt (fun u => sin u ^ S (S n)) 0 theta
                              - INR (S n) * RInt (fun u => sin u ^ n) 0 theta)).
{ apply @is_RInt_minus; apply @is_RInt_scal; apply @RInt_correct; apply ex_RInt_sin_pow. }
pose proof (eq_trans (eq_sym (is_RInt_unique _ _ _ _ H)) (is_RInt_unique _ _ _ _ K)) as E.
apply (Rmult_eq_reg_l (INR (S n) + 1)); [|assumption].
replace ((INR (S n) + 1) * ((INR (S n) * RInt (fun u => sin u ^ n) 0 theta - sin theta ^ S n * cos theta) / (INR (S n) + 1)))
  with (INR (S n) * RInt (fun u => sin u ^ n) 0 theta - sin theta ^ S n * cos theta) by (field; assumption).
lra.
Qed.

Lemma sine_integral_1 theta : sine_integral 1 theta = theta.
Proof. unfold sine_integral; simpl. rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; ring. Qed.

Lemma sine_integral_2 theta : sine_integral 2 theta = 1 - cos theta.
Proof.
unfold sine_integral.
replace (1 - cos theta) with ((- cos theta) - (- cos 0)) by (rewrite cos_0; ring).
apply is_RInt_unique, (is_RInt_derive (fun u => - cos u)).
- intros u _; auto_derive; [trivial|simpl; ring].
- intros u _; apply continuous_sin_pow.
Qed.

Lemma sine_integral_pi_step r : (1 <= r)%nat ->
  sine_integral (r + 2) PI = INR r / (INR r + 1) * sine_integral r PI.
Proof.
intro Hr; rewrite S12_reduction by assumption.
rewrite sin_PI, pow_ne_zero by lia; field.
pose proof (pos_INR r); lra.
Qed.

(* Induction in steps of two from ranks 1 and 2. *)
Lemma rank_induction (P : nat -> Prop) : P 1%nat -> P 2%nat ->
  (forall r, (1 <= r)%nat -> P r -> P (r + 2)%nat) -> forall r, (1 <= r)%nat -> P r.
Proof.
intros H1 H2 HS.
assert (H : forall n, P (S n) /\ P (S (S n))).
{ induction n as [|n [A B]]; [now split|split; [assumption|]].
  replace (S (S (S n))) with (S n + 2)%nat by lia; apply HS; [lia|assumption]. }
intros [|n] Hr; [lia|apply H].
Qed.

Lemma sine_integral_pi_pos r : (1 <= r)%nat -> 0 < sine_integral r PI.
Proof.
revert r; apply rank_induction.
- rewrite sine_integral_1; apply PI_RGT_0.
- rewrite sine_integral_2, cos_PI; lra.
- intros r Hr H; rewrite sine_integral_pi_step by assumption.
  pose proof (lt_0_INR r ltac:(lia)).
  apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; lra|assumption].
Qed.

(* C_r is the constant of the spec: any function with the three properties of Gamma used gives it. *)
Theorem S12_normaliser (Gamma : R -> R) :
  (forall x, 0 < x -> Gamma (x + 1) = x * Gamma x) -> Gamma 1 = 1 -> Gamma (1 / 2) = sqrt PI ->
  forall r, (1 <= r)%nat -> normaliser r = Gamma ((INR r + 1) / 2) / (sqrt PI * Gamma (INR r / 2)).
Proof.
intros Hs H1 Hh r Hr.
assert (HN : forall r, normaliser r = / sine_integral r PI).
{ intro n; unfold normaliser, sine_integral; f_equal.
  rewrite <- cosine_is_sine; f_equal; field. }
rewrite HN.
pose proof (sqrt_lt_R0 PI PI_RGT_0) as Hpi.
assert (Hsq : sqrt PI * sqrt PI = PI) by (apply sqrt_sqrt; pose proof PI_RGT_0; lra).
assert (G0 : forall r, (1 <= r)%nat -> 0 < Gamma (INR r / 2)).
{ apply rank_induction.
  - replace (INR 1 / 2) with (1 / 2) by (simpl; field); rewrite Hh; assumption.
  - replace (INR 2 / 2) with 1 by (simpl; field); rewrite H1; lra.
  - intros n Hn IH; rewrite plus_INR; replace ((INR n + INR 2) / 2) with (INR n / 2 + 1) by (simpl; field).
    pose proof (lt_0_INR n ltac:(lia)); rewrite Hs by lra; apply Rmult_lt_0_compat; [lra|assumption]. }
revert r Hr; apply rank_induction.
- rewrite sine_integral_1.
  replace ((INR 1 + 1) / 2) with 1 by (simpl; field).
  replace (INR 1 / 2) with (1 / 2) by (simpl; field).
  rewrite H1, Hh, Hsq; field; pose proof PI_RGT_0; lra.
- rewrite sine_integral_2, cos_PI.
  replace ((INR 2 + 1) / 2) with (1 / 2 + 1) by (simpl; field).
  replace (INR 2 / 2) with 1 by (simpl; field).
  rewrite Hs, H1, Hh by lra; field; lra.
- intros r Hr IH.
  pose proof (lt_0_INR r ltac:(lia)) as H0.
  pose proof (sine_integral_pi_pos r Hr) as HF.
  pose proof (G0 r Hr) as HG.
  rewrite sine_integral_pi_step by assumption; rewrite plus_INR.
  replace ((INR r + INR 2 + 1) / 2) with ((INR r + 1) / 2 + 1) by (simpl; field).
  replace ((INR r + INR 2) / 2) with (INR r / 2 + 1) by (simpl; field).
  rewrite !Hs by lra.
  replace (/ (INR r / (INR r + 1) * sine_integral r PI)) with ((INR r + 1) / INR r * / sine_integral r PI)
    by (field; lra).
  rewrite IH; field; repeat split; lra.
Qed.

(* The coefficient of x^k in the nested sum, and its ratio. *)
Fixpoint coefficient (p : Z) (k : nat) : R :=
  match k with
  | O => 1
  | S k' => IZR p / IZR (p + 1) * coefficient (p + 2) k'
  end.

Lemma nested_succ k : forall p x, nested p (S k) x = nested p k x + coefficient p k * x ^ k.
Proof.
induction k as [|k IH]; intros p x.
- simpl; ring.
- change (nested p (S (S k)) x) with (1 + IZR p / IZR (p + 1) * x * nested (p + 2) (S k) x).
  rewrite IH; simpl; ring.
Qed.

Lemma coefficient_succ k : forall p, (0 < p)%Z ->
  coefficient p (S k) = coefficient p k * ((IZR p + 2 * INR k) / (IZR p + 2 * INR k + 1)).
Proof.
induction k as [|k IH]; intros p Hp.
- simpl; rewrite plus_IZR; apply IZR_lt in Hp; field; lra.
- change (coefficient p (S (S k))) with (IZR p / IZR (p + 1) * coefficient (p + 2) (S k)).
  rewrite IH by lia.
  change (coefficient p (S k)) with (IZR p / IZR (p + 1) * coefficient (p + 2) k).
  rewrite S_INR, !plus_IZR; apply IZR_lt in Hp; pose proof (pos_INR k).
  replace (IZR p + 2 + 2 * INR k) with (IZR p + 2 * (INR k + 1)) by ring.
  ring.
Qed.

(* One step of the floor: floor (r+2) = floor r - sin^r cos / (r F_r(pi)). *)
Lemma floor_step r theta : (1 <= r)%nat ->
  floor (r + 2) theta = floor r theta - sin theta ^ r * cos theta / (INR r * sine_integral r PI).
Proof.
intro Hr; rewrite !S12_floor_sine, sine_integral_pi_step, S12_reduction by assumption.
pose proof (sine_integral_pi_pos r Hr); pose proof (lt_0_INR r ltac:(lia)).
field; lra.
Qed.

Theorem S12_floor_even (k : nat) (theta : R) :
  floor (2 * (k + 1)) theta = (1 - cos theta * nested 1 (k + 1) (sin theta ^ 2)) / 2.
Proof.
assert (H : floor (2 * (k + 1)) theta = (1 - cos theta * nested 1 (k + 1) (sin theta ^ 2)) / 2 /\
            / (INR (2 * (k + 1)) * sine_integral (2 * (k + 1)) PI) = coefficient 1 (k + 1) / 2); [|apply H].
induction k as [|k [IH1 IH2]].
- simpl Nat.mul; rewrite S12_floor_sine, !sine_integral_2, cos_PI; split; simpl; field.
- replace (2 * (S k + 1))%nat with (2 * (k + 1) + 2)%nat by lia.
  set (r := (2 * (k + 1))%nat) in *.
  assert (Hr : (1 <= r)%nat) by lia.
  pose proof (sine_integral_pi_pos r Hr); pose proof (lt_0_INR r ltac:(lia)).
  split.
  + rewrite floor_step by assumption; rewrite IH1; unfold Rdiv; rewrite IH2.
    replace (S k + 1)%nat with (S (k + 1)) by lia; rewrite nested_succ.
    unfold r; rewrite pow_mult; field.
  + rewrite sine_integral_pi_step by assumption.
    replace (S k + 1)%nat with (S (k + 1)) by lia; rewrite coefficient_succ by lia.
    replace (/ (INR (r + 2) * (INR r / (INR r + 1) * sine_integral r PI)))
      with (/ (INR r * sine_integral r PI) * ((INR r + 1) / (INR r + 2)))
      by (rewrite plus_INR; simpl; field; lra).
    rewrite IH2.
    replace (INR r) with (2 * INR (k + 1)) by (unfold r; rewrite mult_INR; reflexivity).
    pose proof (pos_INR (k + 1)); field; lra.
Qed.

Theorem S12_floor_odd (k : nat) (theta : R) :
  floor (2 * k + 1) theta = (theta - sin theta * cos theta * nested 2 k (sin theta ^ 2)) / PI.
Proof.
assert (H : floor (2 * k + 1) theta = (theta - sin theta * cos theta * nested 2 k (sin theta ^ 2)) / PI /\
            / (INR (2 * k + 1) * sine_integral (2 * k + 1) PI) = coefficient 2 k / PI); [|apply H].
pose proof PI_RGT_0.
induction k as [|k [IH1 IH2]].
- simpl Nat.mul; simpl Nat.add; rewrite S12_floor_sine, !sine_integral_1; split; simpl; field; lra.
- replace (2 * S k + 1)%nat with (2 * k + 1 + 2)%nat by lia.
  assert (Hr : (1 <= 2 * k + 1)%nat) by lia.
  pose proof (sine_integral_pi_pos (2 * k + 1) Hr); pose proof (lt_0_INR (2 * k + 1) ltac:(lia)).
  split.
  + rewrite floor_step by assumption; rewrite IH1; unfold Rdiv; rewrite IH2, nested_succ.
    rewrite pow_add, pow_mult; field; lra.
  + rewrite sine_integral_pi_step by assumption; rewrite coefficient_succ by lia.
    set (r := (2 * k + 1)%nat) in *.
    replace (/ (INR (r + 2) * (INR r / (INR r + 1) * sine_integral r PI)))
      with (/ (INR r * sine_integral r PI) * ((INR r + 1) / (INR r + 2)))
      by (rewrite plus_INR; simpl; field; lra).
    rewrite IH2.
    replace (INR r) with (2 * INR k + 1) by (unfold r; rewrite plus_INR, mult_INR; reflexivity).
    pose proof (pos_INR k); field; lra.
Qed.
