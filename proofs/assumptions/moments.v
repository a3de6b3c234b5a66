From LoraPrivacy Require Import LoraStep GaussianDensity GaussianMoments Independence Moments GradientLaw.
From LoraPrivacy Require Import NoiseFall EntryLaws IndependentFamilies DiscreteLaws UniformLaw.

(* S1 *) Print Assumptions S1_factor_gradients.
(* S1 *) Print Assumptions S1_adapted_increment.
(* S1 *) Print Assumptions S1_frozen_step.
(* S1 *) Print Assumptions S1_frozen_step_is_full_step.
(* S1 *) Print Assumptions S1_any_update_of_B.
(* S1 *) Print Assumptions S1_frozen_batch_step.
(* S1 *) Print Assumptions S1_fan_in_fan_out.
(* S1 *) Print Assumptions S1_mean.
(* S1 *) Print Assumptions S1_trained_step.
(* S1 *) Print Assumptions S1_trained_minus_frozen.
(* S1 *) Print Assumptions S1_first_step.
(* S1 *) Print Assumptions S1_trained_step_is_not_exact.
(* S1 *) Print Assumptions S1_mean_kaiming.
(* S2 *) Print Assumptions S2_mean.
(* S2 *) Print Assumptions S2_mean_vector.
(* S2 *) Print Assumptions S2_mean_gaussian.
(* S3 *) Print Assumptions S3_covariance_row.
(* S3 *) Print Assumptions S3_covariance_row_gaussian.
(* S4 *) Print Assumptions S4_entry_variance.
(* S4 *) Print Assumptions S4_total_noise.
(* S4 *) Print Assumptions S4_kurtosis_ge1.
(* S4 *) Print Assumptions S4_kurtosis_one.
(* S4 *) Print Assumptions S4_entry_variance_ge0.
(* S4 *) Print Assumptions S4_entry_variance_eq0.
(* S4 *) Print Assumptions S4_entry_variance_falls.
(* S4 *) Print Assumptions S4_total_noise_ge0.
(* S4 *) Print Assumptions S4_total_noise_eq0.
(* S4 *) Print Assumptions S4_total_noise_falls.
(* S4 *) Print Assumptions S4_signal_to_noise.
(* S4 *) Print Assumptions S4_entry_variance_falls_with_rank.
(* S4 *) Print Assumptions S4_total_noise_falls_with_rank.
(* S4 *) Print Assumptions S4_entry_variance_gaussian.
(* S4 *) Print Assumptions S4_total_noise_gaussian.
(* S4 *) Print Assumptions S4_entry_variance_rademacher.
(* S4 *) Print Assumptions S4_total_noise_rademacher.
(* S5 *) Print Assumptions S5_integrable.
(* S5 *) Print Assumptions S5_covariance_matrix.
(* S5 *) Print Assumptions S5_covariance_matrix_gaussian.
(* S2 to S5: moments of the normal law *) Print Assumptions normal_integrable_power.
(* S2 to S5: moments of the normal law *) Print Assumptions normal_odd_moment.
(* S2 to S5: moments of the normal law *) Print Assumptions normal_even_moment.
(* S2 to S5: moments of the normal law *) Print Assumptions normal_moment4.
(* S2 to S5: independence *) Print Assumptions independent_expectation_prod.
(* S2 to S5: the hypotheses *) Print Assumptions iid_entries_law.
(* S2 to S5: the hypotheses *) Print Assumptions gaussian_entries_law.
(* S2 to S5: the hypotheses *) Print Assumptions gaussian_entries_exist.
(* S2 to S5: the hypotheses *) Print Assumptions independent_entries_exist.
(* S2 to S5: the hypotheses *) Print Assumptions rademacher_moments.
(* S2 to S5: the hypotheses *) Print Assumptions rademacher_entries_exist.
(* S2 to S5: the hypotheses *) Print Assumptions sparse_moments.
(* S2 to S5: the hypotheses *) Print Assumptions sparse_entries_exist.
(* S2 to S5: the hypotheses *) Print Assumptions uniform_moments.
(* S2 to S5: the hypotheses *) Print Assumptions kaiming_moments.
(* S2 to S5: the hypotheses *) Print Assumptions kaiming_entries_exist.
