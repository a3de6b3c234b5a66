(* Increasing substitution in a Lebesgue integral, for every measurable F >= 0.

     int_{]g(a), g(b)]} F(y) dy = int_{]a, b]} F(g(x)) g'(x) dx

   for g with a continuous derivative g' on R, increasing on [a, b], g' >= 0 there; then the same for the union of an
   increasing sequence of such intervals. Both sides are measures of F; they agree on intervals (fundamental theorem of
   calculus), hence everywhere. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals real_interval interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure numfun.
From mathcomp Require Import lebesgue_stieltjes_measure.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral ftc.
From LoraPrivacy Require Import DifferentialPrivacy DensityIntegral.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(* The integral over an increasing union is the limit. *)
Lemma ge0_integral_increasing_union d (T : measurableType d) (R : realType) (m : {measure set T -> \bar R})
    (E : (set T)^nat) (F : T -> \bar R) :
  (forall n, measurable (E n)) -> nondecreasing_seq E ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[m]_(x in \bigcup_n E n) F x = limn (fun n => \int[m]_(x in E n) F x))%E.
Proof.
move=> mE ndE mF F0.
rewrite integral_mkcond; under [in RHS]eq_fun do rewrite integral_mkcond.
rewrite -monotone_convergence//.
- apply: eq_integral => x _; apply/esym/cvg_lim => //; rewrite patchE; case: ifPn.
    rewrite inE => -[n _ Enx]; apply: cvg_near_cst; near=> k.
    rewrite patchE mem_set//; have nk : (n <= k)%N by near: k; exact: nbhs_infty_ge.
    by have /subsetPset := ndE _ _ nk; apply.
  move=> /negP nEx; apply: cvg_near_cst; apply: nearW => k.
  rewrite patchE memNset// => Ekx; apply: nEx; rewrite inE; by exists k.
- by move=> n; apply/(measurable_restrictT _ _).1 => //; exact: measurable_funTS.
- by move=> n x _; rewrite patchE; case: ifPn.
- move=> x _ k n kn; rewrite !patchE; case: ifPn => [|_]; last by case: ifPn.
  by rewrite inE => Ekx; rewrite mem_set//; have /subsetPset := ndE _ _ kn; apply.
Unshelve. all: by end_near. Qed.

