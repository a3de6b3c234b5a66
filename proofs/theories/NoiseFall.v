(* S4, second half: both noises are nonnegative and strictly decreasing in r, with the exact exceptions.

     entry_variance kappa q i r = (|q|^2 + (kappa - 2) q_i^2)/r
     total_noise kappa q r      = (m + kappa - 2) |q|^2 / r        (q in R^m, q <> 0, kappa >= 1)

   For 0 < r < r' each is strictly smaller at r' than at r, except that
     the entry variance is 0 for every r iff kappa = 1 and q_j = 0 for every j <> i;
     the total noise is 0 for every r iff kappa = 1 and m = 1.
   For kappa >= 2, in particular for Gaussian entries, there is no exception. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import matrix ring lra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
From LoraPrivacy Require Import Independence Moments GradientLaw.

Section noise.
Variables (R : realType) (m : nat) (kappa : R) (q : 'cV[R]_m).
Hypotheses (kappa_ge1 : 1 <= kappa) (q_neq0 : q != 0).

Definition entry_variance (i : 'I_m) (r : nat) : R :=
  (norm2 q + (kappa - 2) * q i ord0 ^+ 2) / r%:R.

Definition total_noise (r : nat) : R := (m%:R + kappa - 2) * norm2 q / r%:R.

(* The only cases without noise. *)
Definition no_entry_noise (i : 'I_m) : Prop :=
  kappa = 1 /\ forall j, j != i -> q j ord0 = 0.

Definition no_total_noise : Prop := kappa = 1 /\ m = 1%N.

Let rest i := \sum_(j | j != i) q j ord0 ^+ 2.

Let norm2E i : norm2 q = q i ord0 ^+ 2 + rest i.
Proof. by rewrite /norm2 (bigD1 i). Qed.

Let rest_ge0 i : 0 <= rest i.
Proof. by apply: sumr_ge0 => j _; exact: sqr_ge0. Qed.

Let q_nonzero : exists j, q j ord0 != 0.
Proof.
apply/existsP; apply: contraNT q_neq0; rewrite negb_exists => /forallP q0.
apply/eqP/matrixP => j k; rewrite !mxE (ord1 k); apply/eqP.
by rewrite -[_ == _]negbK; exact: q0.
Qed.

Let norm2_gt0 : 0 < norm2 q.
Proof.
have [j qj] := q_nonzero; rewrite (norm2E j).
by rewrite ltr_pwDl// lt_neqAle eq_sym sqrf_eq0 qj sqr_ge0.
Qed.

Let m_gt0 : (0 < m)%N.
Proof. by have [j _] := q_nonzero; exact: leq_ltn_trans (ltn_ord j). Qed.

Let entry_numerator i := norm2 q + (kappa - 2) * q i ord0 ^+ 2.

Let entry_numeratorE i : entry_numerator i = rest i + (kappa - 1) * q i ord0 ^+ 2.
Proof. by rewrite /entry_numerator (norm2E i); ring. Qed.

Let entry_numerator_ge0 i : 0 <= entry_numerator i.
Proof. by rewrite entry_numeratorE addr_ge0// mulr_ge0 ?sqr_ge0// subr_ge0. Qed.

Let entry_numerator_eq0 i : entry_numerator i = 0 <-> no_entry_noise i.
Proof.
rewrite entry_numeratorE; split=> [/eqP|[-> q0]]; last first.
  by rewrite subrr mul0r addr0 /rest big1// => j ji; rewrite q0// expr0n.
have k1 : 0 <= (kappa - 1) * q i ord0 ^+ 2 by rewrite mulr_ge0 ?sqr_ge0// subr_ge0.
rewrite paddr_eq0// => /andP[/eqP r0 k0].
have q0 j : j != i -> q j ord0 = 0.
  move=> ji; apply/eqP; rewrite -sqrf_eq0; apply/eqP; move: r0.
  by move/psumr_eq0P; apply => // l _; exact: sqr_ge0.
split=> //; move: k0; rewrite mulf_eq0 subr_eq0 => /orP[/eqP//|].
rewrite sqrf_eq0 => /eqP qi0; have [j] := q_nonzero.
by have [->|ji] := eqVneq j i; rewrite ?qi0 ?(q0 j)// eqxx.
Qed.

Let total_numerator_ge0 : 0 <= (m%:R + kappa - 2) * norm2 q.
Proof.
rewrite mulr_ge0 ?(ltW norm2_gt0)//.
have : 1 <= m%:R :> R by rewrite ler1n.
by move: kappa_ge1; move: (m%:R : R) => M; lra.
Qed.

Let total_numerator_eq0 : (m%:R + kappa - 2) * norm2 q = 0 <-> no_total_noise.
Proof.
split=> [/eqP|[-> m1E]]; last first.
  have -> : m%:R = 1 :> R by rewrite m1E.
  by ring.
rewrite mulf_eq0 (gt_eqF norm2_gt0) orbF => /eqP E.
have m1 : 1 <= m%:R :> R by rewrite ler1n.
have [k1 mE] : kappa = 1 /\ m%:R = 1 :> R.
  by move: kappa_ge1 m1 E; move: (m%:R : R) => M k1 m1 E; split; lra.
by split=> //; apply/eqP; rewrite -(eqr_nat R) mE.
Qed.

(* c/r vanishes iff c does, and falls strictly in r iff c <> 0. *)
Let over_eq0 (c : R) (r : nat) : (0 < r)%N -> c / r%:R = 0 <-> c = 0.
Proof.
move=> r0; have rn : r%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
by split=> [/eqP|->]; rewrite ?mul0r// mulf_eq0 invr_eq0 (negbTE rn) orbF => /eqP.
Qed.

Let over_falls (c : R) (r r' : nat) : 0 <= c -> (0 < r)%N -> (r < r')%N ->
  c / r'%:R < c / r%:R <-> c <> 0.
Proof.
move=> c0 r0 rr; have rp : 0 < r%:R :> R by rewrite ltr0n.
have r'p : 0 < r'%:R :> R by rewrite ltr0n (ltn_trans r0).
have lti : r'%:R^-1 < r%:R^-1 :> R by rewrite ltf_pV2 ?posrE// ltr_nat.
split=> [+ cE|/eqP c_neq0]; first by rewrite cE !mul0r ltxx.
by rewrite ltr_pM2l// lt_neqAle eq_sym c_neq0.
Qed.

Theorem S4_entry_variance_ge0 i r : 0 <= entry_variance i r.
Proof. exact: divr_ge0 (entry_numerator_ge0 i) (ler0n _ _). Qed.

Theorem S4_entry_variance_eq0 i r : (0 < r)%N ->
  entry_variance i r = 0 <-> no_entry_noise i.
Proof. by move=> r0; apply: (iff_trans (over_eq0 _ r0)); exact: entry_numerator_eq0. Qed.

Theorem S4_entry_variance_falls i r r' : (0 < r)%N -> (r < r')%N ->
  entry_variance i r' < entry_variance i r <-> ~ no_entry_noise i.
Proof.
move=> r0 rr; apply: (iff_trans (over_falls (entry_numerator_ge0 i) r0 rr)).
by split=> H /(entry_numerator_eq0 i).
Qed.

Theorem S4_total_noise_ge0 r : 0 <= total_noise r.
Proof. exact: divr_ge0 total_numerator_ge0 (ler0n _ _). Qed.

Theorem S4_total_noise_eq0 r : (0 < r)%N -> total_noise r = 0 <-> no_total_noise.
Proof. by move=> r0; apply: (iff_trans (over_eq0 _ r0)); exact: total_numerator_eq0. Qed.

Theorem S4_total_noise_falls r r' : (0 < r)%N -> (r < r')%N ->
  total_noise r' < total_noise r <-> ~ no_total_noise.
Proof.
move=> r0 rr; apply: (iff_trans (over_falls total_numerator_ge0 r0 rr)).
by split=> H /total_numerator_eq0.
Qed.

(* The signal-to-noise ratio |q|^2 / E|y - q|^2 is r/(m + kappa - 2) where there is noise. *)
Theorem S4_signal_to_noise r : (0 < r)%N -> ~ no_total_noise ->
  norm2 q / total_noise r = r%:R / (m%:R + kappa - 2).
Proof.
move=> r0 noise; have rn : r%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have q2 : norm2 q != 0 by rewrite gt_eqF.
have mk : m%:R + kappa - 2 != 0.
  by apply/eqP => E; apply: noise; apply/total_numerator_eq0; rewrite E mul0r.
rewrite /total_noise; move: (m%:R + kappa - 2) mk => c c0.
by field; rewrite ?rn ?q2 ?c0.
Qed.

End noise.

(* The bound on the kurtosis, and what equality means. *)
Section kurtosis.
Context (R : realType) d (T : measurableType d) (P : probability T R).
Variables (r m : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}) (kappa : R).
Hypotheses (r_gt0 : (0 < r)%N) (HA : entries_law A r%:R^-1 kappa).

Theorem S4_kurtosis_ge1 (k : 'I_r) (i : 'I_m) : 1 <= kappa.
Proof.
by apply: (kurtosis_ge1 HA (k, i)); rewrite invr_eq0 pnatr_eq0 -lt0n.
Qed.

Theorem S4_kurtosis_one (k : 'I_r) (i : 'I_m) : kappa = 1 ->
  {ae P, forall w, A k i w = Num.sqrt r%:R^-1 \/ A k i w = - Num.sqrt r%:R^-1}.
Proof.
move=> k1; have := kurtosis1_two_points HA (k, i) k1; apply: filterS => w /= aw.
have : A k i w ^+ 2 = Num.sqrt r%:R^-1 ^+ 2 by rewrite sqr_sqrtr ?invr_ge0 ?ler0n.
by move/eqP; rewrite eqf_sqr => /orP[/eqP ->|/eqP ->]; [left|right].
Qed.

End kurtosis.

(* The same for the probabilities: two ranks, on any two spaces, same kurtosis. *)
Section two_ranks.
Context (R : realType) d (T : measurableType d) (P : probability T R).
Context d' (T' : measurableType d') (P' : probability T' R).
Variables (m r r' : nat) (A : 'I_r -> 'I_m -> {RV P >-> R}).
Variables (A' : 'I_r' -> 'I_m -> {RV P' >-> R}) (kappa : R) (q : 'cV[R]_m).
Hypotheses (HA : entries_law A r%:R^-1 kappa) (HA' : entries_law A' r'%:R^-1 kappa).
Hypotheses (r_gt0 : (0 < r)%N) (rr' : (r < r')%N) (q_neq0 : q != 0).

Let r'_gt0 : (0 < r')%N. Proof. exact: ltn_trans rr'. Qed.

Let kappa_ge1 : 1 <= kappa.
Proof.
have [j _] : exists j, q j ord0 != 0.
  apply/existsP; apply: contraNT q_neq0; rewrite negb_exists => /forallP q0.
  apply/eqP/matrixP => j k; rewrite !mxE (ord1 k); apply/eqP.
  by rewrite -[_ == _]negbK; exact: q0.
apply: (kurtosis_ge1 HA (Ordinal r_gt0, j)).
by rewrite invr_eq0 pnatr_eq0 -lt0n.
Qed.

Theorem S4_entry_variance_falls_with_rank i :
  ('V_P'[(fun w => sketch_vector A' q w i ord0)] <
   'V_P[(fun w => sketch_vector A q w i ord0)])%E <-> ~ no_entry_noise kappa q i.
Proof.
rewrite (S4_entry_variance HA r_gt0 erefl) (S4_entry_variance HA' r'_gt0 erefl) lte_fin.
exact: S4_entry_variance_falls.
Qed.

Theorem S4_total_noise_falls_with_rank :
  ('E_P'[(fun w => \sum_i (sketch_vector A' q w i ord0 - q i ord0) ^+ 2)%R] <
   'E_P[(fun w => \sum_i (sketch_vector A q w i ord0 - q i ord0) ^+ 2)%R])%E
  <-> ~ no_total_noise m kappa.
Proof.
rewrite (S4_total_noise HA r_gt0 erefl) (S4_total_noise HA' r'_gt0 erefl) lte_fin.
exact: S4_total_noise_falls.
Qed.

End two_ranks.
