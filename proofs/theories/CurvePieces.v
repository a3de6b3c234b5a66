(* S11 for even N: the integral of delta over one piece of the range of h, with cos theta = co, sin theta = si, k = (r - m - 1)/2 = n - m:

       early piece, c >= 0, below lambda:    C_r si^r int_{h1}^{h2} early_term dh,
       sure piece,  c <= 0, below lambda:    C_r int_{angle h1}^{angle h2} (cos^(r-1) psi - e^eps cos^(r-1)(theta - psi)) dpsi,
       late piece,  c <= 0, above lambda:    the same, + C_r e^eps si^r int_{1/h2}^{1/h1} early_term at (1/lambda, -eps),
       never piece, c >= 0, above lambda:    0,
       gap, anywhere:                        between 0 and C_r (h2 - h1)/si,
       beyond h1, as a gap:                  between 0 and C_r si/(h1 - co),

       early_term h = tilted n (h/lambda) x/(1 - 2 h co + h^2)^((r+1)/2),   x = (eps + k log h + n log lambda) h/(lambda - h). *)
From Coq Require Import Reals ZArith Lia Lra List.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import ProductFloor ErlangTail BoundedIntegrable CurveDefinition CurveIntegral.
Open Scope R_scope.

(* eps + k log h + n log lambda, without the logarithm of h where k = 0 *)
Definition shift_term (n : nat) (k : Z) (lambda eps h : R) : R :=
  match k with
  | Z0 => eps + IZR (Z.of_nat n) * ln lambda
  | _ => eps + IZR (Z.of_nat n) * ln lambda + IZR k * ln h
  end.

Definition early_term (r n : nat) (k : Z) (lambda co eps h : R) : R :=
  tilted n (h / lambda) (shift_term n k lambda eps h * (h / (lambda - h))) / root_power (r + 1) (1 - 2 * h * co + h ^ 2).

Definition sure_term (r : nat) (co si eps psi : R) : R :=
  cos psi ^ (r - 1) - exp eps * (co * cos psi + si * sin psi) ^ (r - 1).

Lemma atan_lipschitz a b : a <= b -> atan b - atan a <= b - a.
Proof.
intros [H|H]; [|rewrite H; lra].
destruct (MVT_cor2 atan (fun x => / (1 + x ^ 2)) a b H) as [x [E _]].
- intros x _; apply derivable_pt_lim_atan.
- rewrite E; pose proof (pow2_ge_0 x).
  assert (/ (1 + x ^ 2) <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  nra.
Qed.

Section Pair.
Variables (r m n : nat) (lambda theta eps co si : R).
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).
Hypotheses (Ht : 0 < theta < PI) (Hco : cos theta = co) (Hsi : sin theta = si).

Let I := curve_integrand r m lambda theta eps.
Let J := conditional r m lambda eps.
Let c := shift r m lambda eps.
Let k := (Z.of_nat n - Z.of_nat m)%Z.
Let place h := atan ((h - co) / si).

Lemma place_angle h : place h = angle theta h.
Proof. unfold place, angle; now rewrite Hco, Hsi. Qed.

Lemma si_pos : 0 < si.
Proof. rewrite <- Hsi; now apply sin_theta_pos. Qed.

Lemma shift_term_shift h : shift_term n k lambda eps h = c h.
Proof.
assert (E : (INR r - INR m - 1) / 2 = IZR k).
{ unfold k; rewrite minus_IZR, <- !INR_IZR_INZ.
  assert (X : INR r + INR m = 2 * INR n + 1) by (rewrite <- plus_INR, HN, plus_INR, mult_INR; simpl; ring).
  replace (INR r) with (2 * INR n + 1 - INR m) by lra; field. }
unfold c, shift; rewrite E.
replace (INR (r + m - 1)) with (2 * INR n) by (replace (r + m - 1)%nat with (2 * n)%nat by lia; rewrite mult_INR; simpl; ring).
unfold shift_term; rewrite <- INR_IZR_INZ; destruct k; field.
Qed.

Lemma distance_pos h : 0 < 1 - 2 * h * co + h ^ 2.
Proof.
pose proof (sin2_cos2 theta) as E; unfold Rsqr in E; rewrite Hco, Hsi in E; pose proof si_pos.
replace (1 - 2 * h * co + h ^ 2) with (si * si + (h - co) ^ 2) by (rewrite <- E; ring).
pose proof (pow2_ge_0 (h - co)); nra.
Qed.

