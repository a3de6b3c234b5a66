(* The regularised incomplete gamma functions of a whole number n >= 1 (S11 with even N, a = N/2 = n):

       lower_gamma n x = 1/(n-1)! int_0^x t^(n-1) e^(-t) dt      (P(n, x)),       upper_gamma n x = 1 - lower_gamma n x   (Q(n, x)),
       erlang n x      = sum_{j<n} x^j/j!,
       excess n g x    = sum_{j<n} x^j/j! (1 - g^(n-j)),         tilted n g x = e^(-x) excess n g x.

   Proved here: Q(n, x) = e^(-x) erlang n x (Erlang); 0 <= P, Q <= 1 for x >= 0; and, with h = g lambda, c = x (1/g - 1) and
   e^c g^n = e^eps h^(r-1), that the conditional values of S11 are in [0, 1] and, without subtraction of near numbers,

       Q(n, x) - e^c g^n Q(n, x/g) = tilted n g x,
       P(n, x) - e^c g^n P(n, x/g) = 1 - e^c g^n + e^c g^n tilted n (1/g) (x/g). *)
From Coq Require Import Reals ZArith Lia Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition lower_gamma (n : nat) (x : R) : R := RInt (fun t => t ^ (n - 1) * exp (- t)) 0 x / INR (fact (n - 1)).

Definition upper_gamma (n : nat) (x : R) : R := 1 - lower_gamma n x.

Fixpoint erlang (n : nat) (x : R) : R :=
  match n with
  | O => 0
  | S j => erlang j x + x ^ j / IZR (Z.of_nat (fact j))
  end.

(* By 1 - g^(n+1-j) = (1 - g) + g (1 - g^(n-j)). *)
Fixpoint excess (n : nat) (g x : R) : R :=
  match n with
  | O => 0
  | S k => (1 - g) * erlang (S k) x + g * excess k g x
  end.

Definition tilted (n : nat) (g x : R) : R := exp (- x) * excess n g x.

Lemma factorial_pos j : 0 < IZR (Z.of_nat (fact j)).
Proof. rewrite <- INR_IZR_INZ; apply lt_0_INR, lt_O_fact. Qed.

Lemma erlang_step k x : erlang (S k) x = erlang k x + x ^ k / IZR (Z.of_nat (fact k)).
Proof. reflexivity. Qed.

Lemma is_derive_erlang n x : is_derive (erlang n) x (erlang (n - 1) x).
Proof.
induction n as [|[|n] IH].
- apply @is_derive_const.
- simpl; auto_derive; [trivial|ring].
- apply is_derive_ext with (fun x => erlang (S n) x + x ^ S n / IZR (Z.of_nat (fact (S n)))); [reflexivity|].
  replace (S (S n) - 1)%nat with (S n) by lia.
  rewrite (erlang_step n); apply @is_derive_plus.
  + replace (S n - 1)%nat with n in IH by lia; exact IH.
  + assert (E : IZR (Z.of_nat (fact (S n))) = INR (S n) * IZR (Z.of_nat (fact n)))
      by (rewrite <- !INR_IZR_INZ, fact_simpl, mult_INR; reflexivity).
    rewrite E; pose proof (factorial_pos n) as F; set (f := IZR (Z.of_nat (fact n))) in *.
    assert (INR (S n) <> 0) by (apply not_0_INR; lia).
    set (k := INR (S n)) in *.
    evar_last; [auto_derive; [trivial|reflexivity]|].
    change (match n with 0%nat => 1 | S _ => INR n + 1 end) with k.
    simpl Nat.pred; field; lra.
Qed.

Lemma is_derive_erlang_tail n x : (1 <= n)%nat ->
  is_derive (fun x => exp (- x) * erlang n x) x (- (x ^ (n - 1) * exp (- x) / INR (fact (n - 1)))).
Proof.
intro Hn; destruct n as [|n]; [lia|].
replace (S n - 1)%nat with n by lia.
evar_last.
- apply @is_derive_mult; [|apply is_derive_erlang|intros; apply Rmult_comm].
  instantiate (1 := - exp (- x)); auto_derive; [trivial|ring].
- unfold plus, mult; simpl plus; simpl mult.
  replace (S n - 1)%nat with n by lia.
  rewrite erlang_step, <- INR_IZR_INZ; simpl; field; apply INR_fact_neq_0.
Qed.

