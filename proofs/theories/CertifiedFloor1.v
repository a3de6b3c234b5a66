(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 1: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_1_tau_0_001 : 0.0003183 <= worst_floor 1 0.001 <= 0.0003184.
Proof. apply (certify_odd 0); [lra|bound_by_interval 107%positive]. Qed.

Theorem S12_floor_1_tau_0_01 : 0.003183 <= worst_floor 1 0.01 <= 0.003184.
Proof. apply (certify_odd 0); [lra|bound_by_interval 104%positive]. Qed.

Theorem S12_floor_1_tau_0_05 : 0.01591 <= worst_floor 1 0.05 <= 0.01592.
Proof. apply (certify_odd 0); [lra|bound_by_interval 100%positive]. Qed.

Theorem S12_floor_1_tau_0_1 : 0.03184 <= worst_floor 1 0.1 <= 0.03185.
Proof. apply (certify_odd 0); [lra|bound_by_interval 100%positive]. Qed.

Theorem S12_floor_1_tau_0_2 : 0.06376 <= worst_floor 1 0.2 <= 0.06377.
Proof. apply (certify_odd 0); [lra|bound_by_interval 100%positive]. Qed.

Theorem S12_floor_1_tau_0_5 : 0.1608 <= worst_floor 1 0.5 <= 0.1609.
Proof. apply (certify_odd 0); [lra|bound_by_interval 97%positive]. Qed.

Theorem S12_floor_1_tau_1 : 0.3333 <= worst_floor 1 1 <= 0.3334.
Proof. apply (certify_odd 0); [lra|bound_by_interval 97%positive]. Qed.
