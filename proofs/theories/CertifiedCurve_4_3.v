(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 4, dimension 3: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_4_3_lambda_1_tangent_1_3_eps_1_4 :
  Rabs (delta 4 3 1 (2 * atan (1/3)) (1/4) - 3.975442926e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 4 3 1 (2 * atan (1/3)) (1/2) - 3.486133837e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_1_tangent_1_2_eps_1 :
  Rabs (delta 4 3 1 (2 * atan (1/2)) 1 - 4.804328204e-1) <= 5e-11.
Proof. apply (certify_curve 3 (3/5) (4/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_5_4_tangent_1_4_eps_1_2 :
  Rabs (delta 4 3 (5/4) (2 * atan (1/4)) (1/2) - 2.949400355e-1) <= 5e-11.
Proof. apply (certify_curve 3 (15/17) (8/17) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_3_4_tangent_1_2_eps_1 :
  Rabs (delta 4 3 (3/4) (2 * atan (1/2)) 1 - 4.484500715e-1) <= 5e-11.
Proof. apply (certify_curve 3 (3/5) (4/5) [Gap 0.000000000000001; Early 0.749999999999999; Gap (3/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_2_tangent_1_3_eps_2 :
  Rabs (delta 4 3 2 (2 * atan (1/3)) 2 - 4.082621508e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Early 1.999999999999999; Gap 2] NeverToInfinity); certificate. Qed.

Theorem S11_delta_4_3_lambda_5_4_tangent_0_eps_1 :
  Rabs (delta 4 3 (5/4) 0 1 - 9.252495009e-3) <= 5e-13.
Proof. apply (certify_up 4 3 3); scaling_certificate. Qed.

Theorem S11_delta_4_3_lambda_9_10_tangent_0_eps_1_5 :
  Rabs (delta 4 3 (9/10) 0 (1/5) - 3.776516717e-3) <= 5e-13.
Proof. apply (certify_down 4 3 3); scaling_certificate. Qed.
