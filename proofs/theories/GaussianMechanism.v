(* The Gaussian mechanism, exactly, and with a public random A beside it (S19, S20, S21).

   Phi x = N(0, 1) (-oo, x];
   gaussian_curve mu eps = Phi (mu/2 - eps/mu) - exp(eps) Phi (- mu/2 - eps/mu)  for mu <> 0, and max (1 - exp(eps), 0) for
   mu = 0: delta_G of the spec.

   A has any law P on any measurable space T; g is a measurable function of A with values in the k x n matrices; the noise Z has
   independent N(0, v) entries, v = sigma^2 > 0, and is independent of A.
     noisy_public P g:   the law of (A, Z + g A);
     noisy_secret P g:   the law of Z + g A.
   The privacy curve of noisy_public P g against noisy_public P g' is the mean over A of gaussian_curve (|g A - g' A| / sigma),
   |.| the Frobenius norm, for every real eps; that of noisy_secret is at most this. With g constant there is no A: the Gaussian
   mechanism. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun exp trigo.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From mathcomp Require Import ring lra.
From LoraPrivacy Require Import DifferentialPrivacy EntryLaws GaussianScaling.
From LoraPrivacy Require Import MatrixSpace GaussianMatrix GaussianShift CommonColumn.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section curve.
Context (R : realType).

