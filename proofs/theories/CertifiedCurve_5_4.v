(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 5, dimension 4: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_5_4_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 5 4 1 (2 * atan (1/3)) (1/2) - 4.026941741e-1) <= 5e-11.
Proof. apply (certify_curve 4 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_4_lambda_1_tangent_1_2_eps_1 :
  Rabs (delta 5 4 1 (2 * atan (1/2)) 1 - 5.480706227e-1) <= 5e-11.
Proof. apply (certify_curve 4 (3/5) (4/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_4_lambda_5_4_tangent_1_3_eps_1 :
  Rabs (delta 5 4 (5/4) (2 * atan (1/3)) 1 - 3.856449348e-1) <= 5e-11.
Proof. apply (certify_curve 4 (4/5) (3/5) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_4_lambda_3_2_tangent_1_2_eps_1 :
  Rabs (delta 5 4 (3/2) (2 * atan (1/2)) 1 - 6.369707543e-1) <= 5e-11.
Proof. apply (certify_curve 4 (3/5) (4/5) [Gap 0.000000000000001; Early 1.499999999999999; Gap (3/2)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_4_lambda_101_100_tangent_0_eps_1_20 :
  Rabs (delta 5 4 (101/100) 0 (1/20) - 2.886111780e-4) <= 5e-14.
Proof. apply (certify_up 5 4 4); scaling_certificate. Qed.

Theorem S11_delta_5_4_lambda_10_11_tangent_0_eps_1_4 :
  Rabs (delta 5 4 (10/11) 0 (1/4) - 1.831775860e-3) <= 5e-13.
Proof. apply (certify_down 5 4 4); scaling_certificate. Qed.