Lemma erlang_at_0 n : (1 <= n)%nat -> erlang n 0 = 1.
Proof.
intro Hn; destruct n as [|n]; [lia|]; clear Hn; induction n as [|n IH]; [simpl; field|].
rewrite erlang_step, IH, pow_ne_zero by lia; field.
pose proof (factorial_pos (S n)); lra.
Qed.

Lemma continuous_gamma_density n t : continuous (fun t => t ^ (n - 1) * exp (- t)) t.
Proof. apply @ex_derive_continuous; auto_derive; trivial. Qed.

Lemma ex_RInt_gamma_density n a b : ex_RInt (fun t => t ^ (n - 1) * exp (- t)) a b.
Proof. apply @ex_RInt_continuous; intros; apply continuous_gamma_density. Qed.

(* Erlang's closed form. *)
Theorem S11_erlang (n : nat) (x : R) : (1 <= n)%nat -> upper_gamma n x = exp (- x) * erlang n x.
Proof.
intro Hn; unfold upper_gamma, lower_gamma.
assert (H : is_RInt (fun t => - (t ^ (n - 1) * exp (- t) / INR (fact (n - 1)))) 0 x
              (exp (- x) * erlang n x - exp (- 0) * erlang n 0)).
{ apply (is_RInt_derive (fun t => exp (- t) * erlang n t)).
  - intros t _; now apply is_derive_erlang_tail.
  - intros t _; apply @ex_derive_continuous; auto_derive; trivial. }
rewrite erlang_at_0, Ropp_0, exp_0 in H by assumption.
assert (K : is_RInt (fun t => - (t ^ (n - 1) * exp (- t) / INR (fact (n - 1)))) 0 x
              (- / INR (fact (n - 1)) * RInt (fun t => t ^ (n - 1) * exp (- t)) 0 x)).
{ apply is_RInt_ext with (fun t => scal (- / INR (fact (n - 1))) (t ^ (n - 1) * exp (- t))).
  - intros t _; unfold scal; simpl; unfold mult; simpl; field; apply INR_fact_neq_0.
  - apply @is_RInt_scal, @RInt_correct, ex_RInt_gamma_density. }
pose proof (eq_trans (eq_sym (is_RInt_unique _ _ _ _ H)) (is_RInt_unique _ _ _ _ K)) as E.
unfold Rdiv; lra.
Qed.

Lemma lower_gamma_closed n x : (1 <= n)%nat -> lower_gamma n x = 1 - exp (- x) * erlang n x.
Proof. intro Hn; rewrite <- S11_erlang by assumption; unfold upper_gamma; ring. Qed.

Lemma lower_gamma_nonneg n x : 0 <= x -> 0 <= lower_gamma n x.
Proof.
intro Hx; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat, INR_fact_lt_0].
apply RInt_ge_0; [assumption|apply ex_RInt_gamma_density|].
intros t Ht; apply Rmult_le_pos; [apply pow_le; lra|left; apply exp_pos].
Qed.

Lemma erlang_nonneg n x : 0 <= x -> 0 <= erlang n x.
Proof.
intro Hx; induction n as [|n IH]; [simpl; lra|rewrite erlang_step].
apply Rplus_le_le_0_compat; [assumption|].
apply Rmult_le_pos; [now apply pow_le|left; apply Rinv_0_lt_compat, factorial_pos].
Qed.

Lemma upper_gamma_bounds n x : (1 <= n)%nat -> 0 <= x -> 0 <= upper_gamma n x <= 1.
Proof.
intros Hn Hx; split.
- rewrite S11_erlang by assumption; apply Rmult_le_pos; [left; apply exp_pos|now apply erlang_nonneg].
- unfold upper_gamma; pose proof (lower_gamma_nonneg n x Hx); lra.
Qed.

Lemma lower_gamma_bounds n x : (1 <= n)%nat -> 0 <= x -> 0 <= lower_gamma n x <= 1.
Proof. intros Hn Hx; pose proof (upper_gamma_bounds n x Hn Hx); unfold upper_gamma in *; lra. Qed.

Lemma excess_closed n g x : g <> 0 -> excess n g x = erlang n x - g ^ n * erlang n (x / g).
Proof.
intro Hg; induction n as [|n IH]; [simpl; ring|].
change (excess (S n) g x) with ((1 - g) * erlang (S n) x + g * excess n g x).
rewrite IH, !erlang_step.
replace ((x / g) ^ n) with (x ^ n / g ^ n) by (unfold Rdiv; rewrite Rpow_mult_distr, pow_inv; reflexivity).
pose proof (factorial_pos n); pose proof (pow_nonzero g n Hg).
simpl pow; field; repeat split; lra || assumption.
Qed.

