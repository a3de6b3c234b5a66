(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 8: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_8_tau_0_001 : 1.367e-25 < worst_floor 8 0.001 <= 1.368e-25.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_0_01 : 1.367e-17 < worst_floor 8 0.01 <= 1.368e-17.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_0_05 : 5.332e-12 < worst_floor 8 0.05 <= 5.333e-12.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_0_1 : 1.359e-9 < worst_floor 8 0.1 <= 1.360e-9.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_0_2 : 3.416e-7 < worst_floor 8 0.2 <= 3.417e-7.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_0_5 : 0.0004580 < worst_floor 8 0.5 <= 0.0004581.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.

Theorem S12_floor_8_tau_1 : 0.07055 < worst_floor 8 1 <= 0.07056.
Proof. apply (certify_exact_even 3); [lra|bound_exactly]. Qed.
