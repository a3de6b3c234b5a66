(* S27, item 5: a composition read in a window, and how little lies outside it.

   wrap A N: the point of the window [A, A + N) that differs from l by a multiple of the period N > 0. What circular convolution computes of
   finite measures p, p' is that of their images under wrap, again wrapped, and that is the image of the convolution
   (S27_circular_convolution): c^ of the spec is the image of the composition c. So c <= c^ in the window (S27_window_below), and for a
   weight 0 <= w <= 1
     int w dc <= int w dc^ + the integral of w outside the window,   int w dc^ <= int w dc + c(outside),
   where the first needs no more than a bound of w beyond each end (S27_window_upper, S27_window_lower). By Markov's inequality the mass at or
   beyond B is at most exp (- s B) times the integral of exp (s l), s > 0, and before A the same with s < 0; that integral is multiplied
   when steps are composed (S27_mass_above, S27_mass_below, S27_moment_convolution). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval archimedean.
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

Section window.
Context (R : realType) (A N : R).
Hypothesis N_gt0 : 0 < N.

Definition wrap (x : R) : R := x - N * (Num.floor ((x - A) / N))%:~R.

Definition window : set R := [set x | A <= x < A + N].

Lemma wrap_window x : window (wrap x).
Proof.
rewrite /window /wrap /=; set k := Num.floor _.
have := floor_itv ((x - A) / N); rewrite -/k intrD => /andP[].
by rewrite ler_pdivlMr// ltr_pdivrMr// => h1 h2; apply/andP; split; lra.
Qed.

Lemma wrapDz x (k : int) : wrap (x + N * k%:~R) = wrap x.
Proof.
rewrite /wrap (_ : (x + N * k%:~R - A) / N = (x - A) / N + k%:~R); last by field; rewrite gt_eqF.
by rewrite floorDrz ?intr_int// intrKfloor intrD; ring.
Qed.

Lemma wrap_id x : window x -> wrap x = x.
Proof.
move=> /andP[Ax xB]; rewrite /wrap (_ : Num.floor _ = 0) ?mulr0 ?subr0//.
by apply: floor_def; rewrite /= mulr0z add0r mulr1z ler_pdivlMr// ltr_pdivrMr// mul0r mul1r subr_ge0 Ax /=; lra.
Qed.

Lemma wrapD x y : wrap (wrap x + wrap y) = wrap (x + y).
Proof.
rewrite {2 3}/wrap; set j := Num.floor _; set k := Num.floor _.
rewrite (_ : _ + _ = (x + y) + N * (- (j + k))%:~R); last by rewrite intrN intrD; ring.
exact: wrapDz.
Qed.

Lemma measurable_wrap : measurable_fun setT wrap.
Proof.
apply: measurable_funB => //; apply: measurable_funM => //.
apply: (measurableT_comp (f := fun x : R => (Num.floor x)%:~R : R)).
  apply: (measurability (RGenCInfty.measurableE R)) => //= _ [_ [y ->] <-]; rewrite setTI.
  apply: is_interval_measurable => u v /=; rewrite !in_itv/= !andbT => yu _ z /andP[uz _].
  by rewrite /= in_itv/= andbT (le_trans yu)// ler_int floor_le.
by apply: measurable_funM => //; exact: measurable_funB.
Qed.

Let measurable_window : measurable window.
Proof. by rewrite (_ : window = `[A, (A + N)[%classic)//; apply/seteqP; split=> x; rewrite /= in_itv. Qed.

Section composition.
Variables (p p' : {finite_measure set R -> \bar R}).

Definition wrapped : set R -> \bar R := pushforward p measurable_wrap.

HB.instance Definition _ := Measure.on wrapped.

Let wrapped_finite : fin_num_fun wrapped.
Proof.
have h : (wrapped setT < +oo)%E by rewrite ltey_eq; apply/orP; left; exact: (fin_num_measure p setT measurableT).
exact: (lty_fin_num_fun h).
Qed.

HB.instance Definition _ := @Measure_isFinite.Build _ _ _ wrapped wrapped_finite.

Lemma wrapped_integral (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[wrapped]_x F x = \int[p]_x F (wrap x))%E.
Proof. by move=> mF F0; rewrite ge0_integral_pushforward. Qed.

(* In the window the circle has at least the mass of the line. *)
Theorem S27_window_below (S : set R) : measurable S -> S `<=` window -> (p S <= wrapped S)%E.
Proof.
move=> mS SW; apply: le_measure; rewrite ?inE//.
  by rewrite -[X in measurable X]setTI; exact: measurable_wrap.
by move=> x Sx; rewrite /preimage /= wrap_id//; exact: SW.
Qed.

Variable w : R -> R.
Hypotheses (mw : measurable_fun setT w) (w0 : forall x, 0 <= w x).

Let mwE : measurable_fun setT (EFin \o w). Proof. exact/measurable_EFinP. Qed.

Let split_window (F : R -> \bar R) : measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[p]_x F x = \int[p]_(x in window) F x + \int[p]_(x in ~` window) F x)%E.
Proof.
move=> mF F0; rewrite -ge0_integral_setU ?setUv//; [exact: measurableC|exact/disj_setPCl].
Qed.