Lemma excess_bounds n g x : 0 < g <= 1 -> 0 <= x -> 0 <= excess n g x <= erlang n x.
Proof.
intros Hg Hx; induction n as [|n IH]; [simpl; lra|].
change (excess (S n) g x) with ((1 - g) * erlang (S n) x + g * excess n g x).
pose proof (erlang_nonneg n x Hx); pose proof (erlang_nonneg (S n) x Hx).
assert (erlang n x <= erlang (S n) x).
{ rewrite erlang_step; apply Rle_trans with (erlang n x + 0); [lra|apply Rplus_le_compat_l].
  apply Rmult_le_pos; [now apply pow_le|left; apply Rinv_0_lt_compat, factorial_pos]. }
split; nra.
Qed.

Lemma tilted_bounds n g x : (1 <= n)%nat -> 0 < g <= 1 -> 0 <= x -> 0 <= tilted n g x <= 1.
Proof.
intros Hn Hg Hx; unfold tilted; pose proof (excess_bounds n g x Hg Hx); pose proof (exp_pos (- x)).
pose proof (upper_gamma_bounds n x Hn Hx) as B; rewrite S11_erlang in B by assumption.
split; [apply Rmult_le_pos; lra|].
apply Rle_trans with (exp (- x) * erlang n x); [apply Rmult_le_compat_l; lra|lra].
Qed.

(* The two values of S11 at h = g lambda, with c = x (1/g - 1). *)
Lemma upper_difference n g x : (1 <= n)%nat -> 0 < g ->
  upper_gamma n x - exp (x * (/ g - 1)) * g ^ n * upper_gamma n (x / g) = tilted n g x.
Proof.
intros Hn Hg; rewrite !S11_erlang by assumption; unfold tilted; rewrite excess_closed by lra.
replace (exp (x * (/ g - 1)) * g ^ n * (exp (- (x / g)) * erlang n (x / g)))
  with ((exp (x * (/ g - 1)) * exp (- (x / g))) * (g ^ n * erlang n (x / g))) by ring.
rewrite <- exp_plus; replace (x * (/ g - 1) + - (x / g)) with (- x) by (field; lra); ring.
Qed.

Lemma lower_difference n g x : (1 <= n)%nat -> 0 < g ->
  lower_gamma n x - exp (x * (/ g - 1)) * g ^ n * lower_gamma n (x / g) =
  1 - exp (x * (/ g - 1)) * g ^ n + exp (x * (/ g - 1)) * g ^ n * tilted n (/ g) (x / g).
Proof.
intros Hn Hg.
pose proof (upper_difference n (/ g) (x / g) Hn (Rinv_0_lt_compat _ Hg)) as E.
replace (x / g * (/ / g - 1)) with (- (x * (/ g - 1))) in E by (field; lra).
replace (x / g / / g) with x in E by (field; lra).
rewrite <- E, exp_Ropp, pow_inv; unfold upper_gamma.
pose proof (exp_pos (x * (/ g - 1))); pose proof (pow_lt g n Hg); field; lra.
Qed.

(* For g >= 1, e^(-x(1-1/g)) g^n P(n, x/g) <= P(n, x), because the substitution t = u/g gives the integrand e^(-x(1-1/g)) u^(n-1) e^(-u/g). *)
Lemma lower_difference_nonneg n g x : (1 <= n)%nat -> 1 <= g -> 0 <= x ->
  0 <= lower_gamma n x - exp (x * (/ g - 1)) * g ^ n * lower_gamma n (x / g).
Proof.
intros Hn Hg Hx; unfold lower_gamma.
assert (HF : 0 < INR (fact (n - 1))) by apply INR_fact_lt_0.
assert (E : g ^ n * RInt (fun t => t ^ (n - 1) * exp (- t)) 0 (x / g)
            = RInt (fun u => u ^ (n - 1) * exp (- (u / g))) 0 x).
{ pose proof (RInt_comp_lin (fun t => t ^ (n - 1) * exp (- t)) (/ g) 0 0 x) as L.
  rewrite Rmult_0_r, Rplus_0_r in L; replace (/ g * x + 0) with (x / g) in L by (unfold Rdiv; ring).
  rewrite <- L by apply ex_RInt_gamma_density; clear L.
  rewrite <- (RInt_scal (V := R_CompleteNormedModule)).
  2: { apply @ex_RInt_continuous; intros; apply @ex_derive_continuous; unfold scal; simpl; unfold mult; simpl; auto_derive; trivial. }
  apply RInt_ext; intros u _; unfold scal; simpl; unfold mult; simpl.
  rewrite Rplus_0_r, Rpow_mult_distr, pow_inv.
  replace (g ^ n) with (g * g ^ (n - 1)) by (destruct n; [lia|simpl; now rewrite Nat.sub_0_r]).
  replace (/ g * u) with (u / g) by (unfold Rdiv; ring).
  pose proof (pow_lt g (n - 1) ltac:(lra)); field; lra. }
