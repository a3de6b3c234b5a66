(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 5, dimension 2: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_5_2_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 5 2 1 (2 * atan (1/3)) (1/2) - 3.991309147e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure 0.606530659712631; Gap 0.606530659712637; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_1_tangent_1_2_eps_1 :
  Rabs (delta 5 2 1 (2 * atan (1/2)) 1 - 5.411438381e-1) <= 5e-11.
Proof. apply (certify_curve 3 (3/5) (4/5) [Gap 0.000000000000001; Sure 0.367879441171439; Gap 0.367879441171445; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_5_4_tangent_1_3_eps_1 :
  Rabs (delta 5 2 (5/4) (2 * atan (1/3)) 1 - 3.642919044e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure 0.188354273879775; Gap 0.188354273879781; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_3_4_tangent_1_3_eps_1 :
  Rabs (delta 5 2 (3/4) (2 * atan (1/3)) 1 - 2.924707822e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure (3/4); Gap 0.750000000000001; Late 0.872010527221193; Gap 0.872010527221199] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_2_tangent_1_4_eps_1 :
  Rabs (delta 5 2 2 (2 * atan (1/4)) 1 - 4.351541537e-1) <= 5e-11.
Proof. apply (certify_curve 3 (15/17) (8/17) [Gap 0.000000000000001; Sure 0.045984930146427; Gap 0.045984930146433; Early 1.999999999999999; Gap 2] NeverToInfinity); certificate. Qed.