Section segment.
Context (R : realType).
Notation mu := (@lebesgue_measure R).
Variables (g g' : R -> R).
Hypothesis dg : forall x : R, is_derive x 1 g (g' x).
Hypothesis cg' : continuous g'.

Lemma substitution_continuous : continuous g.
Proof. by move=> x; apply: differentiable_continuous; apply/derivable1_diffP; have [] := dg x. Qed.

Lemma substitution_measurable : measurable_fun setT g.
Proof. by apply: continuous_measurable_fun; exact: substitution_continuous. Qed.

Lemma derivative_measurable : measurable_fun setT g'.
Proof. by apply: continuous_measurable_fun; exact: cg'. Qed.

Lemma integral_derivative (a b : R) : a <= b ->
  (\int[mu]_(x in `]a, b]) (g' x)%:E = (g b - g a)%:E)%E.
Proof.
rewrite le_eqVlt => /orP[/eqP <-|ab].
  by rewrite set_itvoc0 integral_set0 subrr.
rewrite integral_itv_obnd_cbnd; last by apply: measurable_funTS; exact: derivative_measurable.
rewrite (@continuous_FTC2 _ _ g)// ?EFinB//.
- exact: continuous_subspaceT.
- split; first by move=> x _; have [] := dg x.
    by apply: cvg_at_right_filter; exact: substitution_continuous.
  by apply: cvg_at_left_filter; exact: substitution_continuous.
- by move=> x _; rewrite derive1E; have [_ ->] := dg x.
Qed.

Section increasing.
Variables (a b : R).
Hypothesis ab : a <= b.
Hypothesis incr : {in `[a, b] &, {homo g : x y / x < y}}.
Hypothesis g'0 : forall x, x \in `[a, b] -> 0 <= g' x.

Let le_mono : {in `[a, b] &, {mono g : x y / x <= y}}.
Proof. exact: le_mono_in. Qed.

(* g' on ]a, b], zero elsewhere. *)
Let f (x : R) : R := (g' \_ `]a, b]%classic) x.

Let mf : measurable_fun setT (f : measurableTypeR R -> R).
Proof.
by apply/(measurable_restrictT _ _).1 => //; by apply: measurable_funTS; exact: derivative_measurable.
Qed.

Let f0 x : 0 <= f x.
Proof.
rewrite /f patchE; case: ifPn => //; rewrite inE /= in_itv /= => /andP[ax xb].
by rewrite g'0// in_itv /= ltW.
Qed.

Let mg : measurable_fun setT (g : measurableTypeR R -> measurableTypeR R).
Proof. exact: substitution_measurable. Qed.

Let gab : `]g a, g b]%classic = g @` `]a, b]%classic.
Proof.
have aI : a \in `[a, b] by rewrite in_itv /= lexx.
have bI : b \in `[a, b] by rewrite in_itv /= lexx ab.
apply/seteqP; split=> [y /=|_ [x /= xab <-]]; last first.
  move: xab; rewrite !in_itv/= => /andP[ax xb].
  have xI : x \in `[a, b] by rewrite in_itv /= ltW.
  by rewrite (incr aI xI ax) (le_mono xI bI) xb.
rewrite in_itv/= => /andP[gay ygb].
have gab : g a <= g b by rewrite le_mono.
have [||x xI gx] := @IVT R g a b y ab.
- by apply: continuous_subspaceT; exact: substitution_continuous.
- by rewrite min_l// max_r// (ltW gay) ygb.
exists x => //; move: xI; rewrite !in_itv/= => /andP[ax xb]; rewrite xb andbT.
by rewrite lt_neqAle ax andbT; apply/eqP => ax'; rewrite -gx -ax' ltxx in gay.
Qed.

Let image_length c d :
  (mu (`]c, d] `&` `]g a, g b]) = \int[mu]_(x in g @^-1` `]c, d]) (f x)%:E)%E.
Proof.
transitivity (\int[mu]_(x in g @^-1` `]c, d] `&` `]a, b]) (g' x)%:E)%E; last first.
  by rewrite integral_mkcondr; apply: eq_integral => x _; rewrite /f !patchE; case: ifPn.
have aI : a \in `[a, b] by rewrite in_itv /= lexx.
have bI : b \in `[a, b] by rewrite in_itv /= lexx ab.
pose c' := maxr c (g a); pose d' := minr d (g b).
have -> : `]c, d] `&` `]g a, g b] = `]c', d']%classic :> set R.
  apply/seteqP; split=> x /=; rewrite !in_itv/= gt_max le_min.
    by move=> [/andP[-> ->] /andP[-> ->]].
  by move=> /andP[/andP[-> ->] /andP[-> ->]].
have [cd|dc] := ltP c' d'; last first.
  rewrite set_itv_ge ?bnd_simp -?leNgt// measure0 (_ : _ `&` _ = set0) ?integral_set0//.
  apply/seteqP; split=> // x [/=]; rewrite in_itv /= => /andP[cx xd] xab.
  have : `]g a, g b]%classic (g x) by rewrite gab; exists x.
  rewrite /= in_itv /= => /andP[ax xb].
  have : c' < d' by rewrite (@lt_le_trans _ _ (g x))// ?gt_max ?le_min ?cx ?ax ?xd ?xb.
  by rewrite ltNge dc.
have gab' : g a <= g b by rewrite le_mono.
have ivt y : g a <= y <= g b -> exists2 x, x \in `[a, b] & g x = y.
  move=> yab; apply: IVT => //; last by rewrite min_l// max_r.
  by apply: continuous_subspaceT; exact: substitution_continuous.
have [|u uI gu] := ivt c'.
  by rewrite le_max lexx orbT /= (le_trans (ltW cd))// ge_min lexx orbT.
