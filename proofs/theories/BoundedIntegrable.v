(* A bounded function on an interval that is continuous except at finitely many points is Riemann integrable:

       |f| <= M on (a, b),   f continuous at every point of (a, b) outside a finite list   =>   ex_RInt f a b.

   Neither Coq's Reals nor Coquelicot has this. It is what makes the integral of S11 exist: its integrand has kinks at h = 0, h = lambda
   and c = 0, and no care is needed about its limits there. *)
From Coq Require Import Reals Lra List.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(* The step function that is M up to p and 0 beyond. *)
Definition first_step (M p t : R) : R := if Rle_dec t p then M else 0.

Lemma first_step_couple M a p b : a < p -> p < b ->
  adapted_couple (first_step M p) a b (a :: p :: b :: nil) (M :: 0 :: nil).
Proof.
intros Ha Hb; repeat split; simpl.
- intros [|[|i]] Hi; simpl in *; lra || (exfalso; apply (Nat.nlt_0_r i); do 2 apply Nat.succ_lt_mono; exact Hi).
- unfold Rmin; destruct (Rle_dec a b); lra.
- unfold Rmax; destruct (Rle_dec a b); lra.
- intros [|[|i]] Hi x Hx; unfold open_interval, first_step in *; simpl in *.
  + destruct (Rle_dec x p); lra.
  + destruct (Rle_dec x p); lra.
  + exfalso; apply (Nat.nlt_0_r i); do 2 apply Nat.succ_lt_mono; exact Hi.
Qed.

Definition first_step_fun M a p b (Ha : a < p) (Hb : p < b) : StepFun a b :=
  mkStepFun (existT _ (a :: p :: b :: nil) (existT _ (M :: 0 :: nil) (first_step_couple M a p b Ha Hb))
             : IsStepFun (first_step M p) a b).

Lemma first_step_integral M a p b Ha Hb : RiemannInt_SF (first_step_fun M a p b Ha Hb) = M * (p - a).
Proof.
unfold RiemannInt_SF; destruct (Rle_dec a b) as [H|H]; [|lra].
unfold subdivision, subdivision_val; simpl; ring.
Qed.

(* Integrable up to every point right of a, and bounded: integrable from a. *)
Lemma ex_RInt_from_right f M a b : a < b -> (forall t, a <= t <= b -> Rabs (f t) <= M) ->
  (forall p, a < p < b -> ex_RInt f p b) -> ex_RInt f a b.
Proof.
intros Hab HM Hp; apply ex_RInt_Reals_1; intro eps.
assert (HM0 : 0 <= M) by (eapply Rle_trans; [apply Rabs_pos|apply (HM a); lra]).
set (eta := Rmin ((b - a) / 2) (eps / (2 * (M + 1)))).
assert (Heta : 0 < eta).
{ apply Rmin_pos; [lra|apply Rdiv_lt_0_compat; [apply cond_pos|lra]]. }
assert (Heta1 : eta <= (b - a) / 2) by apply Rmin_l.
assert (Heta2 : M * eta <= eps / 2).
{ apply Rle_trans with ((M + 1) * (eps / (2 * (M + 1)))).
  - apply Rmult_le_compat; [lra|lra|lra|apply Rmin_r].
  - right; field; lra. }
set (p := a + eta).
assert (Ha : a < p) by (unfold p; lra).
assert (Hb : p < b) by (unfold p; lra).
set (g := fun t => if Rle_dec t p then 0 else f t).
assert (Hg : ex_RInt g a b).
{ apply ex_RInt_Chasles with p.
  - apply ex_RInt_ext with (fun _ => 0); [|apply ex_RInt_const].
    intros t; rewrite Rmin_left, Rmax_right by lra; intro Ht; unfold g; destruct (Rle_dec t p); [reflexivity|lra].
  - apply ex_RInt_ext with f; [|apply Hp; lra].
    intros t; rewrite Rmin_left, Rmax_right by lra; intro Ht; unfold g; destruct (Rle_dec t p); [lra|reflexivity]. }
apply ex_RInt_Reals_0 in Hg.
destruct (Hg (mkposreal (eps / 2) ltac:(pose proof (cond_pos eps); lra))) as [phi [psi [H1 H2]]].
exists phi.
exists (mkStepFun (StepFun_P28 1 psi (first_step_fun M a p b Ha Hb))).
split.
- intros t Ht; simpl.
  replace (f t - phi t) with ((g t - phi t) + (f t - g t)) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  rewrite Rmult_1_l; apply Rplus_le_compat; [now apply H1|].
  rewrite Rmin_left, Rmax_right in Ht by lra.
  unfold g; change (Rabs (f t - (if Rle_dec t p then 0 else f t)) <= (if Rle_dec t p then M else 0)).
  destruct (Rle_dec t p).
  + rewrite Rminus_0_r; now apply HM.
  + rewrite Rminus_diag, Rabs_R0; lra.
