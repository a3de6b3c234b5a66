(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 2, dimension 1: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_2_1_lambda_5_4_tangent_0_eps_1_4 :
  Rabs (delta 2 1 (5/4) 0 (1/4) - 3.013668382e-2) <= 5e-12.
Proof. apply (certify_up 2 1 1); scaling_certificate. Qed.

Theorem S11_delta_2_1_lambda_3_4_tangent_0_eps_1_8 :
  Rabs (delta 2 1 (3/4) 0 (1/8) - 4.074011845e-2) <= 5e-12.
Proof. apply (certify_down 2 1 1); scaling_certificate. Qed.

Theorem S11_delta_2_1_lambda_2_tangent_0_eps_1 :
  Rabs (delta 2 1 2 0 1 - 9.196986029e-2) <= 5e-12.
Proof. apply (certify_up 2 1 1); scaling_certificate. Qed.
