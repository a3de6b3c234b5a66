(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 4: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_4_tau_0_001 : 1.874e-13 < worst_floor 4 0.001 <= 1.875e-13.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_0_01 : 1.874e-9 < worst_floor 4 0.01 <= 1.875e-9.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_0_05 : 1.171e-6 < worst_floor 4 0.05 <= 1.172e-6.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_0_1 : 1.871e-5 < worst_floor 4 0.1 <= 1.872e-5.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_0_2 : 0.0002979 < worst_floor 4 0.2 <= 0.0002980.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_0_5 : 0.01123 < worst_floor 4 0.5 <= 0.01124.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.

Theorem S12_floor_4_tau_1 : 0.1562 < worst_floor 4 1 <= 0.1563.
Proof. apply (certify_exact_even 1); [lra|bound_exactly]. Qed.
