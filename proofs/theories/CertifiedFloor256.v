(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 256: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_256_tau_0_001 : 0 < worst_floor 256 0.001 <= 1e-300.
Proof. apply (certify_tiny_even 127); [lra|bound_power]. Qed.

Theorem S12_floor_256_tau_0_01 : 0 < worst_floor 256 0.01 <= 1e-300.
Proof. apply (certify_tiny_even 127); [lra|bound_power]. Qed.

Theorem S12_floor_256_tau_0_05 : 0 < worst_floor 256 0.05 <= 1e-300.
Proof. apply (certify_tiny_even 127); [lra|bound_power]. Qed.

Theorem S12_floor_256_tau_0_1 : 1.817e-258 <= worst_floor 256 0.1 <= 1.818e-258.
Proof. apply (certify_even 127); [lra|bound_by_interval 954%positive]. Qed.

Theorem S12_floor_256_tau_0_2 : 8.129e-182 <= worst_floor 256 0.2 <= 8.130e-182.
Proof. apply (certify_even 127); [lra|bound_by_interval 700%positive]. Qed.

Theorem S12_floor_256_tau_0_5 : 6.345e-83 <= worst_floor 256 0.5 <= 6.346e-83.
Proof. apply (certify_even 127); [lra|bound_by_interval 370%positive]. Qed.

Theorem S12_floor_256_tau_1 : 5.015e-18 <= worst_floor 256 1 <= 5.016e-18.
Proof. apply (certify_even 127); [lra|bound_by_interval 154%positive]. Qed.
