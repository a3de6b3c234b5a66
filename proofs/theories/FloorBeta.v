(* S12: the floor is half a regularised incomplete beta function, for 0 < theta < pi/2 and every rank r >= 1:

       beta_density r t = t^(r/2-1) (1-t)^(-1/2),
       floor r theta    = 1/2 int_0^{sin^2 theta} beta_density r / int_0^1 beta_density r = 1/2 I_{sin^2 theta}(r/2, 1/2).

   Both integrals are improper (at 0 for r = 1, at 1 for every r): RInt_gen with one-sided limits at these ends. *)
From Coq Require Import Reals Lia Lra.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import ProductFloor.
Open Scope R_scope.

Definition beta_density (r : nat) (t : R) : R := Rpower t (INR r / 2 - 1) * Rpower (1 - t) (- (1 / 2)).

Lemma sin_cos_pos u : 0 < u < PI / 2 -> 0 < sin u /\ 0 < cos u.
Proof. intro H; split; [apply sin_gt_0|apply cos_gt_0]; lra. Qed.

Lemma one_minus_sin2 u : 1 - sin u ^ 2 = cos u ^ 2.
Proof. pose proof (sin2_cos2 u) as E; unfold Rsqr in E; simpl; lra. Qed.

Lemma Rpower_square x p : 0 < x -> Rpower (x ^ 2) p = Rpower x (2 * p).
Proof.
intro H; rewrite <- (Rpower_pow 2 x H), Rpower_mult; f_equal; simpl; ring.
Qed.

(* The substitution t = sin^2 u. *)
Lemma beta_substitution r u : (1 <= r)%nat -> 0 < u < PI / 2 ->
  2 * sin u * cos u * beta_density r (sin u ^ 2) = 2 * sin u ^ (r - 1).
Proof.
intros Hr H; destruct (sin_cos_pos u H) as [S C].
unfold beta_density; rewrite one_minus_sin2, !Rpower_square by assumption.
replace (2 * (INR r / 2 - 1)) with (INR (r - 1) + - (1)) by (rewrite minus_INR by assumption; simpl; field).
replace (2 * - (1 / 2)) with (- (1)) by field.
rewrite Rpower_plus, !Rpower_Ropp, !Rpower_1, Rpower_pow by assumption.
field; lra.
Qed.

Lemma continuous_beta r t : 0 < t < 1 -> continuous (beta_density r) t.
Proof.
intro H; apply @ex_derive_continuous; unfold beta_density, Rpower; auto_derive; lra.
Qed.

Lemma is_RInt_beta r a b : (1 <= r)%nat -> 0 < a < PI / 2 -> 0 < b < PI / 2 ->
  is_RInt (beta_density r) (sin a ^ 2) (sin b ^ 2) (2 * sine_integral r b - 2 * sine_integral r a).
Proof.
intros Hr Ha Hb.
assert (M : forall u, Rmin a b <= u <= Rmax a b -> 0 < u < PI / 2).
{ intros u; unfold Rmin, Rmax; destruct (Rle_dec a b); lra. }
assert (U : forall u, 0 < u < PI / 2 -> 0 < sin u ^ 2 < 1).
{ intros u Hu; destruct (sin_cos_pos u Hu) as [S C].
  pose proof (one_minus_sin2 u); pose proof (pow_lt _ 2 S); pose proof (pow_lt _ 2 C); lra. }
assert (K : is_RInt (fun u => scal (2 * sin u * cos u) (beta_density r (sin u ^ 2))) a b
                    (RInt (beta_density r) (sin a ^ 2) (sin b ^ 2))).
{ apply (is_RInt_comp (beta_density r) (fun u => sin u ^ 2) (fun u => 2 * sin u * cos u)).
  - intros u Hu; apply continuous_beta, U, M; assumption.
  - intros u _; split.
    + auto_derive; [trivial|simpl; ring].
    + apply @ex_derive_continuous; auto_derive; trivial. }