- rewrite StepFun_P30, first_step_integral.
  eapply Rle_lt_trans; [apply Rabs_triang|].
  cbn [pos] in H2; rewrite Rmult_1_l, (Rabs_right (M * (p - a))).
  + replace (p - a) with eta by (unfold p; ring); lra.
  + apply Rle_ge, Rmult_le_pos; unfold p; lra.
Qed.

Lemma ex_RInt_from_left f M a b : a < b -> (forall t, a <= t <= b -> Rabs (f t) <= M) ->
  (forall p, a < p < b -> ex_RInt f a p) -> ex_RInt f a b.
Proof.
intros Hab HM Hp.
assert (E : ex_RInt (fun t => f (- t)) (- b) (- a)).
{ apply ex_RInt_from_right with M; [lra|intros t Ht; apply HM; lra|].
  intros p Hq.
  apply (ex_RInt_ext (fun t => opp (opp (f (- t))))); [intros t _; apply opp_opp|].
  apply @ex_RInt_opp, (ex_RInt_comp_opp f).
  rewrite Ropp_involutive; apply @ex_RInt_swap, Hp; lra. }
apply (ex_RInt_ext (fun t => opp (opp (f (- - t))))); [intros t _; rewrite opp_opp; f_equal; apply Ropp_involutive|].
apply @ex_RInt_opp, (ex_RInt_comp_opp (fun t => f (- t))); now apply ex_RInt_swap.
Qed.

Lemma ex_RInt_inside f M a b : a < b -> (forall t, a < t < b -> Rabs (f t) <= M) ->
  (forall p q, a < p -> p < q -> q < b -> ex_RInt f p q) -> ex_RInt f a b.
Proof.
intros Hab HM Hpq.
set (g := fun t => if Rlt_dec a t then (if Rlt_dec t b then f t else 0) else 0).
assert (E : forall t, a < t < b -> g t = f t).
{ intros t Ht; unfold g; destruct (Rlt_dec a t); [destruct (Rlt_dec t b); [reflexivity|lra]|lra]. }
assert (HM0 : 0 <= M) by (eapply Rle_trans; [apply Rabs_pos|apply (HM ((a + b) / 2)); lra]).
assert (B : forall t, Rabs (g t) <= M).
{ intro t; unfold g; destruct (Rlt_dec a t); [destruct (Rlt_dec t b)|]; [now apply HM| |]; rewrite Rabs_R0; lra. }
apply ex_RInt_ext with g; [intros t; rewrite Rmin_left, Rmax_right by lra; apply E|].
apply ex_RInt_from_left with M; [assumption|intros; apply B|].
intros q Hq; apply ex_RInt_from_right with M; [lra|intros; apply B|].
intros p Hp; apply ex_RInt_ext with f; [|apply Hpq; lra].
intros t; rewrite Rmin_left, Rmax_right by lra; intro Ht; symmetry; apply E; lra.
Qed.

Theorem ex_RInt_finitely_many_kinks (kinks : list R) : forall f M a b, a < b ->
  (forall t, a < t < b -> Rabs (f t) <= M) ->
  (forall t, a < t < b -> ~ In t kinks -> continuous f t) -> ex_RInt f a b.
Proof.
induction kinks as [|p kinks IH]; intros f M a b Hab HM HC.
- apply ex_RInt_inside with M; [assumption|assumption|].
  intros p q Hp Hpq Hq; apply @ex_RInt_continuous.
  intros t; rewrite Rmin_left, Rmax_right by lra; intro Ht; apply HC; [lra|intros []].
- destruct (Rlt_dec a p) as [Ha|Ha]; [destruct (Rlt_dec p b) as [Hb|Hb]|].
  + apply ex_RInt_Chasles with p; apply IH with M; try assumption; intros t Ht; try (apply HM; lra);
      intro N; apply HC; try lra; intros [->|I]; try lra; now apply N.
  + apply IH with M; try assumption; intros t Ht N; apply HC; [assumption|intros [->|I]; [lra|now apply N]].
  + apply IH with M; try assumption; intros t Ht N; apply HC; [assumption|intros [->|I]; [lra|now apply N]].
Qed.
