(* S8, the formula of the density and its algebra.

   For row vectors q, y of m numbers, q <> 0, and r >= 1:
     sketch_density r q y = 0                      if <y, q> <= 0, and otherwise the exponential of
       ((r - m - 1)/2) log <y, q> - (r - 1) log |q| - r |y|^2 / (2 <y, q>) + sketch_constant r m,
     sketch_constant r m = (r/2) log (r/2) - log Gamma (r/2) - ((m - 1)/2) log (2 pi / r).

   It is measurable and >= 0; it keeps its value if q and y are rotated together; and for q = a e_1, y = (t, w) it is
     (r/a) chi_r(r t/a) c^(1-m) phi(w/c),   c = a sqrt(s)/r, s = r t/a,
   chi_r the chi-square density with r degrees of freedom, phi the density of m - 1 independent N(0, 1) numbers. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import probability ring lra.
From LoraPrivacy Require Import MatrixSpace ProjectionRelease OrthogonalMaps GaussianVector NormalMixture GammaLaw ChiSquare.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section density.
Context (R : realType).
Definition sketch_constant (r m : nat) : R :=
  r%:R / 2 * ln (r%:R / 2) - ln (gamma_integral (r%:R / 2)) - (m%:R - 1) / 2 * ln (2 * pi / r%:R).

Definition sketch_density r m (q y : 'rV[R]_m) : R :=
  if 0 < row_dot y q then
    expR ((r%:R - m%:R - 1) / 2 * ln (row_dot y q) - (r%:R - 1) * ln (row_norm q)
      - r%:R * row_norm2 y / (2 * row_dot y q) + sketch_constant r m)
  else 0.

Lemma sketch_density_ge0 r m (q y : 'rV[R]_m) : 0 <= sketch_density r q y.
Proof. by rewrite /sketch_density; case: ifP => // _; exact: expR_ge0. Qed.

Lemma sketch_density_rotation r m (q y : 'rV[R]_m) (Q : 'M[R]_m) : orthogonal Q ->
  sketch_density r (q *m Q) (y *m Q) = sketch_density r q y.
Proof.
by move=> oQ; rewrite /sketch_density orthogonal_dot// orthogonal_norm// orthogonal_norm2.
Qed.

Lemma measurable_sketch_density r m (q : 'rV[R]_m) :
  measurable_fun setT (sketch_density r q : matrix_space R 1 m -> R).
Proof.
pose b : R := sketch_constant r m - (r%:R - 1) * ln (row_norm q).
rewrite (_ : sketch_density r q = fun y => if 0 < row_dot y q then
    row_dot y q `^ ((r%:R - m%:R - 1) / 2) * expR (b - r%:R * row_norm2 y * (2 * row_dot y q)^-1) else 0).
  have md := measurable_row_dot q; have mn : measurable_fun setT (@row_norm2 R m : matrix_space R 1 m -> R).
    by apply: measurable_sum => i; apply: measurable_funX; exact: measurable_entry.
  apply: measurable_fun_ifT => //; first exact: measurable_fun_ltr.
  apply: measurable_funM.
    exact: (measurableT_comp (measurable_powR _) md).
  have m2 : measurable_fun setT (fun y : matrix_space R 1 m => (2 * row_dot y q)^-1).
    have m2d : measurable_fun setT (fun y : matrix_space R 1 m => 2 * row_dot y q) by exact: measurable_funM.
    exact: (measurableT_comp (@measurable_inv R) m2d).
  have mb : measurable_fun setT
      (fun y : matrix_space R 1 m => b - r%:R * row_norm2 y * (2 * row_dot y q)^-1).
    by apply: measurable_funB => //; apply: measurable_funM => //; exact: measurable_funM.
  by apply: measurableT_comp mb.
apply/funext => y; rewrite /sketch_density; case: ifP => // d0.
rewrite /powR gt_eqF// -expRD; congr expR; rewrite /b.
by move: (ln (row_norm q)) (ln (row_dot y q)) => u v; field; rewrite gt_eqF.
Qed.

Let powE (x y : R) : 0 < x -> x `^ y = expR (y * ln x).
Proof. by move=> x0; rewrite /powR gt_eqF. Qed.

Let invE (x : R) : 0 < x -> x^-1 = expR (- ln x).
Proof. by move=> x0; rewrite expRN lnK. Qed.

Let lnE (x : R) : 0 < x -> x = expR (ln x).
Proof. by move=> x0; rewrite lnK. Qed.

Lemma sketch_density_axis r p (a s : R) (w : 'rV[R]_p) : (0 < r)%N -> 0 < a -> 0 < s ->
  let c := a * (Num.sqrt s / r%:R) in
  chi_density r s * (gaussian_density 1 (c^-1 *: w) * c^-1 ^+ p) =
  a / r%:R * sketch_density r (row_mx a%:M 0 : 'rV_(1 + p)) (row_mx (a * (s / r%:R))%:M w).
Proof.
move=> r0 a0 s0 c; have R0 : 0 < r%:R :> R by rewrite ltr0n.
have q0 : 0 < Num.sqrt s by rewrite sqrtr_gt0.
have c0 : 0 < c by rewrite mulr_gt0 ?divr_gt0.
have g0 : 0 < gamma_integral (r%:R / 2 : R) := gamma_half_gt0 r0;
  have pi2 : 0 < 2 * pi :> R by rewrite mulr_gt0 ?pi_gt0.
rewrite /sketch_density row_dot_row_mx row_dot_scalar row_dot0r addr0 row_norm_axis ?ltW//.
rewrite row_norm2_row_mx row_norm2_scalar.
have d0 : 0 < a * (s / r%:R) * a by rewrite !mulr_gt0 ?divr_gt0 ?invr_gt0.
rewrite d0 /gaussian_density -/(row_norm2 _) row_norm2Z /chi_density s0.
have lsq : ln (Num.sqrt s) = ln s / 2.
  have : ln (Num.sqrt s ^+ 2) = ln s by rewrite sqr_sqrtr// ltW.
  by rewrite lnXn// => <-; rewrite -mulr_natl; field.
have lsp : ln (Num.sqrt (2 * pi)) = ln (2 * pi) / 2 :> R.
  have : ln (Num.sqrt (2 * pi) ^+ 2) = ln (2 * pi) :> R by rewrite sqr_sqrtr// ltW.
  by rewrite lnXn ?sqrtr_gt0// => <-; rewrite -mulr_natl; field.
have c2 : c ^+ 2 = a ^+ 2 * s / r%:R ^+ 2.
  by rewrite /c exprMn expr_div_n sqr_sqrtr ?ltW// mulrA.
have lc : ln c = ln a + ln s / 2 - ln r%:R.
  by rewrite /c lnM ?posrE ?divr_gt0// ln_div ?posrE// lsq addrA.
have ld : ln (a * (s / r%:R) * a) = ln a + ln a + ln s - ln r%:R.
  by rewrite !lnM ?posrE ?mulr_gt0 ?invr_gt0// lnV ?posrE//; ring.
have cV : c^-1 ^+ 2 = r%:R ^+ 2 / (a ^+ 2 * s) by rewrite exprVn c2 invf_div.
have chiE : ((2 : R) `^ (r%:R / 2) * gamma_integral (r%:R / 2 : R))^-1 =
    expR (- (r%:R / 2 * ln 2 + ln (gamma_integral (r%:R / 2)))).
  by rewrite powE// expRN expRD lnK.
rewrite chiE powE// cV mulr1.
have -> : (Num.sqrt (2 * pi))^-1 ^+ p = expR (p%:R * - (ln (2 * pi) / 2)) :> R.
  by rewrite -lsp expRM_natl -invE// sqrtr_gt0.
have -> : c^-1 ^+ p = expR (p%:R * - (ln a + ln s / 2 - ln r%:R)) by rewrite -lc expRM_natl -invE.
have -> : a / r%:R = expR (ln a - ln r%:R) by rewrite expRD expRN !lnK.
rewrite -!expRD; congr expR; rewrite /sketch_constant ld.
have -> : ln (r%:R / 2) = ln r%:R - ln 2 :> R by rewrite ln_div ?posrE.
have -> : ln (2 * pi / r%:R) = ln (2 * pi) - ln r%:R :> R by rewrite ln_div ?posrE.
rewrite natrD; have an : a != 0 by rewrite gt_eqF.
have sn : s != 0 by rewrite gt_eqF.
have rn : r%:R != 0 :> R by rewrite gt_eqF.
move: (ln a) (ln s) (ln r%:R) (ln 2) (ln (2 * pi)) (ln (gamma_integral _)) => A S L T P G.
move: (row_norm2 w) (r%:R : R) (p%:R : R) rn => N r' p' rn.
by field; rewrite an sn rn.
Qed.

End density.
