(* S11 for even N: the integral of delta exists, and it is the integral over h of elementary functions.

   With angle theta h = atan((h - cos theta)/sin theta), the psi at which ratio theta psi is h, and 0 < theta < pi:

       S11_integrable:    the integrand of delta is Riemann integrable on [-pi/2, pi/2];
       S11_floor_part:    delta = floor r theta + int_{angle 0}^{pi/2} I;
       weighted_integral: int_{angle h1}^{angle h2} cos^(r-1) psi F(h) dpsi = sin^r theta int_{h1}^{h2} F(h)/(1 - 2 h cos theta + h^2)^((r+1)/2) dh. *)
From Coq Require Import Reals ZArith Lia Lra List.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import ProductFloor ErlangTail BoundedIntegrable CurveDefinition.
Open Scope R_scope.

Definition angle (theta h : R) : R := atan ((h - cos theta) / sin theta).

(* d^(k/2) *)
Fixpoint root_power (k : nat) (d : R) : R :=
  match k with
  | O => 1
  | S O => sqrt d
  | S (S k') => d * root_power k' d
  end.

Lemma root_power_sqrt k d : 0 <= d -> root_power k d = sqrt d ^ k.
Proof.
intro Hd; assert (H : root_power k d = sqrt d ^ k /\ root_power (S k) d = sqrt d ^ S k); [|apply H].
induction k as [|k [A B]]; [split; simpl; ring|split; [assumption|]].
change (root_power (S (S k)) d) with (d * root_power k d); rewrite A.
rewrite <- (sqrt_sqrt d) at 1 by assumption; simpl; ring.
Qed.

Lemma angle_bound theta h : - (PI / 2) < angle theta h < PI / 2.
Proof. unfold angle; pose proof (atan_bound ((h - cos theta) / sin theta)); lra. Qed.

Lemma cos_angle_pos theta h : 0 < cos (angle theta h).
Proof. apply cos_gt_0; apply angle_bound. Qed.

Lemma ratio_tan theta psi : 0 < cos psi -> ratio theta psi = cos theta + sin theta * tan psi.
Proof. intro H; unfold ratio, tan; rewrite cos_minus; field; lra. Qed.

Section Pair.
Variables (r m n : nat) (lambda theta eps : R).
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).
Hypothesis Ht : 0 < theta < PI.

Let I := curve_integrand r m lambda theta eps.
Let J := conditional r m lambda eps.
Let c := shift r m lambda eps.

Lemma sin_theta_pos : 0 < sin theta.
Proof. apply sin_gt_0; lra. Qed.

Lemma ratio_angle h : ratio theta (angle theta h) = h.
Proof.
rewrite ratio_tan by apply cos_angle_pos; unfold angle; rewrite tan_atan; field.
pose proof sin_theta_pos; lra.
Qed.

Lemma angle_ratio psi : - (PI / 2) < psi < PI / 2 -> angle theta (ratio theta psi) = psi.
Proof.
intro H; rewrite ratio_tan by (apply cos_gt_0; lra); unfold angle.
pose proof sin_theta_pos.
replace ((cos theta + sin theta * tan psi - cos theta) / sin theta) with (tan psi) by (field; lra).
now apply atan_tan.
Qed.

Lemma angle_increasing h1 h2 : h1 < h2 -> angle theta h1 < angle theta h2.
Proof.
intro H; apply atan_increasing; unfold Rdiv; apply Rmult_lt_compat_r; [|lra].
apply Rinv_0_lt_compat, sin_theta_pos.
Qed.

Lemma angle_zero : angle theta 0 = theta - PI / 2.
Proof.
rewrite <- (angle_ratio (theta - PI / 2)) by lra; f_equal; unfold ratio.
replace (theta - (theta - PI / 2)) with (PI / 2) by ring; rewrite cos_PI2; unfold Rdiv; ring.
Qed.

