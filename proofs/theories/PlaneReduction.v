(* Expectations of a sketched vector that depend on y only through h and X.

   axis_point r a s z = a (s/r, (sqrt s/r) z): the sketched vector of S6 for q = a e_1, with s ~ chi-square of r degrees of
   freedom and z ~ N(0, I_p); axis_integral r a F: the expectation of F of it.

   Proved here, for measurable G >= 0 and chi_n the chi-square density of n degrees of freedom:
     if F(axis_point) = G(s + |z|^2), its expectation is int G chi_(r+p);
     if F(axis_point) = G(z_1/sqrt s, s + |z|^2), p >= 1, its expectation is
       int over psi in ]-pi/2, pi/2[ of C_r cos^(r-1) psi int G(tan psi, X) chi_(r+p)(X) dX. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks GaussianMatrix OrthogonalMaps.
From LoraPrivacy Require Import RealTonelli ChiSquare PolarLaw ConditionalLoss.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
Local Open Scope ereal_scope.

Section reduction.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Notation gm p := (@gaussian_matrix R 1 p 1).
Notation chi n s := (chi_density n s)%:E.


Lemma measurable_row_norm2 p : measurable_fun setT (@row_norm2 R p : matrix_space R 1 p -> R).
Proof.
apply: measurable_sum => i; apply: measurable_funX; exact: measurable_entry.
Qed.

Let chi0 n (s : R) : 0 <= chi n s. Proof. by rewrite lee_fin chi_density_ge0. Qed.

Let mchi n : measurable_fun setT (fun s : R => chi n s).
Proof. by apply/measurable_EFinP; exact: measurable_chi_density. Qed.

(* The sum of a chi-square and the squared norm of p independent normal variables. *)
Lemma chi_square_gaussian p n (G : R -> \bar R) : (0 < n)%N ->
  measurable_fun setT G -> (forall x, 0 <= G x) ->
  \int[gm p]_w \int[mu]_s (G (s + row_norm2 w)%R * chi n s) = \int[mu]_s (G s * chi (n + p) s).
Proof.
elim: p n G => [|p IH] n G n0 mG G0.
  under eq_integral => w _.
    have -> : row_norm2 w = 0%R by rewrite /row_norm2 big_ord0.
    under eq_integral do rewrite addr0.
    over.
  by rewrite integral_cst// [X in _ * X](@probability_setT _ _ _ (gm 0)) mule1 addn0.
pose f (z : matrix_space R 1 p.+1 * R) := G (z.2 + row_norm2 z.1)%R * chi n z.2.
have mf : measurable_fun setT f.
  apply: emeasurable_funM; last exact: (measurableT_comp (mchi n)).
  apply: (measurableT_comp mG); apply: measurable_funD; first exact: measurable_snd.
  exact: (measurableT_comp (@measurable_row_norm2 _)).
have f0 z : 0 <= f z by rewrite mule_ge0.
rewrite [LHS](@product_matrix_row_cons R (gaussian_law 1) p
  (fun w => \int[mu]_s (G (s + row_norm2 w)%R * chi n s))); last 2 first.
- exact: (@measurable_real_integral _ _ _ f mf f0).
- by move=> w; apply: integral_ge0 => s _; exact: mule_ge0.
have np0 : (0 < n + p)%N by rewrite ltn_addr.
rewrite (addnS n p); apply: eq_trans (chi_square_add np0 mG G0); apply: eq_integral => x _.
have mGx : measurable_fun setT (fun s : R => G (s + x ^+ 2)%R).
  by apply: (measurableT_comp mG); exact: measurable_funD.
apply: eq_trans (IH n (fun s : R => G (s + x ^+ 2)%R) n0 mGx (fun=> G0 _)).
apply: eq_integral => w _; apply: eq_integral => s _.
by rewrite (row_norm2_row_mx (x%:M : 'rV_1)) row_norm2_scalar -addrA (addrC (x ^+ 2)%R).
Qed.

(* The law of y on the axis of q, from S6: y = a (s/r, sqrt s/r z), s chi-square with r degrees of freedom. *)
Definition axis_point r (a s : R) p (z : 'rV[R]_p) : 'rV[R]_(1 + p) :=
  (a *: row_mx (s / r%:R)%:M (Num.sqrt s / r%:R *: z))%R.

Definition axis_integral r (a : R) p (F : matrix_space R 1 (1 + p) -> \bar R) : \bar R :=
  \int[mu]_s ((\int[gm p]_z F (axis_point r a s z)) * chi r s).

Lemma chi_pos_eq n (s : R) (u v : \bar R) : ((0 < s)%R -> u = v) -> u * chi n s = v * chi n s.
Proof.
move=> uv; have [s0|s0] := ltP 0%R s; first by rewrite uv.
by rewrite /chi_density ltNge s0 /= !mule0.
Qed.

Theorem axis_reduction r p (a : R) (F : matrix_space R 1 (1 + p) -> \bar R) (G : R -> \bar R) :
  (0 < r)%N -> measurable_fun setT G -> (forall x, 0 <= G x) ->
  (forall s w, (0 < s)%R -> F (axis_point r a s w) = G (s + row_norm2 w)%R) ->
  axis_integral r a F = \int[mu]_s (G s * chi (r + p) s).
Proof.
move=> r0 mG G0 FG; apply: eq_trans (chi_square_gaussian p r0 mG G0).
pose f (z : matrix_space R 1 p * R) := G (z.2 + row_norm2 z.1)%R * chi r z.2.
have mG2 : measurable_fun setT (fun z : matrix_space R 1 p * R => G (z.2 + row_norm2 z.1)%R).
  apply: (measurableT_comp mG); apply: measurable_funD; first exact: measurable_snd.
  exact: (measurableT_comp (@measurable_row_norm2 _)).
have mf : measurable_fun setT f.
  by apply: emeasurable_funM => //; exact: (measurableT_comp (mchi r)).
have f0 z : 0 <= f z by rewrite mule_ge0.
rewrite [RHS](@real_tonelli _ _ _ (gm p) f mf f0).
apply: eq_integral => s _.
transitivity ((\int[gm p]_z G (s + row_norm2 z)%R) * chi r s).
  by apply: chi_pos_eq => s0; apply: eq_integral => w _; exact: FG.
rewrite -ge0_integralZr//; apply: (measurableT_comp mG).
by apply: measurable_funD => //; exact: measurable_row_norm2.
Qed.

Theorem plane_reduction r p (a : R) (F : matrix_space R 1 (1 + p.+1) -> \bar R)
    (G : R * R -> \bar R) :
  (0 < r)%N -> measurable_fun setT F -> (forall y, 0 <= F y) ->
  measurable_fun setT G -> (forall z, 0 <= G z) ->
  (forall s x (w : 'rV_p), (0 < s)%R ->
     F (axis_point r a s (row_mx (x%:M : 'M_1) w)) =
     G (x / Num.sqrt s, s + x ^+ 2 + row_norm2 w)%R) ->
  axis_integral r a F = \int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[)
    ((\int[mu]_s (G (tan psi, s) * chi (r + p.+1) s)) * (angle_constant r * cos psi ^+ r.-1)%:E).
Proof.
move=> r0 mF F0 mG G0 FG.
pose g (z : (R * R) * matrix_space R 1 p) := G (z.1.1, z.1.2 + row_norm2 z.2)%R.
have mg : measurable_fun setT g.
  apply: (measurableT_comp mG); apply: measurable_fun_prod => /=.
    exact: measurableT_comp measurable_fst measurable_fst.
  apply: measurable_funD; first exact: measurableT_comp measurable_snd measurable_fst.
  exact: (measurableT_comp (@measurable_row_norm2 _)).
have g0 z : 0 <= g z by exact: G0.
pose H z := \int[gm p]_w g (z, w).
have mH : measurable_fun setT H by exact: (@measurable_fun_fubini_tonelli_F _ _ _ _ R (gm p) g mg g0).
have H0 z : 0 <= H z by apply: integral_ge0 => w _; exact: g0.
transitivity (\int[mu]_s ((\int[gaussian_law 1]_z H (z / Num.sqrt s, s + z ^+ 2)%R) * chi r s)).
  apply: eq_integral => s _; apply: chi_pos_eq => s0.
  rewrite (@product_matrix_row_cons R (gaussian_law 1) p (fun z => F (axis_point r a s z)))//.
  - by apply: eq_integral => x _; apply: eq_integral => w _; exact: FG.
  - apply: (measurableT_comp mF); apply: measurable_matrix => i j.
    rewrite /axis_point; under eq_fun do rewrite !mxE.
    apply: measurable_funM => //; case: (fintype.split j) => k; first by [].
    under eq_fun do rewrite mxE; apply: measurable_funM => //; exact: measurable_entry.
apply: (eq_trans (polar_law_angle r0 mH H0)); apply: eq_integral => psi _.
suff -> : \int[mu]_s (H (tan psi, s) * chi r.+1 s) =
  \int[mu]_s (G (tan psi, s) * chi (r + p.+1) s) by [].
have mGp : measurable_fun setT (fun s : R => G (tan psi, s)).
  by apply: (measurableT_comp mG); exact: measurable_pair1.
rewrite -addSnnS; apply: eq_trans (@chi_square_gaussian p r.+1 (fun s : R => G (tan psi, s)) _ mGp _) => //.
pose f (z : matrix_space R 1 p * R) := G (tan psi, z.2 + row_norm2 z.1)%R * chi r.+1 z.2.
have mG2 : measurable_fun setT (fun z : matrix_space R 1 p * R => G (tan psi, z.2 + row_norm2 z.1)%R).
  apply: (measurableT_comp mG); apply: measurable_fun_prod => //=.
  apply: measurable_funD; first exact: measurable_snd.
  exact: (measurableT_comp (@measurable_row_norm2 _)).
have mf : measurable_fun setT f.
  by apply: emeasurable_funM => //; exact: (measurableT_comp (mchi r.+1)).
have f0 z : 0 <= f z by rewrite mule_ge0.
rewrite [RHS](@real_tonelli _ _ _ (gm p) f mf f0).
apply: eq_integral => s _; rewrite /H -ge0_integralZr//.
apply: (measurableT_comp mG); apply: measurable_fun_prod => //=.
by apply: measurable_funD => //; exact: measurable_row_norm2.
Qed.

End reduction.