Lemma cos_place h : cos (place h) = si / sqrt (1 - 2 * h * co + h ^ 2).
Proof.
pose proof si_pos; pose proof (distance_pos h) as D.
assert (E : 1 - 2 * h * co + h ^ 2 = si ^ 2 * (1 + ((h - co) / si)²)).
{ pose proof (sin2_cos2 theta) as E; unfold Rsqr in *; rewrite Hco, Hsi in E.
  replace (1 - 2 * h * co + h ^ 2) with (si * si + (h - co) ^ 2) by (rewrite <- E; ring); field; lra. }
unfold place; rewrite cos_atan, E, sqrt_mult_alt by apply pow2_ge_0.
rewrite sqrt_pow2 by lra; field.
split; [|lra]; apply Rgt_not_eq, sqrt_lt_R0; pose proof (Rle_0_sqr ((h - co) / si)); lra.
Qed.

(* The substitution psi = place h. *)
Lemma weighted_integral F h1 h2 : h1 < h2 -> (forall h, h1 <= h <= h2 -> continuous F h) ->
  is_RInt (fun psi => cos psi ^ (r - 1) * F (ratio theta psi)) (place h1) (place h2)
    (si ^ r * RInt (fun h => F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2)) h1 h2).
Proof.
intros H12 HF; pose proof si_pos as Hs.
set (f := fun psi => cos psi ^ (r - 1) * F (ratio theta psi)).
assert (CF : forall h, h1 <= h <= h2 -> continuous f (place h)).
{ intros h Hh; pose proof (angle_bound theta h).
  apply (continuous_mult (fun psi => cos psi ^ (r - 1)) (fun psi => F (ratio theta psi))).
  - apply @ex_derive_continuous; auto_derive; trivial.
  - rewrite place_angle; apply (continuous_comp (ratio theta) F); [now apply continuous_ratio|].
    rewrite ratio_angle by assumption; now apply HF. }
assert (K : is_RInt (fun h => scal (/ si / (1 + ((h - co) / si)²)) (f (place h))) h1 h2 (RInt f (place h1) (place h2))).
{ apply (is_RInt_comp (V := R_CompleteNormedModule) f place (fun h => / si / (1 + ((h - co) / si)²))).
  - intros h; rewrite Rmin_left, Rmax_right by lra; apply CF.
  - intros h _; pose proof (Rle_0_sqr ((h - co) / si)) as A; pose proof (Rle_0_sqr (h - co)) as B.
    pose proof (Rmult_lt_0_compat si si Hs Hs) as C; unfold Rsqr in B; split.
    + unfold place; auto_derive; [trivial|unfold Rsqr in *; field; split; lra].
    + apply @ex_derive_continuous; unfold Rsqr in *; auto_derive; repeat split; try trivial; lra. }
assert (X : is_RInt (fun h => scal (si ^ r) (F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2))) h1 h2 (RInt f (place h1) (place h2))).
{ revert K; apply is_RInt_ext; intros h; rewrite Rmin_left, Rmax_right by lra; intro Hh.
  change (/ si / (1 + ((h - co) / si)²) * f (place h) = si ^ r * (F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2))).
  unfold f; rewrite place_angle, ratio_angle, <- place_angle, cos_place by assumption.
  pose proof (distance_pos h) as D; pose proof (sqrt_lt_R0 _ D) as Q.
  rewrite root_power_sqrt by lra.
  assert (E : si ^ 2 * (1 + ((h - co) / si)²) = sqrt (1 - 2 * h * co + h ^ 2) ^ 2).
  { rewrite pow2_sqrt by lra; pose proof (sin2_cos2 theta) as E; unfold Rsqr in *; rewrite Hco, Hsi in E.
    replace (1 - 2 * h * co + h ^ 2) with (si * si + (h - co) ^ 2) by (rewrite <- E; ring); field; lra. }
  set (q := sqrt (1 - 2 * h * co + h ^ 2)) in *.
  replace (/ si / (1 + ((h - co) / si)²)) with (si / q ^ 2).
  2: { rewrite <- E; pose proof (Rle_0_sqr ((h - co) / si)); pose proof (Rle_0_sqr (h - co)) as B.
       pose proof (Rmult_lt_0_compat si si Hs Hs); unfold Rsqr in *; field; repeat split; lra. }
  destruct r as [|r']; [lia|]; replace (S r' - 1)%nat with r' by lia; replace (S r' + 1)%nat with (S (S r')) by lia.
  unfold Rdiv; rewrite Rpow_mult_distr, pow_inv; simpl pow; field; repeat split; try lra; now apply pow_nonzero, Rgt_not_eq. }
assert (P : ex_RInt f (place h1) (place h2)).
{ apply @ex_RInt_continuous; intros psi; rewrite !place_angle.
  pose proof (angle_increasing theta Ht h1 h2 H12); rewrite Rmin_left, Rmax_right by lra; intro Hp.
  pose proof (angle_bound theta h1); pose proof (angle_bound theta h2).
  rewrite <- (angle_ratio theta Ht psi), <- place_angle by lra; apply CF.
  destruct Hp as [[A|A] [B|B]]; try (subst psi; rewrite ratio_angle by assumption; lra).
  assert (h1 < ratio theta psi < h2) by (apply ratio_between; [assumption|now split]); lra. }
apply (RInt_correct (V := R_CompleteNormedModule)) in P; fold f.
replace (si ^ r * RInt (fun h => F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2)) h1 h2) with (RInt f (place h1) (place h2)); [exact P|].
assert (Y : ex_RInt (fun h => F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2)) h1 h2).
{ apply (ex_RInt_ext (fun h => scal (/ si ^ r) (scal (si ^ r) (F h / root_power (r + 1) (1 - 2 * h * co + h ^ 2))))).
  - intros h _; unfold scal; simpl; unfold mult; simpl; field; split; [|pose proof (pow_lt si r Hs); lra].
    pose proof (distance_pos h); rewrite root_power_sqrt by lra; apply pow_nonzero, Rgt_not_eq, sqrt_lt_R0; lra.
  - apply @ex_RInt_scal; eexists; exact X. }
rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by exact Y.
symmetry; now apply is_RInt_unique.
Qed.

Lemma place_increasing h1 h2 : h1 < h2 -> place h1 < place h2.
Proof. rewrite !place_angle; now apply angle_increasing. Qed.

Lemma place_bound h : - (PI / 2) < place h < PI / 2.
Proof. rewrite place_angle; apply angle_bound. Qed.

Lemma integrand_inside h1 h2 psi : place h1 < psi < place h2 ->
  h1 < ratio theta psi < h2 /\ I psi = normaliser r * cos psi ^ (r - 1) * J (ratio theta psi).
Proof.
intro H; pose proof (place_bound h1); pose proof (place_bound h2); split.
- rewrite !place_angle in H; now apply ratio_between.
- apply S11_conditional_integrand, cos_gt_0; lra.
Qed.

(* c is monotone in h. *)
Lemma shift_between h1 h2 h : 0 < h1 -> h1 <= h <= h2 -> Rmin (c h1) (c h2) <= c h <= Rmax (c h1) (c h2).
Proof.
intros H1 [[A|A] [B|B]].
- pose proof (ln_increasing h1 h H1 A); pose proof (ln_increasing h h2 ltac:(lra) B).
  unfold c, shift, Rmin, Rmax in *; set (q := (INR r - INR m - 1) / 2) in *.
  destruct (Rle_dec _ _); split; nra.
- subst h; split; [apply Rmin_r|apply Rmax_r].
- subst h; split; [apply Rmin_l|apply Rmax_l].
- subst h; split; [apply Rmin_l|apply Rmax_l].
Qed.

Lemma shift_nonneg h1 h2 h : 0 < h1 -> 0 <= c h1 -> 0 <= c h2 -> h1 <= h <= h2 -> 0 <= c h.
Proof. intros H1 A B H; pose proof (shift_between h1 h2 h H1 H); unfold Rmin in *; destruct (Rle_dec (c h1) (c h2)); lra. Qed.

Lemma shift_nonpos h1 h2 h : 0 < h1 -> c h1 <= 0 -> c h2 <= 0 -> h1 <= h <= h2 -> c h <= 0.
Proof. intros H1 A B H; pose proof (shift_between h1 h2 h H1 H); unfold Rmax in *; destruct (Rle_dec (c h1) (c h2)); lra. Qed.

Lemma early_piece h1 h2 : 0 < h1 -> h1 < h2 -> h2 < lambda -> 0 <= c h1 -> 0 <= c h2 ->
  is_RInt I (place h1) (place h2) (normaliser r * (si ^ r * RInt (early_term r n k lambda co eps) h1 h2)).
