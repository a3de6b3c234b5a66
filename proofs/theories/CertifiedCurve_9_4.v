(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 9, dimension 4: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_9_4_lambda_6_5_tangent_0_eps_3 :
  Rabs (delta 9 4 (6/5) 0 3 - 1.024527001e-5) <= 5e-15.
Proof. apply (certify_up 9 4 6); scaling_certificate. Qed.

Theorem S11_delta_9_4_lambda_5_6_tangent_0_eps_1 :
  Rabs (delta 9 4 (5/6) 0 1 - 3.878473943e-7) <= 5e-17.
Proof. apply (certify_down 9 4 6); scaling_certificate. Qed.