Let in_window : (\int[p]_(x in window) (w x)%:E = \int[p]_(x in window) (w (wrap x))%:E)%E.
Proof. by apply: eq_integral => x; rewrite inE => /wrap_id ->. Qed.

Let mwrapE : measurable_fun setT (fun x => (w (wrap x))%:E).
Proof. exact: (measurableT_comp mwE measurable_wrap). Qed.

Theorem S27_window_upper :
  (\int[p]_x (w x)%:E <= \int[wrapped]_x (w x)%:E + \int[p]_(x in ~` window) (w x)%:E)%E.
Proof.
have wE x : (0 <= (w x)%:E :> \bar R)%E by rewrite lee_fin.
rewrite (wrapped_integral mwE wE) (split_window mwE wE) in_window leeD2r//.
by apply: ge0_subset_integral => // x _; rewrite lee_fin.
Qed.

Theorem S27_window_lower : (forall x, w x <= 1) ->
  (\int[wrapped]_x (w x)%:E <= \int[p]_x (w x)%:E + p (~` window))%E.
Proof.
move=> w1; have wE x : (0 <= (w x)%:E :> \bar R)%E by rewrite lee_fin.
have wwE x : (0 <= (w (wrap x))%:E :> \bar R)%E by rewrite lee_fin.
rewrite (wrapped_integral mwE wE) (split_window mwrapE wwE) -in_window; apply: leeD.
  by apply: ge0_subset_integral => // x _; rewrite lee_fin.
have mC := measurableC measurable_window.
rewrite -[leRHS]mul1e -integral_cst//.
by apply: ge0_le_integral => //; try exact: measurable_funTS; move=> x _; rewrite lee_fin.
Qed.

End composition.