Proof.
intros H1 H12 H2 C1 C2.
set (F := fun h => tilted n (h / lambda) (shift_term n k lambda eps h * (h / (lambda - h)))).
assert (W : is_RInt (fun psi => cos psi ^ (r - 1) * F (ratio theta psi)) (place h1) (place h2)
              (si ^ r * RInt (early_term r n k lambda co eps) h1 h2)).
{ apply (weighted_integral F h1 h2 H12).
  intros h Hh; apply (continuous_tilted n (fun h => h / lambda) (fun h => shift_term n k lambda eps h * (h / (lambda - h)))).
  - apply @ex_derive_continuous; auto_derive; trivial.
  - apply (continuous_mult (shift_term n k lambda eps) (fun h => h / (lambda - h))).
    + apply continuous_ext with c; [intro; symmetry; apply shift_term_shift|apply continuous_shift; lra].
    + apply @ex_derive_continuous; auto_derive; lra. }
apply (is_RInt_ext (fun psi => scal (normaliser r) (cos psi ^ (r - 1) * F (ratio theta psi)))); [|now apply @is_RInt_scal].
pose proof (place_increasing h1 h2 H12); intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
destruct (integrand_inside h1 h2 psi Hp) as [Hh ->].
unfold J; rewrite (conditional_early r m n) by (try apply (shift_nonneg h1 h2); assumption || lra).
unfold F; rewrite shift_term_shift.
replace (c (ratio theta psi) * (ratio theta psi / (lambda - ratio theta psi)))
  with (c (ratio theta psi) / (lambda / ratio theta psi - 1)) by (field; lra).
symmetry; apply Rmult_assoc.
Qed.

Lemma is_RInt_sure h1 h2 :
  is_RInt (sure_term r co si eps) (place h1) (place h2) (RInt (sure_term r co si eps) (place h1) (place h2)).
Proof.
apply @RInt_correct, @ex_RInt_continuous; intros; apply @ex_derive_continuous; unfold sure_term; auto_derive; trivial.
Qed.

Lemma sure_term_ratio psi : 0 < cos psi ->
  sure_term r co si eps psi = cos psi ^ (r - 1) * (1 - exp eps * ratio theta psi ^ (r - 1)).
Proof.
intro Hc; unfold sure_term; rewrite <- Hco, <- Hsi, <- cos_minus.
replace (cos (theta - psi)) with (cos psi * ratio theta psi) by (unfold ratio; field; lra).
rewrite Rpow_mult_distr; ring.
Qed.

Lemma sure_piece h1 h2 : 0 < h1 -> h1 < h2 -> h2 <= lambda -> c h1 <= 0 -> c h2 <= 0 ->
  is_RInt I (place h1) (place h2) (normaliser r * RInt (sure_term r co si eps) (place h1) (place h2)).
Proof.
intros H1 H12 H2 C1 C2.
apply (is_RInt_ext (fun psi => scal (normaliser r) (sure_term r co si eps psi))); [|apply @is_RInt_scal, is_RInt_sure].
pose proof (place_increasing h1 h2 H12); intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
destruct (integrand_inside h1 h2 psi Hp) as [Hh ->].
pose proof (place_bound h1); pose proof (place_bound h2).
unfold J; rewrite (conditional_sure r m n) by (try apply (shift_nonpos h1 h2); assumption || lra).
rewrite sure_term_ratio by (apply cos_gt_0; lra); symmetry; apply Rmult_assoc.
Qed.

Lemma never_piece h1 h2 : 0 < h1 -> h1 < h2 -> lambda <= h1 -> 0 <= c h1 -> 0 <= c h2 -> is_RInt I (place h1) (place h2) 0.
Proof.
intros H1 H12 H2 C1 C2.
apply (is_RInt_ext (fun _ => 0)).
- pose proof (place_increasing h1 h2 H12); intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
  destruct (integrand_inside h1 h2 psi Hp) as [Hh ->].
  unfold J; rewrite conditional_never; [apply Rmult_0_r || (symmetry; apply Rmult_0_r)|assumption|lra|apply (shift_nonneg h1 h2); lra].
- evar_last; [apply @is_RInt_const|apply Rmult_0_r].
Qed.

Lemma gap_piece h1 h2 : h1 < h2 -> 0 <= RInt I (place h1) (place h2) <= normaliser r * ((h2 - h1) / si).
Proof.
intro H12; pose proof (place_increasing h1 h2 H12) as P; pose proof (place_bound h1); pose proof (place_bound h2).
assert (B : forall psi, place h1 < psi < place h2 -> 0 <= I psi <= normaliser r).
{ intros psi Hp; pose proof (integrand_bounds r m n lambda theta eps Hr Hn HN Hl psi ltac:(lra)) as B; fold I in B.
  assert (K : cos psi ^ (r - 1) <= 1).
  { rewrite <- (pow1 (r - 1)); apply pow_incr; split; [left; apply cos_gt_0; lra|apply COS_bound]. }
  pose proof (normaliser_pos r Hr); split; [lra|nra]. }
