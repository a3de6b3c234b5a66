(* The two substitutions of the radial laws, for every measurable F >= 0.

     int_0^oo F(s) ds = int_0^oo F(x^2) 2x dx
     int_{-pi/2}^{pi/2} F(psi) dpsi = int_R F(arctan t) / (1 + t^2) dt
     int_R F(x) dx = int_0^oo (F(x) + F(-x)) dx *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval archimedean.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals real_interval interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From LoraPrivacy Require Import LinearSubstitution IncreasingSubstitution.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section radial.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Implicit Types F : R -> \bar R.

Lemma half_line_union : `]0, +oo[%classic = \bigcup_n `]0, n%:R]%classic :> set R.
Proof.
apply/seteqP; split=> [x|x [n _]] /=; rewrite !in_itv/= ?andbT; last by move=> /andP[].
by move=> x0; exists (Num.bound x) => //=; rewrite in_itv /= x0 ltW// archi_boundP// ltW.
Qed.

Theorem ge0_integral_square F : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_(s in `]0%R, +oo[) F s = \int[mu]_(x in `]0%R, +oo[) (F (x ^+ 2)%R * (x *+ 2)%:E))%E.
Proof.
move=> mF F0.
have dg (x : R) : is_derive x 1 (fun x : R => x ^+ 2) (x *+ 2).
  by apply: is_derive_eq; rewrite /GRing.scale /= mulr1 mulr2n.
have cg : continuous (fun x : R => x *+ 2).
  by move=> x; under eq_fun do rewrite -mulr_natr; apply: cvgMl; exact: cvg_id.
have := @ge0_integral_increasing R _ _ dg cg (fun=> 0) (fun n => n%:R) F.
rewrite -half_line_union => H.
transitivity (\int[mu]_(y in \bigcup_n `](0 ^+ 2)%R, (n%:R ^+ 2)%R]%classic) F y)%E; last first.
  apply: H => //.
  - move=> k n kn; apply/subsetPset => x /=; rewrite !in_itv/= => /andP[-> xk].
    by rewrite (le_trans xk)// ler_nat.
  - move=> n x y; rewrite !in_itv/= => /andP[x0 _] /andP[y0 _] xy.
    by rewrite ltrXn2r.
  - by move=> n x; rewrite in_itv /= => /andP[x0 _]; rewrite mulrn_wge0.
congr (integral _ _ _); apply/seteqP; split=> [x|x [n _]] /=; rewrite expr0n /= !in_itv/= ?andbT.
  move=> x0; exists (Num.bound x).+1 => //=; rewrite in_itv /= x0 ltW//.
  have xb := archi_boundP (ltW x0); rewrite (lt_le_trans xb)//.
  rewrite -natrX ler_nat (leq_trans (leqnSn _))// expnS leq_pmulr// expn_gt0//.
by move=> /andP[].
Qed.

Theorem ge0_integral_angle F : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_(psi in `](- (pi / 2))%R, (pi / 2)%R[) F psi =
   \int[mu]_t (F (atan t) * ((1 + t ^+ 2)^-1)%:E))%E.
Proof.
move=> mF F0.
have cg : continuous (fun x : R => (1 + x ^+ 2)^-1).
  move=> x; apply: cvgV; first by rewrite gt_eqF// ltr_pwDl// sqr_ge0.
  by apply: cvgD; [exact: cvg_cst|exact: exprn_continuous].
have := @ge0_integral_increasing R _ _ (@is_derive1_atan R) cg (fun n => - n%:R) (fun n => n%:R) F.
rewrite bigcup_itvT => H.
transitivity (\int[mu]_(y in \bigcup_n `](atan (- n%:R))%R, (atan n%:R)%R]%classic) F y)%E; last first.
  apply: H => //.
  - by move=> n; rewrite lerNl (le_trans _ (ler0n R n))// lerNl oppr0.
  - move=> k n kn; apply/subsetPset => x /=; rewrite !in_itv/= => /andP[kx xk].
    have kn' : k%:R <= n%:R :> R by rewrite ler_nat.
    by rewrite (le_trans xk)// andbT (le_lt_trans _ kx)// lerN2.
  - by move=> n x y _ _; exact: lt_atan.
  - by move=> n x _; rewrite invr_ge0 addr_ge0// sqr_ge0.
congr (integral _ _ _); apply/seteqP; split=> [x|x [n _]] /=; rewrite !in_itv/=.
  move=> xI; have xI' : x \in `](- (pi / 2)), (pi / 2)[ by rewrite in_itv.
  have [n xb] : exists n, `|tan x| < n%:R by exists (Num.bound `|tan x|); exact: archi_boundP.
  move: xb; rewrite ltr_norml => /andP[l u]; exists n => //=; rewrite in_itv /=.
  by have := lt_atan l; have /ltW := lt_atan u; rewrite tanK// => -> ->.
by move=> /andP[l u]; rewrite (lt_trans _ l) ?atan_gtNpi2//= (le_lt_trans u)// atan_ltpi2.
Qed.

Theorem ge0_integral_even_part F : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_x F x = \int[mu]_(x in `]0%R, +oo[) (F x + F (- x)%R))%E.
Proof.
move=> mF F0; pose A : set (measurableTypeR R) := `]0%R, +oo[%classic.
pose B : set (measurableTypeR R) := `]-oo, 0%R[%classic.
have mA : measurable A by exact: measurable_itv.
have mB : measurable B by exact: measurable_itv.
have mFN : measurable_fun setT (fun x : measurableTypeR R => F (- x)).
  by apply: measurableT_comp mF _; exact: oppr_measurable.
have neg : (\int[mu]_(x in B) F x = \int[mu]_(x in A) F (- x)%R)%E.
  rewrite integral_mkcond [RHS]integral_mkcond -ge0_integral_opp.
  - apply: (@eq_integral _ (measurableTypeR R) R mu) => x _.
    have e : (- x \in B) = (x \in A).
      by apply/idP/idP; rewrite !inE /A /B /= !in_itv/= andbT oppr_lt0.
    by rewrite !patchE e.
  - by apply/(measurable_restrictT _ _).1 => //; exact: measurable_funTS.
  - by move=> x; rewrite patchE; case: ifPn.
have mu0 : mu [set 0] = 0%E by exact: lebesgue_measure_set1.
rewrite (ge0_negligible_integral _ _ _ _ mu0)//.
have -> : [set: measurableTypeR R] `\` [set 0] = A `|` B.
  apply/seteqP; split=> x; rewrite /A /B /= !in_itv/= andbT.
    by move=> [_ /eqP x0]; have [||] := ltgtP x 0; [right|left|move=> e; rewrite e eqxx in x0].
  by move=> [x0|x0]; split=> // e; rewrite e ltxx in x0.
rewrite ge0_integral_setU//; last 2 first.
- exact: measurable_funTS.
- apply/disj_setPS => x []; rewrite /A /B /= !in_itv/= andbT => x0 x0'.
  by have := lt_trans x0 x0'; rewrite ltxx.
by rewrite neg ge0_integralD//; exact: measurable_funTS.
Qed.

End radial.
