(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 512: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_512_tau_0_001 : 0 < worst_floor 512 0.001 <= 1e-300.
Proof. apply (certify_tiny_even 255); [lra|bound_power]. Qed.

Theorem S12_floor_512_tau_0_01 : 0 < worst_floor 512 0.01 <= 1e-300.
Proof. apply (certify_tiny_even 255); [lra|bound_power]. Qed.

Theorem S12_floor_512_tau_0_05 : 0 < worst_floor 512 0.05 <= 1e-300.
Proof. apply (certify_tiny_even 255); [lra|bound_power]. Qed.

Theorem S12_floor_512_tau_0_1 : 0 < worst_floor 512 0.1 <= 1e-300.
Proof. apply (certify_tiny_even 255); [lra|bound_power]. Qed.

Theorem S12_floor_512_tau_0_2 : 0 < worst_floor 512 0.2 <= 1e-300.
Proof. apply (certify_tiny_even 255); [lra|bound_power]. Qed.

Theorem S12_floor_512_tau_0_5 : 1.002e-163 <= worst_floor 512 0.5 <= 1.003e-163.
Proof. apply (certify_even 255); [lra|bound_by_interval 637%positive]. Qed.

Theorem S12_floor_512_tau_1 : 3.633e-34 <= worst_floor 512 1 <= 3.634e-34.
Proof. apply (certify_even 255); [lra|bound_by_interval 207%positive]. Qed.