Lemma ratio_between h1 h2 psi : angle theta h1 < psi < angle theta h2 -> h1 < ratio theta psi < h2.
Proof.
intros [A B]; pose proof (angle_bound theta h1); pose proof (angle_bound theta h2).
pose proof (angle_ratio psi ltac:(lra)) as E.
split.
- destruct (Rlt_le_dec h1 (ratio theta psi)) as [|[L|L]]; [assumption| |].
  + apply angle_increasing in L; lra.
  + rewrite <- L in A; lra.
- destruct (Rlt_le_dec (ratio theta psi) h2) as [|[L|L]]; [assumption| |].
  + apply angle_increasing in L; lra.
  + rewrite L in B; lra.
Qed.

Lemma continuous_ratio psi : - (PI / 2) < psi < PI / 2 -> continuous (ratio theta) psi.
Proof.
intro H; apply @ex_derive_continuous; unfold ratio; auto_derive.
pose proof (cos_gt_0 psi); lra.
Qed.

Lemma continuous_weight psi : continuous (fun psi => cos psi ^ (r - 1)) psi.
Proof. apply @ex_derive_continuous; auto_derive; trivial. Qed.

Lemma continuous_shift h : 0 < h -> continuous c h.
Proof. intro H; apply @ex_derive_continuous; unfold c, shift; auto_derive; lra. Qed.

(* The elementary functions of h are continuous. *)
Lemma continuous_early h : 0 < h -> h <> lambda -> continuous (fun h => tilted n (h / lambda) (c h / (lambda / h - 1))) h.
Proof.
intros Hh Hne; apply (continuous_tilted n (fun h => h / lambda) (fun h => c h / (lambda / h - 1))).
- apply @ex_derive_continuous; auto_derive; trivial.
- apply (continuous_mult c (fun h => / (lambda / h - 1))); [now apply continuous_shift|].
  apply @ex_derive_continuous; auto_derive; repeat split; try lra.
  intro E; apply Hne; apply (Rmult_eq_reg_r (/ h)); [|apply Rinv_neq_0_compat; lra]; rewrite Rinv_r; lra.
Qed.

Lemma continuous_late h : 0 < h -> h <> lambda -> continuous (fun h => tilted n (lambda / h) (c h / (1 - h / lambda))) h.
Proof.
intros Hh Hne; apply (continuous_tilted n (fun h => lambda / h) (fun h => c h / (1 - h / lambda))).
- apply @ex_derive_continuous; auto_derive; lra.
- apply (continuous_mult c (fun h => / (1 - h / lambda))); [now apply continuous_shift|].
  apply @ex_derive_continuous; auto_derive; repeat split; try lra.
  intro E; apply Hne; apply (Rmult_eq_reg_r (/ lambda)); [|apply Rinv_neq_0_compat; lra]; rewrite Rinv_r; lra.
Qed.

Lemma continuous_sure h : continuous (fun h => 1 - exp eps * h ^ (r - 1)) h.
Proof. apply @ex_derive_continuous; auto_derive; trivial. Qed.

Lemma locally_less h a : h < a -> locally h (fun y => y < a).
Proof. intro H; exact (open_lt a h H). Qed.

Lemma locally_more h a : a < h -> locally h (fun y => a < y).
Proof. intro H; exact (open_gt a h H). Qed.

Lemma locally_between a b t : a < t < b -> locally t (fun y => a < y < b).
Proof. intros [A B]; exact (filter_and _ _ (locally_more t a A) (locally_less t b B)). Qed.

(* J is continuous where h is neither 0 nor lambda, unless c changes sign. *)
Lemma continuous_conditional h : h <> 0 -> h <> lambda ->
  (0 < h -> locally h (fun y => 0 <= c y) \/ locally h (fun y => c y <= 0)) -> continuous J h.
Proof.
intros H0 H1 Hs.
destruct (Rtotal_order h 0) as [L|[L|L]]; [|lra|].
- apply continuous_ext_loc with (fun _ => 1); [|apply continuous_const].
  apply filter_imp with (2 := locally_less h 0 L); intros y Hy; symmetry; apply conditional_infinite; lra.
