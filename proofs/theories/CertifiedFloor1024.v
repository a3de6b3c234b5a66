(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 1024: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_1024_tau_0_001 : 0 < worst_floor 1024 0.001 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_0_01 : 0 < worst_floor 1024 0.01 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_0_05 : 0 < worst_floor 1024 0.05 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_0_1 : 0 < worst_floor 1024 0.1 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_0_2 : 0 < worst_floor 1024 0.2 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_0_5 : 0 < worst_floor 1024 0.5 <= 1e-300.
Proof. apply (certify_tiny_even 511); [lra|bound_power]. Qed.

Theorem S12_floor_1024_tau_1 : 2.671e-66 <= worst_floor 1024 1 <= 2.672e-66.
Proof. apply (certify_even 511); [lra|bound_by_interval 314%positive]. Qed.
