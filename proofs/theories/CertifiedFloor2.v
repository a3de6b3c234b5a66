(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 2: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_2_tau_0_001 : 2.499e-7 < worst_floor 2 0.001 <= 2.500e-7.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_0_01 : 2.499e-5 < worst_floor 2 0.01 <= 2.500e-5.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_0_05 : 0.0006249 < worst_floor 2 0.05 <= 0.0006250.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_0_1 : 0.002499 < worst_floor 2 0.1 <= 0.002500.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_0_2 : 0.00999 < worst_floor 2 0.2 <= 0.01000.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_0_5 : 0.06249 < worst_floor 2 0.5 <= 0.06250.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.

Theorem S12_floor_2_tau_1 : 0.2499 < worst_floor 2 1 <= 0.2500.
Proof. apply (certify_exact_even 0); [lra|bound_exactly]. Qed.
