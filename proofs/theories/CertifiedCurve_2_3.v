(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 2, dimension 3: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_2_3_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 2 3 1 (2 * atan (1/3)) (1/2) - 2.701730677e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1; Never 1.6487212707001252; Gap 1.6487212707001312; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_2_3_lambda_1_tangent_1_2_eps_1 :
  Rabs (delta 2 3 1 (2 * atan (1/2)) 1 - 3.761613528e-1) <= 5e-11.
Proof. apply (certify_curve 2 (3/5) (4/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1; Never 2.7182818284590421; Gap 2.7182818284590481; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_2_3_lambda_5_4_tangent_1_3_eps_1_2 :
  Rabs (delta 2 3 (5/4) (2 * atan (1/3)) (1/2) - 3.159623505e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 1.249999999999999; Gap (5/4); Never 2.5761269854689474; Gap 2.5761269854689534; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_2_3_lambda_2_tangent_1_3_eps_1 :
  Rabs (delta 2 3 2 (2 * atan (1/3)) 1 - 4.016790711e-1) <= 5e-11.
Proof. apply (certify_curve 2 (4/5) (3/5) [Gap 0.000000000000001; Early 1.999999999999999; Gap 2; Never 10.8731273138361791; Gap 10.8731273138361851; Late 1e15] GapToInfinity); certificate. Qed.
