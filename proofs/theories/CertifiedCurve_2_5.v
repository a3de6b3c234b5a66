(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 2, dimension 5: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_2_5_lambda_11_10_tangent_0_eps_1_2 :
  Rabs (delta 2 5 (11/10) 0 (1/2) - 1.706888253e-3) <= 5e-13.
Proof. apply (certify_up 2 5 3); scaling_certificate. Qed.

Theorem S11_delta_2_5_lambda_4_5_tangent_0_eps_1_2 :
  Rabs (delta 2 5 (4/5) 0 (1/2) - 2.526014067e-3) <= 5e-13.
Proof. apply (certify_down 2 5 3); scaling_certificate. Qed.
