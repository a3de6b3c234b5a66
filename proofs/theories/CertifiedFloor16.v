(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 16: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_16_tau_0_001 : 9.819e-50 <= worst_floor 16 0.001 <= 9.820e-50.
Proof. apply (certify_even 7); [lra|bound_by_interval 260%positive]. Qed.

Theorem S12_floor_16_tau_0_01 : 9.817e-34 <= worst_floor 16 0.01 <= 9.818e-34.
Proof. apply (certify_even 7); [lra|bound_by_interval 207%positive]. Qed.

Theorem S12_floor_16_tau_0_05 : 1.492e-22 <= worst_floor 16 0.05 <= 1.493e-22.
Proof. apply (certify_even 7); [lra|bound_by_interval 167%positive]. Qed.

Theorem S12_floor_16_tau_0_1 : 9.667e-18 <= worst_floor 16 0.1 <= 9.668e-18.
Proof. apply (certify_even 7); [lra|bound_by_interval 154%positive]. Qed.

Theorem S12_floor_16_tau_0_2 : 6.045e-13 <= worst_floor 16 0.2 <= 6.046e-13.
Proof. apply (certify_even 7); [lra|bound_by_interval 137%positive]. Qed.

Theorem S12_floor_16_tau_0_5 : 1.005e-6 <= worst_floor 16 0.5 <= 1.006e-6.
Proof. apply (certify_even 7); [lra|bound_by_interval 114%positive]. Qed.

Theorem S12_floor_16_tau_1 : 0.01729 <= worst_floor 16 1 <= 0.01730.
Proof. apply (certify_even 7); [lra|bound_by_interval 100%positive]. Qed.