assert (X : ex_RInt I (place h1) (place h2)) by (apply (S11_integrable r m n); assumption || lra).
split.
- apply RInt_ge_0; [lra|assumption|intros psi Hp; apply B; lra].
- apply Rle_trans with (RInt (fun _ => normaliser r) (place h1) (place h2)).
  + apply RInt_le; [lra|assumption|apply ex_RInt_const|intros psi Hp; apply B; lra].
  + rewrite RInt_const; change (scal (place h2 - place h1) (normaliser r)) with ((place h2 - place h1) * normaliser r).
    rewrite Rmult_comm; apply Rmult_le_compat_l; [left; now apply normaliser_pos|].
    pose proof si_pos; replace ((h2 - h1) / si) with ((h2 - co) / si - (h1 - co) / si) by (field; lra).
    apply atan_lipschitz; unfold Rdiv; apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|lra].
Qed.

Lemma end_gap h1 : co < h1 -> 0 <= RInt I (place h1) (PI / 2) <= normaliser r * (si / (h1 - co)).
Proof.
intro H1; pose proof (place_bound h1); pose proof si_pos.
assert (B : forall psi, place h1 < psi < PI / 2 -> 0 <= I psi <= normaliser r).
{ intros psi Hp; pose proof (integrand_bounds r m n lambda theta eps Hr Hn HN Hl psi ltac:(lra)) as B; fold I in B.
  assert (K : cos psi ^ (r - 1) <= 1).
  { rewrite <- (pow1 (r - 1)); apply pow_incr; split; [left; apply cos_gt_0; lra|apply COS_bound]. }
  pose proof (normaliser_pos r Hr); split; [lra|nra]. }
assert (X : ex_RInt I (place h1) (PI / 2)) by (apply (S11_integrable r m n); assumption || lra).
split.
- apply RInt_ge_0; [lra|assumption|intros psi Hp; apply B; lra].
- apply Rle_trans with (RInt (fun _ => normaliser r) (place h1) (PI / 2)).
  + apply RInt_le; [lra|assumption|apply ex_RInt_const|intros psi Hp; apply B; lra].
  + rewrite RInt_const; change (scal (PI / 2 - place h1) (normaliser r)) with ((PI / 2 - place h1) * normaliser r).
    rewrite Rmult_comm; apply Rmult_le_compat_l; [left; now apply normaliser_pos|].
    assert (T : 0 < (h1 - co) / si) by (apply Rdiv_lt_0_compat; lra).
    unfold place; rewrite <- atan_inv by assumption.
    replace (si / (h1 - co)) with (/ ((h1 - co) / si)) by (field; lra).
    pose proof (Rinv_0_lt_compat _ T); pose proof (atan_lipschitz 0 (/ ((h1 - co) / si)) ltac:(lra)) as L.
    rewrite atan_0 in L; lra.
Qed.

Lemma end_never h1 : 0 < h1 -> lambda <= h1 -> 0 <= c h1 -> (0 <= k)%Z -> RInt I (place h1) (PI / 2) = 0.
Proof.
intros H1 H2 C1 Hk; pose proof (place_bound h1).
rewrite (RInt_ext _ (fun _ => 0)); [rewrite RInt_const; apply Rmult_0_r|].
intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
assert (K : h1 < ratio theta psi).
{ pose proof (angle_ratio theta Ht psi ltac:(lra)) as E; rewrite place_angle in Hp.
  destruct (Rlt_le_dec h1 (ratio theta psi)) as [|[L|L]]; [assumption| |].
  - pose proof (angle_increasing theta Ht _ _ L); lra.
  - rewrite L in E; lra. }
unfold I; rewrite S11_conditional_integrand by (apply cos_gt_0; lra).
rewrite conditional_never; [apply Rmult_0_r || (symmetry; apply Rmult_0_r)|assumption|lra|]; fold c; rewrite <- shift_term_shift; rewrite <- shift_term_shift in C1.
pose proof (ln_increasing h1 _ H1 K); unfold shift_term in *; destruct k as [|q|q]; [lra| |lia].
assert (0 < IZR (Z.pos q)) by (apply IZR_lt; lia); nra.
Qed.

End Pair.
