(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 4, dimension 1: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_4_1_lambda_9_10_tangent_0_eps_1_10 :
  Rabs (delta 4 1 (9/10) 0 (1/10) - 1.300570550e-2) <= 5e-12.
Proof. apply (certify_down 4 1 2); scaling_certificate. Qed.

Theorem S11_delta_4_1_lambda_3_2_tangent_0_eps_2 :
  Rabs (delta 4 1 (3/2) 0 2 - 8.789730395e-3) <= 5e-13.
Proof. apply (certify_up 4 1 2); scaling_certificate. Qed.
