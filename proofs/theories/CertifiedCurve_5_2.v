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
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure 0.6065306597126304; Gap 0.6065306597126364; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_1_tangent_1_2_eps_1 :
  Rabs (delta 5 2 1 (2 * atan (1/2)) 1 - 5.411438381e-1) <= 5e-11.
Proof. apply (certify_curve 3 (3/5) (4/5) [Gap 0.000000000000001; Sure 0.3678794411714393; Gap 0.3678794411714453; Early 0.999999999999999; Gap 1] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_5_4_tangent_1_3_eps_1 :
  Rabs (delta 5 2 (5/4) (2 * atan (1/3)) 1 - 3.642919044e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure 0.1883542738797755; Gap 0.1883542738797815; Early 1.249999999999999; Gap (5/4)] NeverToInfinity); certificate. Qed.

Theorem S11_delta_5_2_lambda_3_4_tangent_1_3_eps_1 :
  Rabs (delta 5 2 (3/4) (2 * atan (1/3)) 1 - 2.924707822e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Sure (3/4); Gap 0.750000000000001; Late 0.8720105272211935; Gap 0.8720105272211995] NeverToInfinity); certificate. Qed.
