(* S24, item 3: the moment of the privacy loss for one eigenvalue mu, L = -(r/2) ln mu + (mu-1)/2 X, X a sum of r
   independent squares of standard normals. With w = z (mu - 1) < 1,

       squared_moment w b = int_{-b}^{b} e^(w x^2/2) phi(x) dx  ->  1/sqrt(1-w)   as b -> oo       (phi integrates to 1),
       e^(log_moment r mu z) = mu^(-r z/2) (1/sqrt(1 - z (mu-1)))^r,

   the second being E e^(zL), a product over the r independent squares, with log_moment as in FactorRenyi. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From LoraPrivacy Require Import FactorRenyi.
Open Scope R_scope.

Definition phi (x : R) : R := exp (- (x ^ 2 / 2)) / sqrt (2 * PI).

Definition squared_moment (w b : R) : R := RInt (fun x => exp (w * x ^ 2 / 2) * phi x) (- b) b.

Lemma continuous_phi x : continuous phi x.
Proof. apply @ex_derive_continuous; unfold phi; auto_derive; trivial. Qed.

(* The linear substitution t = sqrt(1-w) x. *)
Lemma squared_moment_substitution w b : w < 1 ->
  squared_moment w b = / sqrt (1 - w) * RInt phi (- (sqrt (1 - w) * b)) (sqrt (1 - w) * b).
Proof.
intro H; set (s := sqrt (1 - w)).
assert (Hs : 0 < s) by (apply sqrt_lt_R0; lra).
assert (E : s * s = 1 - w) by (apply sqrt_sqrt; lra).
pose proof (RInt_comp_lin phi s 0 (- b) b) as L.
replace (s * - b + 0) with (- (s * b)) in L by ring; replace (s * b + 0) with (s * b) in L by ring.
rewrite <- L by (apply @ex_RInt_continuous; intros; apply continuous_phi).
unfold squared_moment.
rewrite (RInt_scal (V := R_CompleteNormedModule)).
2: { apply @ex_RInt_continuous; intros x _; apply (continuous_comp (fun y => s * y + 0) phi);
     [apply @ex_derive_continuous; auto_derive; trivial|apply continuous_phi]. }
unfold scal; simpl; unfold mult; simpl.
rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra.
apply RInt_ext; intros x _; unfold phi, Rdiv; rewrite <- Rmult_assoc, <- exp_plus; do 2 f_equal.
replace ((s * x + 0) ^ 2) with (s * s * x ^ 2) by ring; rewrite E; field.
Qed.

Theorem S24_squared_moment (w : R) : w < 1 ->
  is_lim (fun b => RInt phi (- b) b) p_infty 1 ->
  is_lim (squared_moment w) p_infty (/ sqrt (1 - w)).
Proof.
intros H N; assert (Hs : 0 < sqrt (1 - w)) by (apply sqrt_lt_R0; lra).
apply (is_lim_ext (fun b => / sqrt (1 - w) * RInt phi (- (sqrt (1 - w) * b)) (sqrt (1 - w) * b))).
{ intro b; symmetry; now apply squared_moment_substitution. }
replace (Finite (/ sqrt (1 - w))) with (Rbar_mult (/ sqrt (1 - w)) 1) by (simpl; f_equal; ring).
apply (is_lim_scal_l (fun b => RInt phi (- (sqrt (1 - w) * b)) (sqrt (1 - w) * b)) (/ sqrt (1 - w)) p_infty 1).
apply (is_lim_comp (fun b => RInt phi (- b) b) (fun b => sqrt (1 - w) * b) p_infty 1 p_infty); [exact N| |].
- replace p_infty with (Rbar_mult (sqrt (1 - w)) p_infty) at 2.
  + apply is_lim_scal_l, is_lim_id.
  + simpl; destruct (Rle_dec 0 (sqrt (1 - w))) as [A|A]; [|lra].
    destruct (Rle_lt_or_eq_dec 0 (sqrt (1 - w)) A); [reflexivity|lra].
- exists 0; intros; discriminate.
Qed.

Theorem S24_moment (r : nat) (mu z : R) : 0 < mu -> z * (mu - 1) < 1 ->
  exp (log_moment (INR r) mu z) = Rpower mu (- (INR r * z / 2)) * (/ sqrt (1 - z * (mu - 1))) ^ r.
Proof.
intros Hm H; unfold log_moment, Rpower, Rminus at 1; rewrite exp_plus; f_equal.
assert (A : 0 < 1 - z * (mu - 1)) by lra.
rewrite <- Rpower_pow by (apply Rinv_0_lt_compat, sqrt_lt_R0; assumption).
unfold Rpower; f_equal.
rewrite ln_Rinv by (apply sqrt_lt_R0; assumption).
rewrite <- Rpower_sqrt by assumption; unfold Rpower; rewrite ln_exp; field.
Qed.