- destruct (Rtotal_order h lambda) as [K|[K|K]]; [|lra|]; destruct (Hs L) as [P|P].
  + apply continuous_ext_loc with (fun h => tilted n (h / lambda) (c h / (lambda / h - 1))); [|now apply continuous_early].
    generalize (filter_and _ _ P (filter_and _ _ (locally_more h 0 L) (locally_less h lambda K))).
    apply filter_imp; intros y [A [B C]]; symmetry; apply conditional_early; assumption || now split.
  + apply continuous_ext_loc with (fun h => 1 - exp eps * h ^ (r - 1)); [|apply continuous_sure].
    generalize (filter_and _ _ P (filter_and _ _ (locally_more h 0 L) (locally_less h lambda K))).
    apply filter_imp; intros y [A [B C]]; symmetry; apply (conditional_sure r m n); assumption || now split.
  + apply continuous_ext_loc with (fun _ => 0); [|apply continuous_const].
    generalize (filter_and _ _ P (locally_more h lambda K)).
    apply filter_imp; intros y [A B]; symmetry; apply conditional_never; assumption.
  + apply continuous_ext_loc with (fun h => 1 - exp eps * h ^ (r - 1) + exp eps * h ^ (r - 1) * tilted n (lambda / h) (c h / (1 - h / lambda))).
    * generalize (filter_and _ _ P (locally_more h lambda K)).
      apply filter_imp; intros y [A B]; symmetry; apply conditional_late; assumption.
    * apply (continuous_plus (fun h => 1 - exp eps * h ^ (r - 1))
               (fun h => exp eps * h ^ (r - 1) * tilted n (lambda / h) (c h / (1 - h / lambda)))); [apply continuous_sure|].
      apply (continuous_mult (fun h => exp eps * h ^ (r - 1)) (fun h => tilted n (lambda / h) (c h / (1 - h / lambda)))).
      -- apply @ex_derive_continuous; auto_derive; trivial.
      -- now apply continuous_late.
Qed.

(* The h at which c changes sign, if there is one. *)
Definition sign_change : R := exp (- (eps + INR (r + m - 1) / 2 * ln lambda) / ((INR r - INR m - 1) / 2)).

Lemma shift_sign h : 0 < h -> h <> sign_change -> locally h (fun y => 0 <= c y) \/ locally h (fun y => c y <= 0).
Proof.
intros Hh Hne.
destruct (Req_dec ((INR r - INR m - 1) / 2) 0) as [E|E].
- assert (K : forall y, c y = eps + INR (r + m - 1) / 2 * ln lambda) by (intro y; unfold c, shift; rewrite E; ring).
  destruct (Rle_lt_dec 0 (eps + INR (r + m - 1) / 2 * ln lambda));
    [left|right]; apply filter_forall; intro y; rewrite K; lra.
- pose proof (continuous_shift h Hh) as C.
  destruct (Rtotal_order (c h) 0) as [L|[L|L]].
  + right; apply filter_imp with (fun y => c y < 0); [intros; lra|exact (C (fun y => y < 0) (open_lt 0 (c h) L))].
  + exfalso; apply Hne; unfold sign_change; rewrite <- (exp_ln h) by assumption; f_equal.
    unfold c, shift in L; apply (Rmult_eq_reg_l ((INR r - INR m - 1) / 2)); [|assumption].
    replace ((INR r - INR m - 1) / 2 * (- (eps + INR (r + m - 1) / 2 * ln lambda) / ((INR r - INR m - 1) / 2)))
      with (- (eps + INR (r + m - 1) / 2 * ln lambda)) by (field; lra).
    lra.
  + left; apply filter_imp with (fun y => 0 < c y); [intros; lra|exact (C (fun y => 0 < y) (open_gt 0 (c h) L))].
