(* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
   Rank 3, dimension 4: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
   number is delta, rounded to nearest. *)
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
Import ListNotations.
Open Scope R_scope.

Theorem S11_delta_3_4_lambda_1_tangent_1_3_eps_1_2 :
  Rabs (delta 3 4 1 (2 * atan (1/3)) (1/2) - 3.071580058e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Early 0.999999999999999; Gap 1; Never 1.6487212707001252; Gap 1.6487212707001312; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_3_4_lambda_3_2_tangent_1_3_eps_1 :
  Rabs (delta 3 4 (3/2) (2 * atan (1/3)) 1 - 3.706378098e-1) <= 5e-11.
Proof. apply (certify_curve 3 (4/5) (3/5) [Gap 0.000000000000001; Early 1.499999999999999; Gap (3/2); Never 9.1742011710492731; Gap 9.1742011710492791; Late 1e15] GapToInfinity); certificate. Qed.

Theorem S11_delta_3_4_lambda_3_4_tangent_1_2_eps_1_2 :
  Rabs (delta 3 4 (3/4) (2 * atan (1/2)) (1/2) - 4.568294701e-1) <= 5e-11.
Proof. apply (certify_curve 3 (3/5) (4/5) [Gap 0.000000000000001; Early 0.6955542860766136; Gap 0.6955542860766196; Sure (3/4); Gap 0.750000000000001; Late 1e15] GapToInfinity); certificate. Qed.