have [|v vI gv] := ivt d'.
  by rewrite ge_min lexx orbT andbT (le_trans _ (ltW cd))// le_max lexx orbT.
have uv : u < v.
  by rewrite ltNge -(le_mono vI uI) gu gv -ltNge.
have -> : g @^-1` `]c, d] `&` `]a, b] = `]u, v]%classic :> set R.
  have lt_mono : {in `[a, b] &, {mono g : x y / x < y}} by exact: leW_mono_in.
  apply/seteqP; split=> x.
    move=> [/=]; rewrite in_itv /= => /andP[cx xd] xab.
    have : `]g a, g b]%classic (g x) by rewrite gab; exists x.
    have xI : x \in `[a, b] by move: xab; rewrite !in_itv/= => /andP[/ltW -> ->].
    rewrite /= in_itv /= => /andP[ax xb]; rewrite in_itv/=.
    by rewrite -(lt_mono _ _ uI xI) -(le_mono xI vI) gu gv gt_max le_min cx xd ax xb.
  rewrite /= !in_itv/= => /andP[ux xv].
  have au : a <= u by move: uI; rewrite in_itv /= => /andP[].
  have vb : v <= b by move: vI; rewrite in_itv /= => /andP[].
  have ax := le_lt_trans au ux; have xb := le_trans xv vb.
  have xI : x \in `[a, b] by rewrite in_itv /= ltW.
  move: ux xv; rewrite ax xb -(lt_mono _ _ uI xI) -(le_mono xI vI) gu gv gt_max le_min.
  by move=> /andP[-> _] /andP[-> _].
rewrite integral_derivative ?ltW// gu gv lebesgue_measure_itv /= lte_fin cd EFinB //.
Qed.

Theorem ge0_integral_increasing_segment (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_(y in `]g a, g b]) F y = \int[mu]_(x in `]a, b]) (F (g x) * (g' x)%:E))%E.
Proof.
move=> mF F0; pose J : set (measurableTypeR R) := `]g a, g b]%classic.
have mJ : measurable J by exact: measurable_itv.
have m1J : measurable_fun setT (\1_J : measurableTypeR R -> R) by exact: measurable_indic.
have J0 x : 0 <= \1_J x :> R by [].
pose m1 := density_measure mu m1J J0.
have m1E A : measurable A -> m1 A = mu (A `&` J).
  by move=> mA; rewrite /m1 density_measureE integral_indic// setIC.
pose m2 : {measure set (measurableTypeR R) -> \bar R} := pushforward (density_measure mu mf f0) mg.
have E A : measurable A -> m1 A = m2 A.
  pose g_ (k : nat) : set (measurableTypeR R) := `](- k%:R : R), (k%:R : R)]%classic.
  refine (@measure_unique _ R (measurableTypeR R) (@ocitv R) g_ _ _ _ _ m1 m2 _ _ A) => //.
  - exact: ocitvI.
  - by move=> k; exact: is_ocitv.
  - exact: bigcup_itvT.
  - by move=> _ [[c d] _ <-]; rewrite m1E ?image_length//; exact: measurable_itv.
  - move=> k; rewrite m1E; last exact: measurable_itv.
    rewrite (@le_lt_trans _ _ (mu J))//.
      by apply: le_measure; rewrite ?inE//; apply: measurableI => //; exact: measurable_itv.
    by rewrite lebesgue_measure_itv /=; case: ifP => //; rewrite -EFinB ltry.
transitivity (\int[m1]_y F y)%E.
  rewrite (ge0_integral_density (density_measure_has_density mu m1J J0))//.
  rewrite [LHS]integral_mkcond.
  apply: (@eq_integral _ (measurableTypeR R) R mu) => x _.
  by rewrite patchE indicE; case: ifPn => _; rewrite ?mule1 ?mule0.
rewrite (eq_measure_integral m2); last by move=> A mA _; exact: E.
rewrite ge0_integral_pushforward// (ge0_integral_density (density_measure_has_density mu mf f0)).
- rewrite [RHS]integral_mkcond; apply: eq_integral => x _ /=.
  by rewrite /f !patchE; case: ifPn; rewrite ?mule0.