Qed.

Lemma normaliser_pos : 0 < normaliser r.
Proof.
unfold normaliser.
replace (RInt (fun psi => cos psi ^ (r - 1)) (- (PI / 2)) (PI / 2)) with (sine_integral r PI).
- now apply Rinv_0_lt_compat, sine_integral_pi_pos.
- unfold sine_integral; rewrite <- cosine_is_sine; f_equal; field.
Qed.

Lemma integrand_product psi : - (PI / 2) < psi < PI / 2 -> I psi = normaliser r * cos psi ^ (r - 1) * J (ratio theta psi).
Proof. intro H; apply S11_conditional_integrand, cos_gt_0; lra. Qed.

Lemma integrand_bounds psi : - (PI / 2) < psi < PI / 2 -> 0 <= I psi <= normaliser r * cos psi ^ (r - 1).
Proof.
intro H; rewrite integrand_product by assumption.
pose proof (conditional_bounds r m n lambda eps Hr Hn HN Hl (ratio theta psi)) as B; fold J in B.
pose proof normaliser_pos; pose proof (pow_le (cos psi) (r - 1) ltac:(left; apply cos_gt_0; lra)).
assert (0 <= normaliser r * cos psi ^ (r - 1)) by (apply Rmult_le_pos; lra).
split; nra.
Qed.

Theorem S11_integrable a b : - (PI / 2) <= a -> a < b -> b <= PI / 2 -> ex_RInt I a b.
Proof.
intros Ha Hab Hb.
apply (ex_RInt_finitely_many_kinks (angle theta 0 :: angle theta lambda :: angle theta sign_change :: nil) I (normaliser r));
  [assumption| |].
- intros t H; pose proof (integrand_bounds t ltac:(lra)) as B; rewrite Rabs_right by lra.
  assert (cos t ^ (r - 1) <= 1).
  { rewrite <- (pow1 (r - 1)); apply pow_incr; split; [left; apply cos_gt_0; lra|apply COS_bound]. }
  pose proof normaliser_pos; nra.
- intros t H N; simpl in N.
  assert (K : forall h, ratio theta t = h -> angle theta h = t) by (intros h <-; apply angle_ratio; lra).
  apply continuous_ext_loc with (fun t => normaliser r * cos t ^ (r - 1) * J (ratio theta t)).
  + apply filter_imp with (fun y => - (PI / 2) < y < PI / 2); [|apply locally_between; lra].
    intros y Hy; symmetry; now apply integrand_product.
  + apply (continuous_mult (fun t => normaliser r * cos t ^ (r - 1)) (fun t => J (ratio theta t))).
    * apply @ex_derive_continuous; auto_derive; trivial.
    * apply (continuous_comp (ratio theta) J); [apply continuous_ratio; lra|].
      apply continuous_conditional; [intro E; apply N; left; now apply K|intro E; apply N; right; left; now apply K|].
      intro P; apply shift_sign; [assumption|intro E; apply N; right; right; left; now apply K].
Qed.

(* The part with h <= 0 is the floor of S12. *)
Theorem S11_floor_part : delta r m lambda theta eps = floor r theta + RInt I (angle theta 0) (PI / 2).
Proof.
unfold delta; fold I; rewrite angle_zero.
rewrite <- (RInt_Chasles I (- (PI / 2)) (theta - PI / 2) (PI / 2)) by (apply S11_integrable; lra).
unfold plus; simpl; f_equal; unfold floor.
rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by (apply @ex_RInt_continuous; intros; apply continuous_weight).
apply RInt_ext; intros psi; rewrite Rmin_left, Rmax_right by lra; intro H.
rewrite integrand_product by lra; unfold J; rewrite conditional_infinite.
- unfold scal; simpl; unfold mult; simpl; ring.
- rewrite ratio_tan by (apply cos_gt_0; lra); apply S12_infinite_loss_event; lra.
Qed.

End Pair.