replace (RInt (fun t => t ^ (n - 1) * exp (- t)) 0 x / INR (fact (n - 1)) -
  exp (x * (/ g - 1)) * g ^ n * (RInt (fun t => t ^ (n - 1) * exp (- t)) 0 (x / g) / INR (fact (n - 1))))
  with ((RInt (fun t => t ^ (n - 1) * exp (- t)) 0 x - exp (x * (/ g - 1)) *
         (g ^ n * RInt (fun t => t ^ (n - 1) * exp (- t)) 0 (x / g))) / INR (fact (n - 1))) by (field; lra).
rewrite E; apply Rmult_le_pos; [|left; now apply Rinv_0_lt_compat].
assert (X : ex_RInt (fun u => u ^ (n - 1) * exp (- (u / g))) 0 x)
  by (apply @ex_RInt_continuous; intros; apply @ex_derive_continuous; auto_derive; lra).
rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by exact X.
apply (proj1 (Rminus_le_0 _ _)), RInt_le; [assumption|now apply @ex_RInt_scal|apply ex_RInt_gamma_density|].
intros u Hu; unfold scal; simpl; unfold mult; simpl.
replace (exp (x * (/ g - 1)) * (u ^ (n - 1) * exp (- (u / g))))
  with (u ^ (n - 1) * (exp (x * (/ g - 1)) * exp (- (u / g)))) by ring.
apply Rmult_le_compat_l; [apply pow_le; lra|].
rewrite <- exp_plus.
assert (I : / g <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
assert (K : x * (/ g - 1) + - (u / g) <= - u) by (unfold Rdiv; nra).
destruct K as [K|K]; [left; now apply exp_increasing|rewrite K; lra].
Qed.

Lemma lower_difference_bounds n g x : (1 <= n)%nat -> 1 <= g -> 0 <= x ->
  0 <= lower_gamma n x - exp (x * (/ g - 1)) * g ^ n * lower_gamma n (x / g) <= 1.
Proof.
intros Hn Hg Hx; split; [now apply lower_difference_nonneg|].
assert (0 <= x / g) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; lra]).
pose proof (lower_gamma_bounds n x Hn Hx); pose proof (lower_gamma_bounds n (x / g) Hn ltac:(assumption)).
pose proof (exp_pos (x * (/ g - 1))); pose proof (pow_lt g n ltac:(lra)).
assert (0 <= exp (x * (/ g - 1)) * g ^ n * lower_gamma n (x / g)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
lra.
Qed.

Lemma continuous_erlang n x : continuous (erlang n) x.
Proof. apply @ex_derive_continuous; eexists; apply is_derive_erlang. Qed.

Lemma continuous_excess n (g x : R -> R) t : continuous g t -> continuous x t ->
  continuous (fun t => excess n (g t) (x t)) t.
Proof.
intros Hg Hx; induction n as [|n IH]; [apply continuous_const|].
apply (continuous_plus (fun t => (1 - g t) * erlang (S n) (x t)) (fun t => g t * excess n (g t) (x t))).
- apply (continuous_mult (fun t => 1 - g t) (fun t => erlang (S n) (x t))).
  + apply (continuous_minus (fun _ => 1) g); [apply continuous_const|assumption].
  + apply (continuous_comp x (erlang (S n))); [assumption|apply continuous_erlang].
- now apply (continuous_mult g (fun t => excess n (g t) (x t))).
Qed.

Lemma continuous_tilted n (g x : R -> R) t : continuous g t -> continuous x t ->
  continuous (fun t => tilted n (g t) (x t)) t.
Proof.
intros Hg Hx; apply (continuous_mult (fun t => exp (- x t)) (fun t => excess n (g t) (x t))).
- apply (continuous_comp x (fun y => exp (- y))); [assumption|apply @ex_derive_continuous; auto_derive; trivial].
- now apply continuous_excess.
Qed.
