(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 6, dimension 7: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_6_7_lambda_11_10_tangent_0_eps_2 :
  Rabs (delta 6 7 (11/10) 0 2 - 8.467368761e-8) <= 5e-18.
Proof. apply (certify_up 6 7 6); scaling_certificate. Qed.

Theorem S11_delta_6_7_lambda_9_10_tangent_0_eps_1_2 :
  Rabs (delta 6 7 (9/10) 0 (1/2) - 5.189748392e-5) <= 5e-15.
Proof. apply (certify_down 6 7 6); scaling_certificate. Qed.

Theorem S11_delta_6_7_lambda_101_100_tangent_0_eps_1_10 :
  Rabs (delta 6 7 (101/100) 0 (1/10) - 1.911756063e-5) <= 5e-15.
Proof. apply (certify_up 6 7 6); scaling_certificate. Qed.