(* Circular convolution of the wrapped measures is the wrapped convolution. *)
Theorem S27_circular_convolution (p p' : {finite_measure set R -> \bar R}) (S : set R) : measurable S ->
  wrapped (convolution (wrapped p) (wrapped p')) S = wrapped (convolution p p') S.
Proof.
move=> mS; have mI : measurable_fun setT (fun x : R => (\1_S x : R)%:E).
  by apply/measurable_EFinP; exact: measurable_indic.
have I0 (x : R) : (0 <= (\1_S x : R)%:E)%E by rewrite lee_fin.
have E (q : {finite_measure set R -> \bar R}) : wrapped q S = (\int[q]_x (\1_S (wrap x))%:E)%E.
  by rewrite -(wrapped_integral q mI I0) integral_indic// setIT.
rewrite !E; have mIw : measurable_fun setT (fun x : R => (\1_S (wrap x) : R)%:E).
  exact: (measurableT_comp mI measurable_wrap).
rewrite !convolution_integral//.
have mIw2 : measurable_fun setT (fun z : R * R => (\1_S (wrap (z.1 + z.2)) : R)%:E).
  by apply: (measurableT_comp mIw); exact: measurable_funD.
have inner (l' : R) : (\int[wrapped p]_l (\1_S (wrap (l + l')))%:E = \int[p]_l (\1_S (wrap (wrap l + l')))%:E)%E.
  apply: (@wrapped_integral p (fun l => (\1_S (wrap (l + l')))%:E)) => // .
  exact: (measurableT_comp mIw2 (measurable_pair2 l')).
under eq_integral do rewrite inner.
rewrite (@wrapped_integral p' (fun l' => \int[p]_l (\1_S (wrap (wrap l + l')))%:E)%E).
- apply: eq_integral => l' _; apply: eq_integral => l _.
  by rewrite wrapD.
- have m : measurable_fun setT (fun z : R * R => (\1_S (wrap (wrap z.1 + z.2)) : R)%:E).
    apply: (measurableT_comp mIw); apply: measurable_funD => //.
    exact: (measurableT_comp measurable_wrap measurable_fst).
  exact: (measurable_fun_fubini_tonelli_G (m1 := p) _ m (fun=> I0 _)).
- by move=> l'; apply: integral_ge0.
Qed.

End window.

Section moments.
Context (R : realType).
Implicit Types (p : {finite_measure set R -> \bar R}) (s A B : R).

Definition exponential_moment p s : \bar R := (\int[p]_x (expR (s * x))%:E)%E.

Let measurable_exponential s : measurable_fun setT (fun x : R => (expR (s * x))%:E).
Proof.
by apply/measurable_EFinP; apply: measurableT_comp; [exact: measurable_expR|exact: measurable_funM].
Qed.

Let exponential_ge0 s (x : R) : (0 <= (expR (s * x))%:E :> \bar R)%E.
Proof. by rewrite lee_fin expR_ge0. Qed.

Let markov p s (S : set R) (y : R) : measurable S -> (forall x, S x -> s * y <= s * x) ->
  (p S <= (expR (- (s * y)))%:E * exponential_moment p s)%E.
Proof.
move=> mS h; rewrite -ge0_integralZl_EFin ?expR_ge0//.
apply: (@le_trans _ _ (\int[p]_(x in S) ((expR (- (s * y)))%:E * (expR (s * x))%:E))%E); last first.
  apply: ge0_subset_integral => //; first by apply: measurable_funeM.
  by move=> x _; rewrite mule_ge0// lee_fin expR_ge0.
rewrite -[leLHS]mul1e -integral_cst//; apply: ge0_le_integral => //;
  try by move=> x _; rewrite mule_ge0// lee_fin expR_ge0.
- by apply: measurable_funTS; exact: measurable_funeM.
- move=> x Sx; rewrite -EFinM lee_fin -expRD -[leLHS]expR0 ler_expR addrC subr_ge0; exact: h.
Qed.

Theorem S27_mass_above p s B : 0 < s -> (p `[B, +oo[%classic <= (expR (- (s * B)))%:E * exponential_moment p s)%E.
Proof. by move=> s0; apply: markov => // x; rewrite /= in_itv/= andbT => Bx; rewrite ler_pM2l. Qed.

Theorem S27_mass_below p s A : s < 0 -> (p `]-oo, A[%classic <= (expR (- (s * A)))%:E * exponential_moment p s)%E.
Proof. by move=> s0; apply: markov => // x; rewrite /= in_itv/= => xA; rewrite ler_nM2l// ltW. Qed.

Theorem S27_moment_convolution p (p' : {finite_measure set R -> \bar R}) s :
  exponential_moment (convolution p p') s = (exponential_moment p s * exponential_moment p' s)%E.
Proof.
rewrite {1}/exponential_moment convolution_integral//.
have M0 : (0 <= exponential_moment p s)%E by apply: integral_ge0 => x _.
transitivity (\int[p']_l' ((expR (s * l'))%:E * exponential_moment p s))%E.
  apply: eq_integral => l' _; rewrite -ge0_integralZl_EFin ?expR_ge0//.
  by apply: eq_integral => l _; rewrite -EFinM -expRD mulrDr addrC.
by rewrite ge0_integralZr//; exact: muleC.
Qed.

End moments.
