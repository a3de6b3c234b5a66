(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 32: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_32_tau_0_001 : 6.997e-98 <= worst_floor 32 0.001 <= 6.998e-98.
Proof. apply (certify_even 15); [lra|bound_by_interval 420%positive]. Qed.

Theorem S12_floor_32_tau_0_01 : 6.995e-66 <= worst_floor 32 0.01 <= 6.996e-66.
Proof. apply (certify_even 15); [lra|bound_by_interval 314%positive]. Qed.

Theorem S12_floor_32_tau_0_05 : 1.614e-43 <= worst_floor 32 0.05 <= 1.615e-43.
Proof. apply (certify_even 15); [lra|bound_by_interval 237%positive]. Qed.

Theorem S12_floor_32_tau_0_1 : 6.754e-34 <= worst_floor 32 0.1 <= 6.755e-34.
Proof. apply (certify_even 15); [lra|bound_by_interval 207%positive]. Qed.

Theorem S12_floor_32_tau_0_2 : 2.608e-24 <= worst_floor 32 0.2 <= 2.609e-24.
Proof. apply (certify_even 15); [lra|bound_by_interval 174%positive]. Qed.

Theorem S12_floor_32_tau_0_5 : 6.571e-12 <= worst_floor 32 0.5 <= 6.572e-12.
Proof. apply (certify_even 15); [lra|bound_by_interval 134%positive]. Qed.

Theorem S12_floor_32_tau_1 : 0.001301 <= worst_floor 32 1 <= 0.001302.
Proof. apply (certify_even 15); [lra|bound_by_interval 104%positive]. Qed.
