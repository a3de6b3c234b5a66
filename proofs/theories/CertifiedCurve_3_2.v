(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 3, dimension 2: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_3_2_lambda_1_tangent_1_3_eps_1_4 :
  Rabs (delta 3 2 1 (2 * atan (1/3)) (1/4) - 3.338947636e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 3 2 1 (2 * atan (1/3)) (1/2) - 2.902599486e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_1_tangent_1_3_eps_1 :
  Rabs (delta 3 2 1 (2 * atan (1/3)) 1 - 2.323714453e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_1_tangent_1_2_eps_1_2 :
  Rabs (delta 3 2 1 (2 * atan (1/2)) (1/2) - 4.628136752e-1) <= 5e-11.
Proof. apply (certify_curve 2 (3/5) (4/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_1_tangent_1_10_eps_1_10 :
  Rabs (delta 3 2 1 (2 * atan (1/10)) (1/10) - 9.291719074e-2) <= 5e-12.
Proof. apply (certify_curve 2 (99/101) (20/101) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_5_4_tangent_1_3_eps_1_2 :
  Rabs (delta 3 2 (5/4) (2 * atan (1/3)) (1/2) - 3.348072847e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_5_4_tangent_1_5_eps_1 :
  Rabs (delta 3 2 (5/4) (2 * atan (1/5)) 1 - 1.363090654e-1) <= 5e-11.
Proof. apply (certify_curve 2 (12/13) (5/13) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_3_4_tangent_1_3_eps_1 :
  Rabs (delta 3 2 (3/4) (2 * atan (1/3)) 1 - 1.946380354e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 0.749999999999999; Gap (3/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_3_2_lambda_5_4_tangent_0_eps_1_2 :
  Rabs (delta 3 2 (5/4) 0 (1/2) - 2.536270940e-2) <= 5e-12.
Proof. apply (certify_up 3 2 2); scaling_certificate. Qed.

Theorem S11_delta_3_2_lambda_11_10_tangent_0_eps_1 :
  Rabs (delta 3 2 (11/10) 0 1 - 8.475570486e-6) <= 5e-16.
Proof. apply (certify_up 3 2 2); scaling_certificate. Qed.

Theorem S11_delta_3_2_lambda_3_4_tangent_0_eps_1_4 :
  Rabs (delta 3 2 (3/4) 0 (1/4) - 4.569257696e-2) <= 5e-12.
Proof. apply (certify_down 3 2 2); scaling_certificate. Qed.

Theorem S11_delta_3_2_lambda_2_tangent_0_eps_3 :
  Rabs (delta 3 2 2 0 3 - 3.663266747e-2) <= 5e-12.
Proof. apply (certify_up 3 2 2); scaling_certificate. Qed.