Definition Phi (x : R) : R := fine (normal_prob 0 1 `]-oo, x]%classic).

Definition gaussian_curve (mu eps : R) : R :=
  if mu == 0 then maxr (1 - expR eps) 0
  else Phi (mu / 2 - eps / mu) - expR eps * Phi (- (mu / 2) - eps / mu).

(* The upper half line, by the symmetry of the normal law. *)
Let half_line (c : R) : gaussian_law 1 `[c, +oo[%classic = (Phi (- c))%:E.
Proof.
have N0 : - 1 != 0 :> R by rewrite oppr_eq0 oner_eq0.
have mB : measurable (`]-oo, (- c)%R]%classic : set R) by exact: measurable_itv.
have := gaussian_law_scale N0 (ltr01 : 0 < (1 : R)) mB.
rewrite sqrrN expr1n mulr1 (_ : [set x | _] = `[c, +oo[%classic); last first.
  by apply/seteqP; split=> x; rewrite /= !in_itv/= andbT mulN1r lerNl opprK.
move=> ->; rewrite gaussian_lawE sqrtr1 /Phi fineK//.
exact: (@probability_fin _ _ _ (normal_prob 0 1)).
Qed.

Let standard_law (v : R) (F : R -> \bar R) : 0 < v -> measurable_fun setT F -> (forall x, 0 <= F x)%E ->
  (\int[gaussian_law v]_x F x = \int[gaussian_law 1]_x F (Num.sqrt v * x)%R)%E.
Proof.
move=> v0 mF F0; pose s := Num.sqrt v; have s0 : s != 0 by rewrite gt_eqF// sqrtr_gt0.
have ms : measurable_fun setT (fun x : R => s * x) by exact: measurable_funM.
transitivity (\int[pushforward (gaussian_law 1) ms]_x F x)%E; last exact: ge0_integral_pushforward.
apply: eq_measure_integral => S mS _.
have E := gaussian_law_scale s0 (ltr01 : 0 < (1 : R)) mS.
have vE : s ^+ 2 * 1 = v by rewrite mulr1; exact: (sqr_sqrtr (ltW v0)).
by rewrite vE in E; exact: (esym E).
Qed.

Let mexp (mu c eps : R) : measurable_fun setT (fun x => maxr (expR (mu * x - c) - expR eps) 0).
Proof.
apply: measurable_maxr => //; apply: measurable_funB => //.
apply: measurableT_comp; first exact: measurable_expR.
by apply: measurable_funB => //; exact: measurable_funM.
Qed.

Let standard_tail (mu eps : R) : 0 <= mu ->
  (\int[gaussian_law 1]_x (maxr (expR (mu * x - mu ^+ 2 / 2) - expR eps) 0)%:E = (gaussian_curve mu eps)%:E)%E.
Proof.
rewrite le_eqVlt => /predU1P[<-|mu0].
  rewrite /gaussian_curve eqxx; under eq_integral do rewrite mul0r expr0n/= mul0r subr0 expR0.
  rewrite integral_cst// [X in (_ * X)%E](_ : _ = 1%E) ?mule1//.
  exact: (@probability_setT _ _ _ (gaussian_law 1)).
have n0 : mu != 0 by rewrite gt_eqF.
pose c := mu / 2 + eps / mu; pose t := expR eps.
pose S : set R := `[c, +oo[%classic; have mS : measurable S by exact: measurable_itv.
have SE x : (x \in S) = (eps <= mu * x - mu ^+ 2 / 2).
  rewrite mem_setE in_itv/= andbT /c -lerBrDl ler_pdivrMr//.
  by congr (_ <= _); field.
have m1 : measurable_fun setT (fun x : R => (\1_S x : R)%:E) by apply/measurable_EFinP; exact: measurable_indic.
have p1 (x : R) : (0 <= (\1_S x : R)%:E)%E by rewrite lee_fin.
have whole (U : set R) : measurable U -> (\int[gaussian_law 1]_x (\1_U x : R)%:E = gaussian_law 1 U)%E.
  by move=> mU; rewrite integral_indic// setIT.
have upper : (\int[gaussian_law 1]_x ((\1_S x : R)%:E * (expR ((x * mu - mu ^+ 2 / 2) / 1))%:E) = (Phi (mu - c))%:E)%E.
  rewrite -(gaussian_law_shift ltr01 mu m1 p1) -[mu - c]opprB -half_line -whole//.
  apply: eq_integral => x _; congr (_%:E); rewrite !indicE; congr (_%:R).
  by rewrite /S !mem_setE !in_itv/= !andbT lerBlDr.
pose M x := maxr (expR (mu * x - mu ^+ 2 / 2) - t) 0.
have M0 (x : R) : (0 <= (M x)%:E)%E by rewrite lee_fin le_max lexx orbT.
have sum : (\int[gaussian_law 1]_x (M x)%:E + (t * Phi (- c))%:E = (Phi (mu - c))%:E)%E.
  rewrite -upper EFinM -half_line -(whole S)// -ge0_integralZl_EFin//; last exact: expR_ge0.
  rewrite -ge0_integralD//; last 3 first.
  - by apply/measurable_EFinP; exact: mexp.
  - by move=> x _; rewrite mule_ge0// lee_fin expR_ge0.
  - exact: measurable_funeM.
  apply: eq_integral => x _; rewrite -!EFinM -EFinD divr1 [x * mu]mulrC indicE SE; congr EFin; rewrite /M /t.
  case: leP => h; first by rewrite max_l ?subr_ge0 ?ler_expR// mul1r mulr1 subrK.
  by rewrite max_r ?mul0r ?mulr0 ?addr0// subr_le0 ler_expR ltW.
transitivity ((Phi (mu - c))%:E - (t * Phi (- c))%:E)%E; first by rewrite -sum addeK.
rewrite -EFinB /gaussian_curve (negbTE n0) -/t.
by congr (Phi _ - t * Phi _)%:E; rewrite /c; field.
Qed.

(* The integral that is the curve: the density of the shifted law against that of the noise. *)
Theorem gaussian_tail k n (v : R) (C : 'M[R]_(k, n)) (eps : R) : 0 < v ->
  (\int[gaussian_matrix k n v]_M (maxr (shift_ratio v C M - expR eps) 0)%:E =
   (gaussian_curve (frobenius C / Num.sqrt v) eps)%:E)%E.
Proof.
move=> v0; pose s := Num.sqrt v; have s0 : 0 < s by rewrite sqrtr_gt0.
have vE : v = s ^+ 2 by exact: (esym (sqr_sqrtr (ltW v0))).
pose G y : \bar R := (maxr (expR ((y - frobenius2 C / 2) / v) - expR eps) 0)%:E.
have mG : measurable_fun setT G.
  apply/measurable_EFinP; rewrite (_ : (fun y => _) = fun y => maxr (expR (v^-1 * y - frobenius2 C / 2 / v) - expR eps) 0).
    exact: mexp.
  by apply/funext => y; rewrite mulrBl [y / v]mulrC.
have G0 y : (0 <= G y)%E by rewrite lee_fin le_max lexx orbT.
rewrite (gaussian_matrix_dot v0 C mG G0) (standard_law v0); last by move=> x; exact: G0.
  rewrite -standard_tail; last by rewrite divr_ge0 ?sqrtr_ge0.
  apply: eq_integral => x _; rewrite /G -/s; congr (maxr (expR _ - _) 0)%:E.
  by rewrite -frobenius_sqr vE; field; rewrite gt_eqF.
by apply: (measurableT_comp mG); exact: measurable_funM.
Qed.

End curve.

(* The law of two independent variables, as a probability. *)
Section product.
Context d d' (T : measurableType d) (T' : measurableType d') (R : realType).
Variables (P : probability T R) (Q : probability T' R).

Definition product_law : set (T * T') -> \bar R := (P \x Q)%E.

HB.instance Definition _ := Measure.on product_law.

Let product_law_setT : product_law setT = 1%E.
Proof.
rewrite -setXTT /product_law product_measure1E//.
have P1 : P [set: T] = 1%E by exact: probability_setT.
have Q1 : Q [set: T'] = 1%E by exact: probability_setT.
by move: P1 Q1 => /= -> ->; rewrite mule1.
Qed.

HB.instance Definition _ := @Measure_isProbability.Build _ _ R product_law product_law_setT.

Lemma integral_product_law (F : T * T' -> \bar R) : measurable_fun setT F -> (forall z, 0 <= F z)%E ->
  (\int[product_law]_z F z = \int[P]_x \int[Q]_y F (x, y))%E.
Proof. by move=> mF F0; rewrite -(fubini_tonelli1 (m1 := P) (m2 := Q) F mF F0). Qed.

End product.

Section public.
Context d (T : measurableType d) (R : realType) (P : probability T R) (k n : nat) (v : R).
Hypothesis v0 : 0 < v.
Notation gm := (gaussian_matrix k n v : probability (matrix_space R k n) R).
Implicit Types (g : T -> matrix_space R k n).

Definition add_noise g (z : T * matrix_space R k n) : T * matrix_space R k n := (z.1, z.2 + g z.1).

Lemma measurable_noisy g : measurable_fun setT g ->
  measurable_fun setT (fun z : T * matrix_space R k n => z.2 + g z.1 : matrix_space R k n).
Proof.
move=> mg; apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
apply: measurable_funD; first exact: (measurableT_comp (measurable_entry i j) measurable_snd).
by apply: (measurableT_comp (measurable_entry i j)); exact: (measurableT_comp mg measurable_fst).
Qed.

Lemma measurable_add_noise g : measurable_fun setT g -> measurable_fun setT (add_noise g).
Proof. by move=> mg; apply: measurable_fun_prod; [exact: measurable_fst|exact: measurable_noisy]. Qed.

Variables (g g' : T -> matrix_space R k n).
Hypotheses (mg : measurable_fun setT g) (mg' : measurable_fun setT g').

Definition noisy_public g (mg : measurable_fun setT g) : probability (T * matrix_space R k n)%type R :=
  distribution (product_law P gm) (mfun_Sub (mem_set (measurable_add_noise mg))).

Definition noisy_secret g (mg : measurable_fun setT g) : probability (matrix_space R k n) R :=
  distribution (product_law P gm) (mfun_Sub (mem_set (measurable_noisy mg))).

Lemma noisy_publicE h (mh : measurable_fun setT h) (F : T * matrix_space R k n -> \bar R) :
  measurable_fun setT F -> (forall z, 0 <= F z)%E ->
  (\int[noisy_public mh]_z F z = \int[P]_a \int[gm]_Z F (a, (Z + h a)%R))%E.
Proof.
move=> mF F0; rewrite ge0_integral_distribution//.
exact: (integral_product_law P gm (measurableT_comp mF (measurable_add_noise mh)) (fun=> F0 _)).
Qed.

(* The density of the law under g with respect to that under g'. *)
Definition noisy_ratio (z : T * matrix_space R k n) : R :=
  shift_ratio v (g z.1 - g' z.1) (z.2 - g' z.1).

Let measurable_dot (h h' : T * matrix_space R k n -> matrix_space R k n) :
  measurable_fun setT h -> measurable_fun setT h' ->
  measurable_fun setT (fun z => matrix_dot (h z) (h' z)).
Proof.
move=> mh mh'; apply: measurable_sum => i; apply: measurable_sum => j.
by apply: measurable_funM; apply: (measurableT_comp (measurable_entry i j)).
Qed.

Let measurable_diff (h h' : T * matrix_space R k n -> matrix_space R k n) :
  measurable_fun setT h -> measurable_fun setT h' ->
  measurable_fun setT (fun z => h z - h' z : matrix_space R k n).
Proof.
move=> mh mh'; apply: measurable_matrix => i j; under eq_fun do rewrite !mxE.
by apply: measurable_funB; apply: (measurableT_comp (measurable_entry i j)).
Qed.

Let m1 h (mh : measurable_fun setT h) : measurable_fun setT (fun z : T * matrix_space R k n => h z.1 : matrix_space R k n).
Proof. exact: (measurableT_comp mh measurable_fst). Qed.

Lemma measurable_noisy_ratio : measurable_fun setT noisy_ratio.
Proof.
apply: measurableT_comp; first exact: measurable_expR.
apply: measurable_funM => //; apply: measurable_funB.
  apply: measurable_dot; last exact: (measurable_diff (m1 mg) (m1 mg')).
  exact: (measurable_diff measurable_snd (m1 mg')).
apply: measurable_funM => //.
by apply: measurable_dot; exact: (measurable_diff (m1 mg) (m1 mg')).
Qed.

Lemma noisy_public_density : has_density (noisy_public mg') (noisy_public mg) noisy_ratio.
Proof.
split; [exact: measurable_noisy_ratio|by move=> z; exact: expR_ge0|move=> S mS].
pose I z : \bar R := (\1_S z : R)%:E.
have mI : measurable_fun setT I by apply/measurable_EFinP; exact: measurable_indic.
have I0 z : (0 <= I z)%E by rewrite lee_fin.
have mr : measurable_fun setT (fun z => (noisy_ratio z)%:E) by apply/measurable_EFinP; exact: measurable_noisy_ratio.
transitivity (\int[noisy_public mg]_z I z)%E; first by rewrite integral_indic// setIT.
transitivity (\int[noisy_public mg']_z (I z * (noisy_ratio z)%:E))%E; last first.
  rewrite [RHS]integral_mkcond; apply: eq_integral => z _; rewrite patchE /I indicE.
  by case: ifPn => _; rewrite ?mul1e ?mul0e.
rewrite noisy_publicE// noisy_publicE; last 2 first.
- exact: emeasurable_funM.
- by move=> z; rewrite mule_ge0// lee_fin expR_ge0.
apply: eq_integral => a _; pose F (Z : matrix_space R k n) := I (a, Z + g' a).
have mF : measurable_fun setT F.
  exact: (measurableT_comp (measurableT_comp mI (measurable_add_noise mg')) (measurable_pair1 a)).
rewrite (_ : (fun Z => I (a, Z + g a)) = fun Z => F (Z + (g a - g' a))); last first.
  by apply/funext => Z; rewrite /F addrA addrNK.
rewrite (gaussian_matrix_shift v0 (g a - g' a) mF (fun=> I0 _)).
by apply: eq_integral => Z _; rewrite /F /noisy_ratio /= addrK.
Qed.

(* The mean over A of the curves of the Gaussian mechanism with the shift g A - g' A. *)
Theorem noisy_public_curve (eps : R) :
  (privacy_curve (noisy_public mg) (noisy_public mg') eps =
   \int[P]_a (gaussian_curve (frobenius (g a - g' a) / Num.sqrt v) eps)%:E)%E.
Proof.
have one : has_density (noisy_public mg') (noisy_public mg') (fun=> 1 : R).
  by split=> // S mS; rewrite integral_cst//= mul1e.
rewrite /privacy_curve -(hockey_stick_is_excess (expR_ge0 eps) noisy_public_density one) /hockey_stick.
rewrite noisy_publicE; last 2 first.
- apply/measurable_EFinP; apply: measurable_maxr => //; apply: measurable_funB; first exact: measurable_noisy_ratio.
  exact: measurable_cst.
- by move=> z; rewrite lee_fin le_max lexx orbT.
apply: eq_integral => a _; rewrite -gaussian_tail//; apply: eq_integral => Z _.
by rewrite /noisy_ratio /= addrK mulr1.
Qed.

(* Without A the curve is at most that. *)
Theorem noisy_secret_curve (eps : R) :
  (privacy_curve (noisy_secret mg) (noisy_secret mg') eps <=
   \int[P]_a (gaussian_curve (frobenius (g a - g' a) / Num.sqrt v) eps)%:E)%E.
Proof.
rewrite -noisy_public_curve; apply: ub_ereal_sup => _ [S mS <-].
apply: ereal_sup_ubound; exists (snd @^-1` S) => //.
by rewrite -[X in measurable X]setTI; exact: (measurable_snd measurableT).
Qed.

End public.

Section mechanism.
Context (R : realType) (k n : nat) (v : R).
Hypothesis v0 : 0 < v.
Implicit Types C : 'M[R]_(k, n).

(* C and independent N(0, v) noise on every entry. *)
Definition gaussian_mechanism C : probability (matrix_space R k n) R :=
  distribution (gaussian_matrix k n v : probability (matrix_space R k n) R)
    (mfun_Sub (mem_set (measurable_add_matrix C))).

Theorem S19_gaussian_mechanism C C' (eps : R) :
  privacy_curve (gaussian_mechanism C) (gaussian_mechanism C') eps =
  (gaussian_curve (frobenius (C - C') / Num.sqrt v) eps)%:E.
Proof.
pose P : probability (matrix_space R k n) R := dirac (0 : matrix_space R k n).
pose h C (_ : matrix_space R k n) : matrix_space R k n := C.
have mh C0 : measurable_fun setT (h C0) by exact: measurable_cst.
have := noisy_public_curve P v0 (mh C) (mh C') eps.
rewrite [X in _ = X -> _](_ : _ = (gaussian_curve (frobenius (C - C') / Num.sqrt v) eps)%:E); last first.
  rewrite /h integral_cst// [X in (_ * X)%E](_ : _ = 1%E) ?mule1//.
  exact: (@probability_setT _ _ _ P).
move=> <-.
pose f (y : matrix_space R k n) : matrix_space R k n * matrix_space R k n := (0, y).
have mf : measurable_fun setT f by exact: measurable_pair1.
have ms : measurable_fun setT (snd : matrix_space R k n * matrix_space R k n -> matrix_space R k n).
  exact: measurable_snd.
have zero C0 S : measurable S -> noisy_public P v (mh C0) S = gaussian_mechanism C0 (f @^-1` S).
  move=> mS; pose X := add_noise (h C0) @^-1` S.
  have mX : measurable X by rewrite -[X]setTI; exact: measurable_add_noise.
  transitivity (\int[P]_a gaussian_matrix k n v (xsection X a))%E; first by [].
  rewrite integral_dirac//; last by exact: measurable_fun_xsection.
  rewrite diracT mul1e; congr (gaussian_matrix k n v _).
  by apply/seteqP; split=> Z; rewrite /xsection /X /= inE.
have drop C0 S : measurable S -> gaussian_mechanism C0 S = noisy_public P v (mh C0) (snd @^-1` S).
  by move=> mS; rewrite zero//; rewrite -[_ @^-1` _]setTI; exact: ms.
apply/esym; apply: (privacy_curve_reversible eps mf ms) => // S mS; first [exact: zero|exact: drop].
Qed.

End mechanism.

(* S19 with q = 1: T outputs N(1) against N(0), and, for replacing, N(1) against N(-1), each with variance sigma^2. *)
Section full_batch.
Context (R : realType) (T : nat) (sigma eps : R).
Hypothesis sigma_gt0 : 0 < sigma.

Let frobenius_const (a : R) : frobenius (const_mx a : 'M_(1, T)) = `|a| * Num.sqrt T%:R.
Proof.
rewrite /frobenius /frobenius2 /matrix_dot big_ord1 (eq_bigr (fun=> a ^+ 2)); last by move=> i _; rewrite mxE expr2.
by rewrite sumr_const card_ord -mulr_natr sqrtrM ?sqr_ge0// sqrtr_sqr.
Qed.

Let steps (a b : R) :
  privacy_curve (gaussian_mechanism (sigma ^+ 2) (const_mx a : 'M_(1, T)))
    (gaussian_mechanism (sigma ^+ 2) (const_mx b : 'M_(1, T))) eps =
  (gaussian_curve (`|a - b| * Num.sqrt T%:R / sigma) eps)%:E.
Proof.
have v0 : 0 < sigma ^+ 2 by rewrite exprn_gt0.
rewrite (S19_gaussian_mechanism v0) sqrtr_sqr (gtr0_norm sigma_gt0).
rewrite (_ : const_mx a - const_mx b = const_mx (a - b)) ?frobenius_const//.
by apply/matrixP => i j; rewrite !mxE.
Qed.

Theorem S19_full_batch :
  privacy_curve (gaussian_mechanism (sigma ^+ 2) (const_mx 1 : 'M_(1, T)))
    (gaussian_mechanism (sigma ^+ 2) (const_mx 0 : 'M_(1, T))) eps =
  (gaussian_curve (Num.sqrt T%:R / sigma) eps)%:E.
Proof. by rewrite steps subr0 normr1 mul1r. Qed.

Theorem S19_full_batch_replace :
  privacy_curve (gaussian_mechanism (sigma ^+ 2) (const_mx 1 : 'M_(1, T)))
    (gaussian_mechanism (sigma ^+ 2) (const_mx (- 1) : 'M_(1, T))) eps =
  (gaussian_curve (2 * Num.sqrt T%:R / sigma) eps)%:E.
Proof. by rewrite steps opprK -[X in `|X|]/(2 : R) ger0_norm. Qed.

End full_batch.
