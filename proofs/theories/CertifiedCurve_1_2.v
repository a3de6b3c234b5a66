(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 1, dimension 2: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_1_2_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 1 2 1 (2 * atan (1/3)) (1/2) - 3.155578928e-1) <= 5e-11.
Proof. apply (certify_curve 1 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1; Never 1.6487212707001252; Gap 1.6487212707001312; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_1_2_lambda_5_4_tangent_1_3_eps_1_2 :
  Rabs (delta 1 2 (5/4) (2 * atan (1/3)) (1/2) - 3.297922062e-1) <= 5e-11.
Proof. apply (certify_curve 1 (4/5) (3/5) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4); Never 2.0609015883751570; Gap 2.0609015883751630; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_1_2_lambda_3_4_tangent_1_3_eps_1 :
  Rabs (delta 1 2 (3/4) (2 * atan (1/3)) 1 - 2.732379041e-1) <= 5e-11.
Proof. apply (certify_curve 1 (4/5) (3/5) [Gap 0.000000000000001; Early 0.749999999999999; Gap (3/4); Never 2.0387113713442809; Gap 2.0387113713442869; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_1_2_lambda_5_4_tangent_0_eps_1_2 :
  Rabs (delta 1 2 (5/4) 0 (1/2) - 1.108666640e-2) <= 5e-12.
Proof. apply (certify_up 1 2 1); scaling_certificate. Qed.

Theorem S11_delta_1_2_lambda_3_4_tangent_0_eps_1_10 :
  Rabs (delta 1 2 (3/4) 0 (1/10) - 5.216996800e-2) <= 5e-12.
Proof. apply (certify_down 1 2 1); scaling_certificate. Qed.