assert (K' : is_RInt (fun u => scal (2 * sin u * cos u) (beta_density r (sin u ^ 2))) a b
                     (2 * sine_integral r b - 2 * sine_integral r a)).
{ apply (is_RInt_ext (fun u => scal 2 (sin u ^ (r - 1)))).
  - intros u Hu; symmetry; apply beta_substitution; [assumption|apply M; lra].
  - replace (2 * sine_integral r b - 2 * sine_integral r a) with (scal 2 (RInt (fun u => sin u ^ (r - 1)) a b)).
    + apply @is_RInt_scal, @RInt_correct, ex_RInt_sin_pow.
    + unfold sine_integral; rewrite <- (RInt_Chasles (fun u => sin u ^ (r - 1)) 0 a b) by apply ex_RInt_sin_pow.
      unfold scal, plus; simpl; unfold mult; simpl; ring. }
rewrite <- (is_RInt_unique _ _ _ _ K'), (is_RInt_unique _ _ _ _ K).
apply @RInt_correct, @ex_RInt_continuous; intros t Ht; apply continuous_beta.
destruct (U a Ha), (U b Hb); unfold Rmin, Rmax in Ht; destruct (Rle_dec (sin a ^ 2) (sin b ^ 2)); lra.
Qed.

Lemma continuous_sine_integral r u : continuous (sine_integral r) u.
Proof.
apply @ex_derive_continuous; exists (sin u ^ (r - 1)); apply (is_derive_RInt (fun v => sin v ^ (r - 1)) _ 0).
- apply filter_forall; intro v; apply @RInt_correct, ex_RInt_sin_pow.
- apply continuous_sin_pow.
Qed.

Lemma continuous_asin_sqrt_0 : continuous (fun t => asin (sqrt t)) 0.
Proof.
apply continuous_comp.
- apply continuity_pt_filterlim, continuity_pt_sqrt; lra.
- rewrite sqrt_0; apply continuity_pt_filterlim, derivable_continuous_pt, derivable_pt_asin; lra.
Qed.

Lemma asin_sqrt t : 0 < t < 1 -> 0 < asin (sqrt t) < PI / 2 /\ sin (asin (sqrt t)) ^ 2 = t.
Proof.
intro H; pose proof (sqrt_lt_R0 t ltac:(lra)) as A.
assert (B : sqrt t < 1) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
pose proof (asin_bound_lt (sqrt t) ltac:(lra)) as C; pose proof (sin_asin (sqrt t) ltac:(lra)) as S.
rewrite S; repeat split; try lra.
- destruct (Rlt_or_le 0 (asin (sqrt t))) as [|N]; [assumption|exfalso].
  assert (0 <= sin (- asin (sqrt t))) by (apply sin_ge_0; lra); rewrite sin_neg in *; lra.
- apply pow2_sqrt; lra.
Qed.

Lemma near_0 : at_right 0 (fun t => 0 < t < 1).
Proof.
exists (mkposreal 1 Rlt_0_1); intros y Hy Hy0; unfold ball in Hy; simpl in Hy; unfold AbsRing_ball in Hy; simpl in Hy.
unfold abs, minus, plus, opp in Hy; simpl in Hy; apply Rabs_def2 in Hy; lra.
Qed.

Lemma near_1 : at_left 1 (fun t => 0 < t < 1).
Proof.
exists (mkposreal 1 Rlt_0_1); intros y Hy Hy0; unfold ball in Hy; simpl in Hy; unfold AbsRing_ball in Hy; simpl in Hy.
unfold abs, minus, plus, opp in Hy; simpl in Hy; apply Rabs_def2 in Hy; lra.
Qed.

Lemma limit_at_0 r : filterlim (fun t => 2 * sine_integral r (asin (sqrt t))) (at_right 0) (locally 0).
Proof.
assert (C : continuous (fun t => 2 * sine_integral r (asin (sqrt t))) 0).
{ apply (continuous_scal_r 2 (fun t => sine_integral r (asin (sqrt t)))).
  apply (continuous_comp (fun t => asin (sqrt t))); [apply continuous_asin_sqrt_0|apply continuous_sine_integral]. }
unfold continuous in C; rewrite sqrt_0, asin_0 in C; unfold sine_integral at 2 in C; rewrite RInt_point in C.
unfold zero in C; simpl in C; rewrite Rmult_0_r in C.
eapply filterlim_filter_le_1; [|exact C]; apply filter_le_within.
Qed.

Lemma limit_minus {T} {F : (T -> Prop) -> Prop} {FF : Filter F} (f g : T -> R) (a b : R) :
  filterlim f F (locally a) -> filterlim g F (locally b) -> filterlim (fun t => f t - g t) F (locally (a - b)).
Proof.
intros Hf Hg.
apply (filterlim_comp_2 (G := locally a) (H := locally (opp b)) f (fun t => opp (g t)) (@plus R_AbelianGroup)).
- exact Hf.
- eapply filterlim_comp; [exact Hg|apply (filterlim_opp (V := R_NormedModule))].
- apply (filterlim_plus (V := R_NormedModule)).
Qed.

Theorem S12_beta_integral (r : nat) (theta : R) : (1 <= r)%nat -> 0 < theta < PI / 2 ->
  is_RInt_gen (beta_density r) (at_right 0) (at_point (sin theta ^ 2)) (2 * sine_integral r theta).
Proof.
intros Hr H.
apply (filterlimi_lim_ext_loc
  (fun ab => 2 * sine_integral r theta - 2 * sine_integral r (asin (sqrt (fst ab))))).
- apply (Filter_prod _ _ _ (fun t => 0 < t < 1) (fun t => t = sin theta ^ 2)); [apply near_0|reflexivity|].
  intros x y Hx Hy; simpl; destruct (asin_sqrt x Hx) as [A B].
  rewrite Hy; rewrite <- B at 1; now apply is_RInt_beta.
- pose proof (limit_minus (F := filter_prod (at_right 0) (at_point (sin theta ^ 2)))
    (fun _ => 2 * sine_integral r theta) (fun ab => 2 * sine_integral r (asin (sqrt (fst ab))))
    (2 * sine_integral r theta) 0) as L.
  rewrite Rminus_0_r in L; apply L; [apply filterlim_const|].
  apply (filterlim_comp _ _ _ fst (fun t => 2 * sine_integral r (asin (sqrt t))) _ (at_right 0));
    [apply filterlim_fst|apply limit_at_0].
Qed.

Lemma limit_at_1 r :
  filterlim (fun t => 2 * sine_integral r (PI / 2 - asin (sqrt (1 - t)))) (at_left 1)
            (locally (2 * sine_integral r (PI / 2))).
Proof.
assert (C : continuous (fun t => 2 * sine_integral r (PI / 2 - asin (sqrt (1 - t)))) 1).
{ apply (continuous_scal_r 2 (fun t => sine_integral r (PI / 2 - asin (sqrt (1 - t))))).
  apply (continuous_comp (fun t => PI / 2 - asin (sqrt (1 - t)))); [|apply continuous_sine_integral].
  apply (continuous_minus (fun _ => PI / 2) (fun t => asin (sqrt (1 - t)))); [apply continuous_const|].
  apply (continuous_comp (fun t => 1 - t) (fun t => asin (sqrt t))).
  - apply @ex_derive_continuous; auto_derive; trivial.
  - replace (1 - 1) with 0 by ring; apply continuous_asin_sqrt_0. }
unfold continuous in C; replace (1 - 1) with 0 in C by ring.
rewrite sqrt_0, asin_0, Rminus_0_r in C.
eapply filterlim_filter_le_1; [|exact C]; apply filter_le_within.
Qed.

Lemma sine_integral_half r : (1 <= r)%nat -> 2 * sine_integral r (PI / 2) = sine_integral r PI.
Proof.
revert r; apply rank_induction.
- rewrite !sine_integral_1; field.
- rewrite !sine_integral_2, cos_PI, cos_PI2; ring.
- intros r Hr H; rewrite sine_integral_pi_step, <- H, S12_reduction, cos_PI2 by assumption.
  pose proof (pos_INR r); field; lra.
Qed.

Theorem S12_beta_normaliser (r : nat) : (1 <= r)%nat ->
  is_RInt_gen (beta_density r) (at_right 0) (at_left 1) (sine_integral r PI).
Proof.
intro Hr.
apply (filterlimi_lim_ext_loc
  (fun ab => 2 * sine_integral r (PI / 2 - asin (sqrt (1 - snd ab))) - 2 * sine_integral r (asin (sqrt (fst ab))))).
- apply (Filter_prod _ _ _ (fun t => 0 < t < 1) (fun t => 0 < t < 1)); [apply near_0|apply near_1|].
  intros x y Hx Hy; simpl; destruct (asin_sqrt x Hx) as [A B]; destruct (asin_sqrt (1 - y) ltac:(lra)) as [C D].
  assert (E : sin (PI / 2 - asin (sqrt (1 - y))) ^ 2 = y).
  { rewrite sin_shift, <- one_minus_sin2, D; ring. }
  rewrite <- B at 1; rewrite <- E at 1; apply is_RInt_beta; [assumption|assumption|lra].
- pose proof (limit_minus (F := filter_prod (at_right 0) (at_left 1))
    (fun ab => 2 * sine_integral r (PI / 2 - asin (sqrt (1 - snd ab))))
    (fun ab => 2 * sine_integral r (asin (sqrt (fst ab))))
    (2 * sine_integral r (PI / 2)) 0) as L.
  rewrite Rminus_0_r, sine_integral_half in L by assumption; apply L.
  + apply (filterlim_comp _ _ _ snd (fun t => 2 * sine_integral r (PI / 2 - asin (sqrt (1 - t)))) _ (at_left 1));
      [apply filterlim_snd|rewrite <- sine_integral_half by assumption; apply limit_at_1].
  + apply (filterlim_comp _ _ _ fst (fun t => 2 * sine_integral r (asin (sqrt t))) _ (at_right 0));
      [apply filterlim_fst|apply limit_at_0].
Qed.

Theorem S12_floor_incomplete_beta (r : nat) (theta : R) : (1 <= r)%nat -> 0 < theta < PI / 2 ->
  floor r theta =
  1 / 2 * (RInt_gen (beta_density r) (at_right 0) (at_point (sin theta ^ 2))
           / RInt_gen (beta_density r) (at_right 0) (at_left 1)).
Proof.
intros Hr H.
rewrite (is_RInt_gen_unique _ _ (S12_beta_integral r theta Hr H)).
rewrite (is_RInt_gen_unique _ _ (S12_beta_normaliser r Hr)).
rewrite S12_floor_sine; pose proof (sine_integral_pi_pos r Hr); field; lra.
Qed.

(* For theta >= pi/2 the floor is one minus that of pi - theta. *)
Theorem S12_floor_complement (r : nat) (theta : R) : (1 <= r)%nat ->
  floor r (PI - theta) = 1 - floor r theta.
Proof.
intro Hr; rewrite !S12_floor_sine; pose proof (sine_integral_pi_pos r Hr).
assert (E : sine_integral r (PI - theta) = sine_integral r PI - sine_integral r theta).
{ unfold sine_integral.
  rewrite <- (RInt_Chasles (fun u => sin u ^ (r - 1)) 0 (PI - theta) PI) by apply ex_RInt_sin_pow.
  pose proof (RInt_comp_lin (fun u => sin u ^ (r - 1)) (-1) PI 0 theta (ex_RInt_sin_pow _ _ _)) as L.
  replace (-1 * 0 + PI) with PI in L by ring; replace (-1 * theta + PI) with (PI - theta) in L by ring.
  rewrite <- (opp_RInt_swap (fun u => sin u ^ (r - 1))) in L by apply ex_RInt_sin_pow.
  rewrite (RInt_ext _ (fun u => opp (sin u ^ (r - 1)))) in L.
  2: { intros u _; replace (-1 * u + PI) with (PI - u) by ring; rewrite sin_PI_x.
       unfold scal, opp; simpl; unfold mult; simpl; ring. }
  rewrite (RInt_opp (V := R_CompleteNormedModule)) in L by apply ex_RInt_sin_pow.
  unfold opp, plus in *; simpl in *; lra. }
rewrite E; field; lra.
Qed.
