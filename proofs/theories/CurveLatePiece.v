(* S11 for even N, the piece h > lambda with c <= 0: by psi -> theta - psi, which takes h to 1/h, its second part is that of the reversed
   pair (1/lambda, -eps) below 1/lambda, so that

       int_{angle h1}^{angle h2} I = C_r (int_{angle h1}^{angle h2} (cos^(r-1) psi - e^eps cos^(r-1)(theta - psi)) dpsi
                                          + e^eps si^r int_{1/h2}^{1/h1} early_term(1/lambda, -eps) dy). *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import ProductFloor ErlangTail CurveDefinition CurveIntegral CurvePieces.
Open Scope R_scope.

Section Pair.
Variables (r m n : nat) (lambda theta eps co si : R).
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).
Hypotheses (Ht : 0 < theta < PI) (Hco : cos theta = co) (Hsi : sin theta = si).

Let I := curve_integrand r m lambda theta eps.
Let c := shift r m lambda eps.
Let k := (Z.of_nat n - Z.of_nat m)%Z.
Let place h := atan ((h - co) / si).

Lemma ratio_reflected psi : ratio theta (theta - psi) = / ratio theta psi.
Proof. unfold ratio; replace (theta - (theta - psi)) with psi by ring; now rewrite Rinv_div. Qed.

Lemma place_reflected h : 0 < h -> theta - place h = place (/ h).
Proof.
intro Hh; unfold place; rewrite !(place_angle theta co si Hco Hsi).
pose proof (angle_bound theta h); pose proof (angle_increasing theta Ht 0 h Hh) as A; rewrite (angle_zero theta Ht) in A.
rewrite <- (angle_ratio theta Ht (theta - angle theta h)) by lra.
now rewrite ratio_reflected, ratio_angle.
Qed.

Lemma shift_reversed h : 0 < h -> shift_term n k (/ lambda) (- eps) (/ h) = - c h.
Proof.
intro Hh; unfold c; rewrite <- (shift_term_shift r m n lambda eps Hr Hn HN); fold k.
unfold shift_term; rewrite !ln_Rinv by assumption; destruct k; ring.
Qed.

Lemma late_piece h1 h2 : 0 < h1 -> h1 < h2 -> lambda < h1 -> c h1 <= 0 -> c h2 <= 0 ->
  is_RInt I (place h1) (place h2)
    (normaliser r * (RInt (sure_term r co si eps) (place h1) (place h2)
                     + exp eps * (si ^ r * RInt (early_term r n k (/ lambda) co (- eps)) (/ h2) (/ h1)))).
Proof.
intros H1 H12 H2 C1 C2.
assert (Hi : / h2 < / h1) by (apply Rinv_lt_contravar; [apply Rmult_lt_0_compat|]; lra).
assert (Hm : / h1 < / lambda) by (apply Rinv_lt_contravar; [apply Rmult_lt_0_compat|]; lra).
assert (Hp2 : 0 < / h2) by (apply Rinv_0_lt_compat; lra).
set (F := fun y => tilted n (y / / lambda) (shift_term n k (/ lambda) (- eps) y * (y / (/ lambda - y)))).
set (V := si ^ r * RInt (early_term r n k (/ lambda) co (- eps)) (/ h2) (/ h1)).
assert (W : is_RInt (fun psi => cos psi ^ (r - 1) * F (ratio theta psi)) (place (/ h2)) (place (/ h1)) V).
{ apply (weighted_integral r m n lambda theta eps co si Hr Hn HN Ht Hco Hsi F (/ h2) (/ h1) Hi).
  intros y Hy; apply (continuous_tilted n (fun y => y / / lambda) (fun y => shift_term n k (/ lambda) (- eps) y * (y / (/ lambda - y)))).
  - apply @ex_derive_continuous; auto_derive; trivial.
  - apply (continuous_mult (shift_term n k (/ lambda) (- eps))).
    + apply @ex_derive_continuous; unfold shift_term; destruct k; auto_derive; lra.
    + apply @ex_derive_continuous; auto_derive; lra. }
apply is_RInt_swap in W.
rewrite <- !place_reflected in W by lra.
replace (theta - place h1) with (-1 * place h1 + theta) in W by ring.
replace (theta - place h2) with (-1 * place h2 + theta) in W by ring.
apply is_RInt_comp_lin in W; apply is_RInt_opp in W; rewrite opp_opp in W.
pose proof (is_RInt_plus _ _ _ _ _ _ (is_RInt_sure r eps co si h1 h2) (is_RInt_scal _ _ _ (exp eps) _ W)) as U.
apply (is_RInt_scal _ _ _ (normaliser r)) in U; revert U; apply is_RInt_ext.
pose proof (place_increasing theta co si Ht Hco Hsi h1 h2 H12) as P; fold place in P.
pose proof (place_bound theta co si Hco Hsi h1) as B1; pose proof (place_bound theta co si Hco Hsi h2) as B2; fold place in B1, B2.
fold place; intros psi; rewrite Rmin_left, Rmax_right by lra; intro Hp.
destruct (integrand_inside r m lambda theta eps co si Ht Hco Hsi h1 h2 psi Hp) as [Hh E].
unfold I; rewrite E; clear E.
assert (Hc : 0 < cos psi) by (apply cos_gt_0; lra).
set (h := ratio theta psi) in *.
destruct (conditional_late r m n lambda eps Hr Hn HN Hl h) as [E _]; [lra|apply (shift_nonpos r m lambda eps h1 h2); try assumption; lra|].
rewrite E; clear E.
rewrite (sure_term_ratio r theta eps co si Hco Hsi psi Hc); fold h.
replace (-1 * psi + theta) with (theta - psi) by ring.
rewrite ratio_reflected; fold h; unfold F; rewrite shift_reversed by lra.
replace (cos (theta - psi)) with (cos psi * h) by (unfold h, ratio; field; lra).
rewrite Rpow_mult_distr.
replace (/ h / / lambda) with (lambda / h) by (field; lra).
replace (- c h * (/ h / (/ lambda - / h))) with (shift r m lambda eps h / (1 - h / lambda)) by (unfold c; field; lra).
unfold scal, plus, opp; simpl; unfold mult; simpl; ring.
Qed.

End Pair.
