(* What every theorem rests on: the Makefile compares the output with assumptions.expected. *)
From LoraPrivacy Require Import DifferentialPrivacy DpPostprocessing MatrixAlgebra MatrixSpace NullSets NullPolynomial.
From LoraPrivacy Require Import SymmetryTest ReusedSketch ProjectionAlgebra ProjectionRelease.
(* DP *) Print Assumptions DP_iff_excess_le.
(* DP *) Print Assumptions hockey_stick_is_excess.
(* DP *) Print Assumptions DP_iff_hockey_stick_le.
(* DP *) Print Assumptions privacy_curve_nonincreasing.
(* DP *) Print Assumptions privacy_curve_convex_in_exp.
(* DP *) Print Assumptions perfectly_distinguishable_curve.
(* DP *) Print Assumptions DP_postprocessing_map.
(* DP *) Print Assumptions DP_postprocessing_kernel.
(* DP *) Print Assumptions DP_composition.
(* DP *) Print Assumptions DP_composition_product.
(* S12 *) Print Assumptions S12_mass_forces_delta.
(* S12 *) Print Assumptions S12_mass_below_curve.
(* S16 *) Print Assumptions S16_symmetric.
(* S16 *) Print Assumptions S16_symmetric_iff.
(* S16 *) Print Assumptions S16_symmetric_for_all.
(* S16 *) Print Assumptions S16_dichotomy.
(* S16 *) Print Assumptions polynomial_zero_null.
(* S16 *) Print Assumptions S16_symmetry_null.
(* S16 *) Print Assumptions S16_perfectly_distinguishable.
(* S16 *) Print Assumptions S16_no_privacy.
(* S16 *) Print Assumptions S16_gaussian.
(* S16 *) Print Assumptions S16_gaussian_symmetry_test.
(* S17 *) Print Assumptions S17_stacked_release.
(* S17 *) Print Assumptions S17_reuse_perfectly_distinguishable.
(* S17 *) Print Assumptions S17_symmetric_along_the_run.
(* S18 *) Print Assumptions S18_deterministic_distinct.
(* S25 *) Print Assumptions S25_projection_sphere.
(* S25 *) Print Assumptions S25_rescaled.
(* S25 *) Print Assumptions S25_on_a_sphere.
(* S25 *) Print Assumptions S25_perfectly_distinguishable.
(* S25 *) Print Assumptions S25_no_privacy.