- exact: measurableT_comp.
- by move=> x /=.
Qed.

End increasing.

Theorem ge0_integral_increasing (a b : nat -> R) (F : R -> \bar R) :
  (forall n, a n <= b n) -> nondecreasing_seq (fun n => `]a n, b n]%classic) ->
  (forall n, {in `[a n, b n] &, {homo g : x y / x < y}}) ->
  (forall n x, x \in `[a n, b n] -> 0 <= g' x) ->
  measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[mu]_(y in \bigcup_n `]g (a n), g (b n)]%classic) F y =
   \int[mu]_(x in \bigcup_n `]a n, b n]%classic) (F (g x) * (g' x)%:E))%E.
Proof.
move=> ab nd incr g'0 mF F0.
pose H (x : measurableTypeR R) := (F (g x) * `|g' x|%:E)%E.
have mH : measurable_fun setT H.
  apply: emeasurable_funM; first by apply: measurableT_comp mF _; exact: substitution_measurable.
  apply/measurable_EFinP; apply: measurableT_comp; first exact: measurable_normr.
  exact: derivative_measurable.
have H0 x : (0 <= H x)%E by rewrite /H mule_ge0.
have HE n x : x \in `]a n, b n]%classic -> (F (g x) * (g' x)%:E = H x)%E.
  rewrite inE /= in_itv /= => /andP[ax xb]; rewrite /H ger0_norm// (g'0 n)//.
  by rewrite in_itv /= ltW.
have ndg : nondecreasing_seq (fun n => `]g (a n), g (b n)]%classic : set (measurableTypeR R)).
  move=> k n kn; apply/subsetPset => y /=; rewrite !in_itv/= => /andP[ay yb].
  have [e|lt] := eqVneq (a k) (b k); first by move: (lt_le_trans ay yb); rewrite e ltxx.
  have {}lt : a k < b k by rewrite lt_neqAle lt ab.
  have /subsetPset sub := nd _ _ kn.
  have mono := le_mono_in (incr n).
  have bI : b k \in `](a n), (b n)] by apply: sub; rewrite /= in_itv /= lexx lt.
  have bI' : b k \in `[(a n), (b n)] by move: bI; rewrite !in_itv/= => /andP[/ltW -> ->].
  have aI : a n <= a k.
    rewrite leNgt; apply/negP => ak.
    have : `]a n, b n]%classic (minr (a n) (b k)).
      by apply: sub; rewrite /= in_itv /= lt_min ak lt ge_min lexx orbT.
    by rewrite /= in_itv /= lt_min ltxx.
  have aI' : a k \in `[(a n), (b n)].
    by move: bI; rewrite !in_itv/= aI => /andP[_ bb]; rewrite (le_trans (ab k)).
  have anI : a n \in `[(a n), (b n)] by rewrite in_itv /= lexx ab.
  have bnI : b n \in `[(a n), (b n)] by rewrite in_itv /= lexx ab.
  have ga : g (a n) <= g (a k) by rewrite mono.
  have gb : g (b k) <= g (b n) by rewrite mono//; move: bI'; rewrite in_itv /= => /andP[].
  by rewrite (le_lt_trans ga)//= (le_trans yb).
transitivity (\int[mu]_(x in \bigcup_n `]a n, b n]%classic) H x)%E; last first.
  by apply: eq_integral => x; rewrite inE => -[n _ xn]; rewrite (HE n)// inE.
pose E (n : nat) : set (measurableTypeR R) := `]a n, b n]%classic.
apply: (@eq_trans _ _ (limn (fun n => \int[mu]_(x in E n) H x)%E)); last first.
  by apply/esym; apply: ge0_integral_increasing_union => // n; exact: measurable_itv.
rewrite (ge0_integral_increasing_union _ _ ndg)//.
congr (limn _); apply/funext => n.
rewrite (ge0_integral_increasing_segment (ab n) (incr n) (g'0 n))//.
by apply: eq_integral => x; exact: HE.
Qed.

End segment.
