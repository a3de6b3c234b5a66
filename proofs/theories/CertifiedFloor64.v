(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 64: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_64_tau_0_001 : 4.967e-194 <= worst_floor 64 0.001 <= 4.968e-194.
Proof. apply (certify_even 31); [lra|bound_by_interval 740%positive]. Qed.

Theorem S12_floor_64_tau_0_01 : 4.963e-130 <= worst_floor 64 0.01 <= 4.964e-130.
Proof. apply (certify_even 31); [lra|bound_by_interval 527%positive]. Qed.

Theorem S12_floor_64_tau_0_05 : 2.642e-85 <= worst_floor 64 0.05 <= 2.643e-85.
Proof. apply (certify_even 31); [lra|bound_by_interval 377%positive]. Qed.

Theorem S12_floor_64_tau_0_1 : 4.607e-66 <= worst_floor 64 0.1 <= 4.608e-66.
Proof. apply (certify_even 31); [lra|bound_by_interval 314%positive]. Qed.

Theorem S12_floor_64_tau_0_2 : 6.774e-47 <= worst_floor 64 0.2 <= 6.775e-47.
Proof. apply (certify_even 31); [lra|bound_by_interval 250%positive]. Qed.

Theorem S12_floor_64_tau_0_5 : 3.884e-22 <= worst_floor 64 0.5 <= 3.885e-22.
Proof. apply (certify_even 31); [lra|bound_by_interval 167%positive]. Qed.

Theorem S12_floor_64_tau_1 : 9.575e-6 <= worst_floor 64 1 <= 9.576e-6.
Proof. apply (certify_even 31); [lra|bound_by_interval 114%positive]. Qed.
