(* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
   Rank 128: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.

Theorem S12_floor_128_tau_0_001 : 0 < worst_floor 128 0.001 <= 1e-300.
Proof. apply (certify_tiny_even 63); [lra|bound_power]. Qed.

Theorem S12_floor_128_tau_0_01 : 3.513e-258 <= worst_floor 128 0.01 <= 3.514e-258.
Proof. apply (certify_even 63); [lra|bound_by_interval 954%positive]. Qed.

Theorem S12_floor_128_tau_0_05 : 9.948e-169 <= worst_floor 128 0.05 <= 9.949e-169.
Proof. apply (certify_even 63); [lra|bound_by_interval 657%positive]. Qed.

Theorem S12_floor_128_tau_0_1 : 3.013e-130 <= worst_floor 128 0.1 <= 3.014e-130.
Proof. apply (certify_even 63); [lra|bound_by_interval 527%positive]. Qed.

Theorem S12_floor_128_tau_0_2 : 6.420e-92 <= worst_floor 128 0.2 <= 6.421e-92.
Proof. apply (certify_even 63); [lra|bound_by_interval 400%positive]. Qed.

Theorem S12_floor_128_tau_0_5 : 1.895e-42 <= worst_floor 128 0.5 <= 1.896e-42.
Proof. apply (certify_even 63); [lra|bound_by_interval 234%positive]. Qed.

Theorem S12_floor_128_tau_1 : 6.948e-10 <= worst_floor 128 1 <= 6.949e-10.
Proof. apply (certify_even 63); [lra|bound_by_interval 127%positive]. Qed.
