(* S27, items 2 and 3: laws on a grid that bound a law from above and from below.

     grid_law n l w w_oo: mass w k at the loss l k, k < n, and w_oo at +oo; its nodes are t = exp(l k);
     grid_curve: its curve, linear between neighbouring nodes, and w_oo after the last one.

   Above (connect the dots): a law whose curve is at most that of grid_law at every node and at 0 is dominated by grid_law.
   Below: a cell [a, b] lies between two neighbouring nodes, or between 0 and the first. With c = the chord of the curve h over the cell less
   h at sqrt(a b), a node of the grid that can be seen, no chord is further above h than s = (1 + sqrt(b/a)) c. So grid_law is dominated
   where in every cell its curve is at most h - s at both ends, or at most some line below h at both ends, and w_oo is at most the law's mass
   at +oo. Both hold of any finite grid, its nodes in any order, and of every second node of a finer one; and both are kept by composition
   of any length (LossComposition.v). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure exp numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import LossComposition.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

(* Neighbours in a finite set of positive numbers. *)
Section neighbours.
Context (R : realType).
Implicit Types (s : seq R) (t : R).

Lemma largest_below s t : 0 <= t ->
  exists a, [/\ a = 0 \/ a \in s, 0 <= a, a <= t & forall x, x \in s -> x <= t -> x <= a].
Proof.
move=> t0; elim: s => [|y s [a [as_ a0 at_ ub]]]; first by exists 0; split; [left|..].
have [yt|yt] := leP y t; last first.
  exists a; split=> // [|x]; first by case: as_ => [|as_]; [left|right; rewrite in_cons as_ orbT].
  by rewrite in_cons => /orP[/eqP ->|/ub//]; rewrite leNgt yt.
have [ya|ay] := leP y a.
  exists a; split=> // [|x]; first by case: as_ => [|as_]; [left|right; rewrite in_cons as_ orbT].
  by rewrite in_cons => /orP[/eqP ->|/ub//].
exists y; split=> // [||x]; [by right; rewrite mem_head|exact: le_trans a0 (ltW ay)|].
by rewrite in_cons => /orP[/eqP ->|xs xt]//; exact: le_trans (ub _ xs xt) (ltW ay).
Qed.

Lemma smallest_above s t : (forall x, x \in s -> x < t) \/
  exists b, [/\ b \in s, t <= b & forall x, x \in s -> t <= x -> b <= x].
Proof.
elim: s => [|y s ih]; first by left.
have [ty|yt] := leP t y; last first.
  case: ih => [ih|[b [bs tb lb]]]; first by left=> x; rewrite in_cons => /orP[/eqP ->|/ih].
  right; exists b; split=> // [|x]; first by rewrite in_cons bs orbT.
  by rewrite in_cons => /orP[/eqP ->|/lb//]; rewrite leNgt yt.
right; case: ih => [ih|[b [bs tb lb]]].
  exists y; split=> [|//|x]; first exact: mem_head.
  by rewrite in_cons => /orP[/eqP -> //|/ih xt tx]; rewrite (lt_geF xt) in tx.
have [yb|yb] := leP y b.
  exists y; split=> [|//|x]; first exact: mem_head.
  by rewrite in_cons => /orP[/eqP ->|xs tx]//; exact: le_trans yb (lb _ xs tx).
exists b; split=> // [|x]; first by rewrite in_cons bs orbT.
by rewrite in_cons => /orP[/eqP -> _|/lb//]; exact: ltW.
Qed.

End neighbours.

(* Convex functions on t >= 0. *)
Section convex.
Context (R : realType) (h : R -> R).

Definition convex_curve : Prop := forall a b u, 0 <= a -> 0 <= b -> 0 <= u <= 1 ->
  h ((1 - u) * a + u * b) <= (1 - u) * h a + u * h b.

Hypothesis convex_h : convex_curve.

(* The chord over [a, b] less the curve at sqrt(a b). *)
Definition middle_gap (a b : R) : R :=
  (Num.sqrt (b / a) * h a + h b) / (1 + Num.sqrt (b / a)) - h (Num.sqrt (a * b)).

(* How far a chord can be above the curve. *)
Definition largest_gap (a b : R) : R := (1 + Num.sqrt (b / a)) * middle_gap a b.

Lemma chord_gap a b u : 0 < a -> a <= b -> 0 <= u <= 1 ->
  (1 - u) * h a + u * h b - h ((1 - u) * a + u * b) <= largest_gap a b.
Proof.
move=> a0 ab /andP[u0 u1]; rewrite /largest_gap /middle_gap.
set r := Num.sqrt (b / a); have r1 : 1 <= r by rewrite -[leLHS]sqrtr1 ler_wsqrtr// ler_pdivlMr// mul1r.
have bE : b = a * r ^+ 2.
  by rewrite sqr_sqrtr ?divr_ge0 ?(le_trans (ltW a0) ab) ?(ltW a0)// mulrC divfK// gt_eqF.
have mE : Num.sqrt (a * b) = a * r.
  by rewrite bE mulrA -expr2 -exprMn sqrtr_sqr ger0_norm// mulr_ge0 ?(ltW a0)// (le_trans ler01).
rewrite mE; pose f := (1 + r)^-1; have rp : 0 < 1 + r by rewrite addr_gt0// (lt_le_trans ltr01).
have f0 : 0 < f by rewrite invr_gt0.
have fr : f * (1 + r) = 1 by rewrite mulVf// gt_eqF.
have f1 : f <= 2^-1 by rewrite lef_pV2 ?posrE// lerD2l.
have mid : a * r = (1 - f) * a + f * b.
  have : (1 + r) * (a * r) = (1 + r) * ((1 - f) * a + f * b).
    by rewrite bE; transitivity ((1 + r - f * (1 + r)) * a + f * (1 + r) * (a * r ^+ 2)); [rewrite fr|]; ring.
  by move/(mulfI (lt0r_neq0 rp)).
set t := (1 - u) * a + u * b; set C := (1 - u) * h a + u * h b.
have chordE : (r * h a + h b) / (1 + r) = (1 - f) * h a + f * h b.
  by rewrite -/f mulrDl [r * _ * f]mulrAC [h b * f]mulrC; congr (_ * _ + _); lra.
rewrite chordE; set M := (1 - f) * h a + f * h b - h (a * r).
suff H : f * (C - h t) <= M.
  have -> : C - h t = (1 + r) * (f * (C - h t)) by rewrite mulrA [(1 + r) * f]mulrC fr mul1r.
  by rewrite ler_pM2l.
have b0 : 0 <= b by rewrite (le_trans (ltW a0)).
have t0 : 0 <= t by rewrite addr_ge0// mulr_ge0// ?subr_ge0// ltW.
have D0 : 0 <= C - h t by rewrite subr_ge0; apply: convex_h => //; [exact: ltW|rewrite u0].
rewrite /M mid; have [fu|uf] := leP f u.
  (* sqrt(a b) between a and t. *)
  have u_gt0 : 0 < u by exact: lt_le_trans f0 fu.
  pose v := f / u; have vu : v * u = f by rewrite divfK// gt_eqF.
  have v01 : 0 <= v <= 1 by rewrite divr_ge0 ?(ltW f0)//= ler_pdivrMr ?mul1r.
  have := convex_h (ltW a0) t0 v01.
  have -> : (1 - v) * a + v * t = (1 - f) * a + f * b by rewrite -vu /t; ring.
  have fv : f <= v by rewrite -vu ler_piMr//; case/andP: v01.
  have : f * (C - h t) <= v * (C - h t) by rewrite ler_wpM2r.
  have -> : (1 - f) * h a + f * h b = (1 - v) * h a + v * C by rewrite -vu /C; ring.
  by lra.
(* sqrt(a b) between t and b. *)
have u_lt1 : u < 1 by rewrite (lt_le_trans uf)// (le_trans f1)//; lra.
have pu : 0 < 1 - u by rewrite subr_gt0.
pose v := (f - u) / (1 - u); have vu : v * (1 - u) = f - u by rewrite divfK// gt_eqF.
have v01 : 0 <= v <= 1.
  by rewrite divr_ge0 ?subr_ge0 ?(ltW uf) ?(ltW u_lt1)//= ler_pdivrMr ?mul1r//; lra.
have := convex_h t0 b0 v01.
have -> : (1 - v) * t + v * b = (1 - f) * a + f * b.
  rewrite /t (_ : f = u + v * (1 - u)); last by rewrite vu; ring.
  by ring.
have fv : f <= 1 - v.
  have : (1 - v) * (1 - u) = 1 - f by rewrite mulrBl vu; ring.
  by case/andP: v01 => v0 _; nra.
have : f * (C - h t) <= (1 - v) * (C - h t) by rewrite ler_wpM2r.
have -> : (1 - f) * h a + f * h b = (1 - v) * C + v * h b.
  rewrite /C (_ : f = u + v * (1 - u)); last by rewrite vu; ring.
  by ring.
by lra.
Qed.

End convex.

Section grid.
Context (R : realType) (n : nat) (l : nat -> R) (w : nat -> {nonneg R}) (w_oo : {nonneg R}).

Let atom k : {measure set R -> \bar R} := mscale (w k) (\d_(l k) : {measure set R -> \bar R}).

Definition grid_losses : set R -> \bar R := msum atom n.

HB.instance Definition _ := Measure.on grid_losses.

Let grid_losses_finite : fin_num_fun grid_losses.
Proof.
apply: lty_fin_num_fun; rewrite [X in (X < _)%E](_ : _ = (\sum_(k < n) (w k)%:num)%:E) ?ltry//.
by rewrite -sumEFin; apply: eq_bigr => k _; rewrite /atom /= /mscale /= diracE in_setT mule1.
Qed.

HB.instance Definition _ := @Measure_isFinite.Build _ _ _ grid_losses grid_losses_finite.

Definition grid_law : loss_law R := LossLaw grid_losses w_oo.

Definition grid_curve (t : R) : R := \sum_(k < n) (w k)%:num * gain t (l k) + w_oo%:num.

Definition nodes : seq R := [seq expR (l k) | k <- iota 0 n].

Let measurable_gain t : measurable_fun setT (fun x : R => (gain t x)%:E).
Proof.
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
by apply: measurable_funM => //; apply: measurableT_comp; first exact: measurable_expR.
Qed.

Let gain_ge0 (t x : R) : 0 <= gain t x. Proof. by rewrite le_max lexx orbT. Qed.

Theorem S27_grid_curve t : loss_curve grid_law t = (grid_curve t)%:E.
Proof.
rewrite /loss_curve /grid_curve EFinD /=; congr (_ + _)%E.
rewrite ge0_integral_measure_sum//; last by move=> x _; rewrite lee_fin.
rewrite -sumEFin; apply: eq_bigr => k _.
rewrite ge0_integral_mscale//; last by move=> x _; rewrite lee_fin.
by rewrite integral_dirac// diracE in_setT mul1e EFinM.
Qed.

(* No node strictly between a and b. *)
Definition neighbouring (a b : R) : Prop := forall x, x \in nodes -> x <= a \/ b <= x.

Let node k : (k < n)%N -> expR (l k) \in nodes.
Proof. by move=> kn; apply/mapP; exists k; rewrite ?mem_iota. Qed.

Lemma nodes_gt0 x : x \in nodes -> 0 < x.
Proof. by move=> /mapP[k _ ->]; exact: expR_gt0. Qed.

Let gain_affine a b u k : (k < n)%N -> a <= b -> 0 <= u <= 1 -> neighbouring a b ->
  gain ((1 - u) * a + u * b) (l k) = (1 - u) * gain a (l k) + u * gain b (l k).
Proof.
move=> kn ab /andP[u0 u1] /(_ _ (node kn)); rewrite /gain; set c := expR (- l k).
have ec : expR (l k) * c = 1 by rewrite /c -expRD subrr expR0.
have c0 : 0 < c by exact: expR_gt0.
have ac : a * c <= b * c by rewrite ler_pM2r.
have um (x : R) : 0 <= x -> 0 <= u * x by move=> ?; exact: mulr_ge0.
have um' (x : R) : 0 <= x -> 0 <= (1 - u) * x by move=> ?; rewrite mulr_ge0// subr_ge0.
case=> [ea|be].
  have a1 : 1 <= a * c by rewrite -ec ler_pM2r.
  have h1 := um (b * c - a * c); have h2 : 1 <= ((1 - u) * a + u * b) * c by move: h1; rewrite subr_ge0 => /(_ ac); lra.
  by rewrite !max_r ?subr_le0// ?(le_trans a1)// !mulr0 addr0.
have b1 : b * c <= 1 by rewrite -ec ler_pM2r.
have h1 := um' (b * c - a * c); have h2 : ((1 - u) * a + u * b) * c <= 1 by move: h1; rewrite subr_ge0 => /(_ ac); lra.
by rewrite !max_l ?subr_ge0// ?(le_trans ac)//; ring.
Qed.

Lemma grid_curve_affine a b u : a <= b -> 0 <= u <= 1 -> neighbouring a b ->
  grid_curve ((1 - u) * a + u * b) = (1 - u) * grid_curve a + u * grid_curve b.
Proof.
move=> ab u01 nb; rewrite /grid_curve.
under eq_bigr => k _ do rewrite (gain_affine (ltn_ord k) ab u01 nb).
rewrite (eq_bigr (fun k : 'I_n => (1 - u) * ((w k)%:num * gain a (l k)) + u * ((w k)%:num * gain b (l k)))).
  by rewrite big_split /= -!mulr_sumr; ring.
by move=> k _; ring.
Qed.

Lemma grid_curve_last a : (forall x, x \in nodes -> x <= a) -> grid_curve a = w_oo%:num.
Proof.
move=> h; rewrite /grid_curve big1 ?add0r// => k _.
rewrite /gain max_r ?mulr0// subr_le0 -(expR0 R) -(subrr (l k)) expRD ler_pM2r ?expR_gt0//.
exact: h (node (ltn_ord k)).
Qed.

(* Where a number is: in a cell, or after the last node. *)
Lemma in_cell t : 0 <= t ->
  exists a, [/\ a = 0 \/ a \in nodes, 0 <= a, a <= t &
    (forall x, x \in nodes -> x <= a) \/
    exists b, [/\ b \in nodes, t <= b & neighbouring a b]].
Proof.
move=> t0; have [a [ain a0 at_ ub]] := largest_below nodes t0; exists a; split=> //.
have [all_below|[b [bin tb lb]]] := smallest_above nodes t.
  by left=> x xs; apply: ub => //; exact/ltW/all_below.
right; exists b; split=> // x xs; have [xt|tx] := leP x t; first by left; exact: ub.
by right; apply: lb => //; exact: ltW.
Qed.

Let on_cell a b t : a <= t -> t <= b -> exists2 u : R, 0 <= u <= 1 & t = (1 - u) * a + u * b.
Proof.
move=> at_ tb; have [e|ne] := eqVneq a b.
  by exists 0; rewrite ?lexx ?ler01// subr0 mul1r mul0r addr0; apply/eqP; rewrite eq_le at_ e tb.
have ab : 0 < b - a by rewrite subr_gt0 lt_neqAle ne (le_trans at_).
exists ((t - a) / (b - a)).
  by rewrite divr_ge0 ?subr_ge0 ?(ltW ab)//= ?(le_trans at_)// ler_pdivrMr// mul1r lerD2r.
have : (t - a) / (b - a) * (b - a) = t - a by rewrite divfK// gt_eqF.
by set u := _ / _; nra.
Qed.

Theorem dots_above (h : R -> R) : convex_curve h -> (forall a b, 0 <= a -> a <= b -> h b <= h a) ->
  h 0 <= grid_curve 0 -> (forall x, x \in nodes -> h x <= grid_curve x) ->
  forall t, 0 <= t -> h t <= grid_curve t.
Proof.
move=> convex falls at0 atx t t0; have [a [ain a0 at_ cell]] := in_cell t0.
have ha : h a <= grid_curve a by case: ain => [->//|]; exact: atx.
case: cell => [after|[b [bin tb nb]]].
  rewrite (le_trans (falls a t a0 at_))// (le_trans ha)// grid_curve_last// grid_curve_last//.
  by move=> x xs; exact: le_trans (after x xs) at_.
have [u u01 ->] := on_cell at_ tb; rewrite grid_curve_affine ?(le_trans at_)//.
rewrite (le_trans (convex a b u a0 (ltW (nodes_gt0 bin)) u01))// lerD//.
  by rewrite ler_wpM2l// subr_ge0; case/andP: u01.
by rewrite ler_wpM2l ?atx//; case/andP: u01.
Qed.

(* At both ends of the cell at most the curve less the largest gap, or at most a line below the curve. *)
Definition below_on_cell (h : R -> R) (a b : R) : Prop :=
  [/\ 0 < a, grid_curve a <= h a - largest_gap h a b & grid_curve b <= h b - largest_gap h a b] \/
  exists x y, [/\ forall t, a <= t <= b -> x + y * t <= h t, grid_curve a <= x + y * a & grid_curve b <= x + y * b].

Theorem dots_below (h : R -> R) : convex_curve h -> (forall t, 0 <= t -> w_oo%:num <= h t) ->
  (forall a b, (a = 0 \/ a \in nodes) -> b \in nodes -> a <= b -> neighbouring a b -> below_on_cell h a b) ->
  forall t, 0 <= t -> grid_curve t <= h t.
Proof.
move=> convex floor cells t t0; have [a [ain a0 at_ cell]] := in_cell t0.
case: cell => [after|[b [bin tb nb]]].
  by rewrite grid_curve_last ?floor// => x xs; exact: le_trans (after x xs) at_.
have ab := le_trans at_ tb; have [u u01 e] := on_cell at_ tb.
have [u0 u1] := andP u01; have u1' : 0 <= 1 - u by rewrite subr_ge0.
rewrite e grid_curve_affine//; case: (cells a b ain bin ab nb) => [[a_gt0 ga gb]|[x [y [line ga gb]]]].
  have := chord_gap convex a_gt0 ab u01.
  have := ler_wpM2l u1' ga; have := ler_wpM2l u0 gb; lra.
have := line t; rewrite at_ tb => /(_ isT); rewrite -e; move=> ht.
have := ler_wpM2l u1' ga; have := ler_wpM2l u0 gb; move: ht; rewrite {1}e; lra.
Qed.

End grid.

(* The curve of any law falls and is convex. *)
Section laws.
Context (R : realType).
Implicit Types (p : loss_law R) (a b t u : R).

Let measurable_gain t : measurable_fun setT (fun x : R => (gain t x)%:E).
Proof.
apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB => //.
by apply: measurable_funM => //; apply: measurableT_comp; first exact: measurable_expR.
Qed.

Let gain_ge0 t x : 0 <= gain t x. Proof. by rewrite le_max lexx orbT. Qed.

Let gain_falls a b x : a <= b -> gain b x <= gain a x.
Proof. by move=> ab; rewrite ge_max gain_ge0 andbT le_max lerD2l lerN2 ler_pM2r ?expR_gt0// ab. Qed.

Let gain_convex a b u x : 0 <= u <= 1 -> gain ((1 - u) * a + u * b) x <= (1 - u) * gain a x + u * gain b x.
Proof.
move=> /andP[u0 u1]; have u1' : 0 <= 1 - u by rewrite subr_ge0.
rewrite ge_max addr_ge0 ?mulr_ge0// andbT.
have h t : 1 - t * expR (- x) <= gain t x by rewrite le_max lexx.
have := ler_wpM2l u1' (h a); have := ler_wpM2l u0 (h b); lra.
Qed.

Lemma loss_curve_falls p a b : a <= b -> (loss_curve p b <= loss_curve p a)%E.
Proof.
move=> ab; apply: leeD2r; apply: ge0_le_integral => //; try exact: measurable_gain.
- by move=> x _; rewrite lee_fin.
- by move=> x _; rewrite lee_fin.
- by move=> x _; rewrite lee_fin gain_falls.
Qed.

Lemma loss_curve_fin_num p t : 0 <= t -> loss_curve p t \is a fin_num.
Proof.
move=> t0; rewrite ge0_fin_numE ?loss_curve_ge0//.
by apply: le_lt_trans (loss_curve_falls p t0) _; rewrite loss_curve0 ltry.
Qed.

Definition real_curve p t : R := fine (loss_curve p t).

Lemma real_curveE p t : 0 <= t -> loss_curve p t = (real_curve p t)%:E.
Proof. by move=> t0; rewrite fineK// loss_curve_fin_num. Qed.

Lemma real_curve_falls p a b : 0 <= a -> a <= b -> real_curve p b <= real_curve p a.
Proof. by move=> a0 ab; rewrite -lee_fin -!real_curveE ?loss_curve_falls// (le_trans a0). Qed.

Lemma real_curve_floor p t : 0 <= t -> (infinite_loss p)%:num <= real_curve p t.
Proof.
move=> t0; rewrite -lee_fin -real_curveE// /loss_curve leeDr//.
by apply: integral_ge0 => x _; rewrite lee_fin.
Qed.

Theorem S27_curve_convex p : convex_curve (real_curve p).
Proof.
move=> a b u a0 b0 u01; have [u0 u1] := andP u01; have u1' : 0 <= 1 - u by rewrite subr_ge0.
have t0 : 0 <= (1 - u) * a + u * b by rewrite addr_ge0// mulr_ge0.
pose I t := (\int[finite_losses p]_x (gain t x)%:E)%E.
have IE t : 0 <= t -> I t = (real_curve p t - (infinite_loss p)%:num)%:E.
  by move=> ht; rewrite EFinB -real_curveE// /loss_curve addeK.
have le : (I ((1 - u) * a + u * b)%R <= (1 - u)%R%:E * I a + u%:E * I b)%E.
  rewrite /I -!ge0_integralZl_EFin//; try by move=> x _; rewrite lee_fin.
  rewrite -ge0_integralD//; last first.
  - by apply: measurable_funeM; exact: measurable_gain.
  - by move=> x _; rewrite mule_ge0// lee_fin.
  - by apply: measurable_funeM; exact: measurable_gain.
  - by move=> x _; rewrite mule_ge0// lee_fin.
  apply: ge0_le_integral => //; first by move=> x _; rewrite lee_fin.
  - by move=> x _; rewrite adde_ge0// mule_ge0// lee_fin.
  - by apply: emeasurable_funD; apply: measurable_funeM; exact: measurable_gain.
  - by move=> x _; rewrite -!EFinM -EFinD lee_fin gain_convex.
by move: le; rewrite !IE// -!EFinM -EFinD lee_fin; lra.
Qed.

End laws.

Section domination.
Context (R : realType) (n : nat) (l : nat -> R) (w : nat -> {nonneg R}) (w_oo : {nonneg R}).
Notation grid := (grid_law n l w w_oo).

(* Item 2, for a law whose curve is known, or bounded, at the nodes. *)
Theorem S27_connect_the_dots (p : loss_law R) : (loss_curve p 0 <= loss_curve grid 0)%E ->
  (forall k, (k < n)%N -> (loss_curve p (expR (l k)) <= loss_curve grid (expR (l k)))%E) -> dominated p grid.
Proof.
move=> h0 hk t t0; rewrite S27_grid_curve real_curveE// lee_fin.
apply: dots_above => // [|a b||]; first exact: S27_curve_convex.
- exact: real_curve_falls.
- by rewrite -lee_fin -real_curveE// -S27_grid_curve.
- move=> x /mapP[k]; rewrite mem_iota add0n => /andP[_ kn] ->.
  by rewrite -lee_fin -real_curveE ?expR_ge0// -S27_grid_curve hk.
Qed.

(* Item 3. *)
Theorem S27_lower_law (p : loss_law R) : w_oo%:num <= (infinite_loss p)%:num ->
  (forall a b, (a = 0 \/ a \in nodes n l) -> b \in nodes n l -> a <= b -> neighbouring n l a b ->
     below_on_cell n l w w_oo (real_curve p) a b) -> dominated grid p.
Proof.
move=> w_p cells t t0; rewrite S27_grid_curve real_curveE// lee_fin.
apply: dots_below => // [|s s0]; first exact: S27_curve_convex.
exact: le_trans w_p (real_curve_floor p s0).
Qed.

(* Bounds at the nodes of one step bound any number of steps. *)
Corollary S27_dots_composed (p : loss_law R) T : dominated p grid ->
  dominated (compose_all p (nseq T p)) (compose_all grid (nseq T grid)).
Proof.
move=> pg; apply: S27_composition; rewrite ?size_nseq// => i iT.
by rewrite !nth_nseq iT.
Qed.

End domination.
