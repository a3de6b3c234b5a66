(* Certificates for entries delta r m lambda (2 atan t) eps of the privacy curve of S11 at even N = r + m - 1 = 2 n.

   The range h > 0 is cut into pieces, each given by its kind (CurvePieces.v) and its right end; gaps are so thin that their weight
   is below the digits that are claimed. Then, with the closed forms of the floor and of C_r of S12,

       floor_value + C_r pieces_value <= delta <= floor_value + C_r (pieces_value + pieces_slack),

   where pieces_value is a sum of integrals of elementary functions that interval arithmetic encloses. At theta = 0 the curve is the
   closed form of S11 and needs no integral (certify_scaling). The generated files CertifiedCurve*.v rest on this one. *)
From Coq Require Import Reals ZArith Lia Lra List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor ErlangTail CurveDefinition CurveIntegral CurvePieces CurveLatePiece.
Import ListNotations.
Open Scope R_scope.

(* A piece up to its right end; the last one has none. *)
Inductive piece := Gap (h : R) | Early (h : R) | Sure (h : R) | Late (h : R) | Never (h : R).
Inductive ending := GapToInfinity | NeverToInfinity.

Fixpoint normaliser_value (r : nat) : R :=
  match r with
  | O => 0
  | S O => / PI
  | S (S O) => / 2
  | S (S r') => normaliser_value r' * (IZR (Z.of_nat (r' + 1)) / IZR (Z.of_nat r'))
  end.

Definition floor_value (r : nat) (t co si : R) : R :=
  if Nat.even r then (1 - co * nested 1 (Nat.div2 r) (si ^ 2)) / 2
  else (2 * atan t - si * co * nested 2 (Nat.div2 r) (si ^ 2)) / PI.

Section Pair.
Variables (r m n : nat) (lambda eps co si : R).
Let k := (Z.of_nat n - Z.of_nat m)%Z.
Let c := shift_term n k lambda eps.

Fixpoint pieces_value (h : R) (pieces : list piece) : R :=
  match pieces with
  | [] => 0
  | Gap h' :: rest | Never h' :: rest => pieces_value h' rest
  | Early h' :: rest => si ^ r * RInt (early_term r n k lambda co eps) h h' + pieces_value h' rest
  | Sure h' :: rest => RInt (sure_term r co si eps) (atan ((h - co) / si)) (atan ((h' - co) / si)) + pieces_value h' rest
  | Late h' :: rest =>
      RInt (sure_term r co si eps) (atan ((h - co) / si)) (atan ((h' - co) / si))
      + exp eps * (si ^ r * RInt (early_term r n k (/ lambda) co (- eps)) (/ h') (/ h)) + pieces_value h' rest
  end.

Fixpoint pieces_slack (h : R) (pieces : list piece) (last : ending) : R :=
  match pieces with
  | [] => match last with GapToInfinity => si / (h - co) | NeverToInfinity => 0 end
  | Gap h' :: rest => (h' - h) / si + pieces_slack h' rest last
  | Early h' :: rest | Sure h' :: rest | Late h' :: rest | Never h' :: rest => pieces_slack h' rest last
  end.

Fixpoint pieces_fit (h : R) (pieces : list piece) (last : ending) : Prop :=
  match pieces with
  | [] => match last with
          | GapToInfinity => co < h
          | NeverToInfinity => 0 < h /\ lambda <= h /\ 0 <= c h /\ (0 <= k)%Z
          end
  | Gap h' :: rest => h < h' /\ pieces_fit h' rest last
  | Early h' :: rest => (0 < h /\ h < h' /\ h' < lambda /\ 0 <= c h /\ 0 <= c h') /\ pieces_fit h' rest last
  | Sure h' :: rest => (0 < h /\ h < h' /\ h' <= lambda /\ c h <= 0 /\ c h' <= 0) /\ pieces_fit h' rest last
  | Late h' :: rest => (0 < h /\ h < h' /\ lambda < h /\ c h <= 0 /\ c h' <= 0) /\ pieces_fit h' rest last
  | Never h' :: rest => (0 < h /\ h < h' /\ lambda <= h /\ 0 <= c h /\ 0 <= c h') /\ pieces_fit h' rest last
  end.

Section Sound.
Variable theta : R.
Hypotheses (Hr : (1 <= r)%nat) (Hn : (1 <= n)%nat) (HN : (r + m = 2 * n + 1)%nat) (Hl : 0 < lambda).
Hypotheses (Ht : 0 < theta < PI) (Hco : cos theta = co) (Hsi : sin theta = si).
Let I := curve_integrand r m lambda theta eps.
Let place h := atan ((h - co) / si).

Lemma split_integral h h' : h < h' ->
  RInt I (place h) (PI / 2) = RInt I (place h) (place h') + RInt I (place h') (PI / 2).
Proof.
intro H; pose proof (place_bound theta co si Hco Hsi h) as B; pose proof (place_bound theta co si Hco Hsi h') as B'.
pose proof (place_increasing theta co si Ht Hco Hsi h h' H) as P.
symmetry; apply (RInt_Chasles (V := R_CompleteNormedModule) I); apply (S11_integrable r m n); assumption || unfold place; lra.
Qed.

Lemma pieces_sound last pieces : forall h, pieces_fit h pieces last ->
  normaliser r * pieces_value h pieces <= RInt I (place h) (PI / 2)
  <= normaliser r * (pieces_value h pieces + pieces_slack h pieces last).
Proof.
assert (Hc : forall h, c h = shift r m lambda eps h) by (intro h; apply (shift_term_shift r m n); assumption).
induction pieces as [|[h'|h'|h'|h'|h'] rest IH]; intros h Fit; simpl pieces_fit in Fit; simpl pieces_value; simpl pieces_slack.
- destruct last.
  + pose proof (end_gap r m n lambda theta eps co si Hr Hn HN Hl Ht Hco Hsi h Fit) as E; fold I place in E.
    rewrite Rmult_0_r, Rplus_0_l; exact E.
  + destruct Fit as [A [B [C D]]]; rewrite Hc in C.
    pose proof (end_never r m n lambda theta eps co si Hr Hn HN Hl Ht Hco Hsi h A B C D) as E; fold I place in E.
    rewrite E; lra.
- destruct Fit as [A Fit]; specialize (IH h' Fit); rewrite (split_integral h h') by assumption.
  pose proof (gap_piece r m n lambda theta eps co si Hr Hn HN Hl Ht Hco Hsi h h' A) as E; fold I place in E.
  rewrite !Rmult_plus_distr_l in *; lra.
- destruct Fit as [[A [B [C [D E]]]] Fit]; specialize (IH h' Fit); rewrite (split_integral h h') by assumption.
  rewrite Hc in D, E.
  pose proof (early_piece r m n lambda theta eps co si Hr Hn HN Hl Ht Hco Hsi h h' A B C D E) as P; fold I place k in P.
  rewrite (is_RInt_unique _ _ _ _ P); rewrite !Rmult_plus_distr_l in *; lra.
- destruct Fit as [[A [B [C [D E]]]] Fit]; specialize (IH h' Fit); rewrite (split_integral h h') by assumption.
  rewrite Hc in D, E.
  pose proof (sure_piece r m n lambda theta eps co si Hr Hn HN Ht Hco Hsi h h' A B C D E) as P; fold I place in P.
  rewrite (is_RInt_unique _ _ _ _ P); unfold place in *; rewrite !Rmult_plus_distr_l in *; lra.
- destruct Fit as [[A [B [C [D E]]]] Fit]; specialize (IH h' Fit); rewrite (split_integral h h') by assumption.
  rewrite Hc in D, E.
  pose proof (late_piece r m n lambda theta eps co si Hr Hn HN Hl Ht Hco Hsi h h' A B C D E) as P; fold I place k in P.
  rewrite (is_RInt_unique _ _ _ _ P); unfold place in *; rewrite !Rmult_plus_distr_l in *; lra.
- destruct Fit as [[A [B [C [D E]]]] Fit]; specialize (IH h' Fit); rewrite (split_integral h h') by assumption.
  rewrite Hc in D, E.
  pose proof (never_piece r m lambda theta eps co si Hl Ht Hco Hsi h h' A B C D E) as P; fold I place in P.
  rewrite (is_RInt_unique _ _ _ _ P); rewrite !Rmult_plus_distr_l in *; lra.
Qed.

End Sound.
End Pair.

Lemma normaliser_value_correct r : (1 <= r)%nat -> normaliser_value r = normaliser r.
Proof.
assert (HN : forall r, normaliser r = / sine_integral r PI).
{ intro n; unfold normaliser, sine_integral; f_equal; rewrite <- cosine_is_sine; f_equal; field. }
revert r; apply rank_induction.
- rewrite HN, sine_integral_1; reflexivity.
- rewrite HN, sine_integral_2, cos_PI; simpl; f_equal; ring.
- intros r Hr IH; rewrite HN, sine_integral_pi_step, Rinv_mult, <- HN, <- IH by assumption.
  destruct r as [|r]; [lia|]; replace (S r + 2)%nat with (S (S (S r))) by lia.
  change (normaliser_value (S (S (S r)))) with (normaliser_value (S r) * (IZR (Z.of_nat (S r + 1)) / IZR (Z.of_nat (S r)))).
  rewrite <- !INR_IZR_INZ, plus_INR; simpl (INR 1).
  pose proof (lt_0_INR (S r) Hr); field; lra.
Qed.

Lemma floor_value_correct r theta t co si : (1 <= r)%nat -> theta = 2 * atan t -> cos theta = co -> sin theta = si ->
  floor_value r t co si = floor r theta.
Proof.
intros Hr Ht Hco Hsi; unfold floor_value; destruct (Nat.even r) eqn:E.
- apply Nat.even_spec in E; destruct E as [j ->]; rewrite Nat.div2_double.
  replace j with (j - 1 + 1)%nat by lia; now rewrite S12_floor_even, Hco, Hsi.
- assert (O : Nat.odd r = true) by (unfold Nat.odd; now rewrite E).
  apply Nat.odd_spec in O; destruct O as [j ->].
  rewrite S12_floor_odd, Hco, Hsi, Ht; now replace (Nat.div2 (2 * j + 1)) with j by (rewrite Nat.add_1_r, Nat.div2_succ_double; reflexivity).
Qed.

Lemma half_tangent t : 0 < t -> 0 < 2 * atan t < PI /\
  cos (2 * atan t) = (1 - t ^ 2) / (1 + t ^ 2) /\ sin (2 * atan t) = 2 * t / (1 + t ^ 2).
Proof.
intro Ht; split.
- pose proof (atan_increasing 0 t Ht) as A; rewrite atan_0 in A; pose proof (atan_bound t); lra.
- assert (H : 0 < 1 + t ^ 2) by nra.
  assert (Q : sqrt (1 + t²) * sqrt (1 + t²) = 1 + t ^ 2) by (rewrite sqrt_sqrt; unfold Rsqr; nra).
  assert (P : sqrt (1 + t²) <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; unfold Rsqr; nra).
  rewrite cos_2a, sin_2a, cos_atan, sin_atan, <- Q; set (q := sqrt (1 + t²)) in *; split; field; assumption.
Qed.

(* The certificate of one entry with 0 < theta = 2 atan t; co and si are cos theta and sin theta, as fractions. *)
Theorem certify_curve (n : nat) (co si : R) (pieces : list piece) (last : ending) (r m : nat) (lambda t eps value tolerance : R) :
  (1 <= r)%nat /\ (1 <= n)%nat /\ (r + m = 2 * n + 1)%nat -> 0 < lambda -> 0 < t ->
  (1 - t ^ 2) / (1 + t ^ 2) = co -> 2 * t / (1 + t ^ 2) = si ->
  pieces_fit m n lambda eps co 0 pieces last ->
  Rabs (floor_value r t co si + normaliser_value r * pieces_value r m n lambda eps co si 0 pieces - value)
    <= tolerance - normaliser_value r * pieces_slack co si 0 pieces last ->
  Rabs (delta r m lambda (2 * atan t) eps - value) <= tolerance.
Proof.
intros [Hr [Hn HN]] Hl Ht Hco Hsi Fit Near.
destruct (half_tangent t Ht) as [Hth [Eco Esi]]; rewrite Hco in Eco; rewrite Hsi in Esi.
rewrite (floor_value_correct r (2 * atan t)), normaliser_value_correct in Near by (assumption || reflexivity).
rewrite (S11_floor_part r m n) by assumption.
pose proof (pieces_sound r m n lambda eps co si (2 * atan t) Hr Hn HN Hl Hth Eco Esi last pieces 0 Fit) as B.
rewrite <- (place_angle _ co si Eco Esi), Rmult_plus_distr_l in *.
apply Rabs_le_between in Near; apply Rabs_le_between; cbv beta in *; lra.
Qed.

(* Encloses every integral, then decides the inequality. *)
Ltac enclose_integrals :=
  repeat match goal with
  | |- context [RInt ?f ?a ?b] =>
      let H := fresh "H" in let X := fresh "X" in
      integral_intro (RInt f a b) with (i_degree 8, i_fuel 1000, i_relwidth 36) as H;
      set (X := RInt f a b) in *; clearbody X
  end.

Ltac unfold_certificate :=
  cbv [pieces_fit pieces_value pieces_slack floor_value normaliser_value early_term sure_term shift_term tilted excess erlang root_power nested
       Nat.even Nat.div2 Nat.add Nat.sub Z.of_nat Pos.of_succ_nat Pos.succ Z.sub Z.opp Z.add Z.pos_sub Z.succ_double Z.pred_double Z.double
       Pos.pred_double fact Nat.mul Z.mul Pos.mul Pos.add Pos.add_carry].

Ltac certificate :=
  [> lia | lra | lra | field | field | unfold_certificate; repeat split; (lra || lia || interval with (i_prec 100))
   | unfold_certificate; enclose_integrals; interval with (i_prec 100) ].
