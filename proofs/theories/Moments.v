(* Moments of a finite independent family with zero mean, variance v and kurtosis kappa.

     has_mean f e: f is integrable and E f = e;
     moments v kappa X: the X_i are mutually independent, X_i^4 is integrable,
       E X_i = 0, E X_i^2 = v, E X_i^4 = kappa v^2   (third moments are arbitrary, laws may differ).

   Then, with [a = b] the indicator,
     E X_a X_b = v [a = b];
     E X_a X_b X_c X_d = v^2 ([a = b][c = d] + [a = c][b = d] + [a = d][b = c] + (kappa - 3)[a = b = c = d]);
     kappa >= 1 if v > 0; and kappa = 1 only if X_i^2 = v almost surely. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality fsbigop.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences derive realfun esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral.
From mathcomp Require Import charge ftc gauss_integral probability.
From mathcomp Require Import matrix ring lra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldNormedType.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.
From LoraPrivacy Require Import Independence.

Section has_mean.
Context d (T : measurableType d) (R : realType) (P : probability T R).
Implicit Types (f g : T -> R) (e : R).

Definition has_mean f e : Prop :=
  P.-integrable setT (EFin \o f) /\ ('E_P[f] = e%:E)%E.

Lemma has_mean_eq f e g e' : has_mean f e -> f =1 g -> e = e' -> has_mean g e'.
Proof. by move=> H /funext <- <-. Qed.

Lemma has_mean_cst e : has_mean (cst e) e.
Proof. by split; [exact: finite_measure_integrable_cst|rewrite expectation_cst]. Qed.

Lemma has_meanD f e g e' : has_mean f e -> has_mean g e' ->
  has_mean (fun w => f w + g w) (e + e').
Proof.
move=> [f1 fe] [g1 ge]; split.
  by have := integrableD measurableT f1 g1; apply: eq_integrable.
move: fe ge; rewrite unlock => fe ge.
by under eq_integral do rewrite EFinD; rewrite integralD// fe ge.
Qed.

Lemma has_meanZ c f e : has_mean f e -> has_mean (fun w => c * f w) (c * e).
Proof.
move=> [f1 fe]; split.
  by have := integrableZl measurableT c f1; apply: eq_integrable.
move: fe; rewrite unlock => fe.
by under eq_integral do rewrite EFinM; rewrite integralZl// fe.
Qed.

Lemma has_meanB f e g e' : has_mean f e -> has_mean g e' ->
  has_mean (fun w => f w - g w) (e - e').
Proof.
move=> H /(has_meanZ (-1)) /(has_meanD H) H'.
by apply: has_mean_eq H' _ _ => [w|]; rewrite mulN1r.
Qed.

Lemma has_mean_sum (J : finType) (F : J -> T -> R) (E : J -> R) :
  (forall j, has_mean (F j) (E j)) ->
  has_mean (fun w => \sum_j F j w) (\sum_j E j).
Proof.
move=> H; elim: (index_enum J) => [|j s ih].
  by apply: has_mean_eq (has_mean_cst 0) _ _ => [w|]; rewrite big_nil.
by apply: has_mean_eq (has_meanD (H j) ih) _ _ => [w|]; rewrite big_cons.
Qed.

Lemma has_mean_ge0 f e : has_mean f e -> (forall w, 0 <= f w) -> 0 <= e.
Proof.
move=> [_ fe] f0; rewrite -lee_fin -fe unlock.
by apply: integral_ge0 => w _; rewrite lee_fin.
Qed.

Lemma has_mean_covariance f e g e' c : has_mean f e -> has_mean g e' ->
  has_mean (fun w => f w * g w) c -> covariance P f g = (c - e * e')%:E.
Proof.
move=> fe ge fge; rewrite unlock fe.2 ge.2 /=.
have H := has_meanD (has_meanB (has_meanB fge (has_meanZ e ge)) (has_meanZ e' fe))
  (has_mean_cst (e * e')).
have [_ <-] : has_mean ((f \- cst e) * (g \- cst e')) (c - e * e').
  apply: has_mean_eq H _ _ => [w|]; last by ring.
  by rewrite /= [RHS]mulrBr !mulrBl /cst; ring.
by [].
Qed.

Section moments.
Variables (I : finType) (X : I -> {RV P >-> R}) (v kappa : R).

Record moments : Prop := Moments {
  moments_independent : mutually_independent X;
  moments_integrable : forall i, P.-integrable setT (fun w => (X i w ^+ 4)%:E);
  moments_mean : forall i, ('E_P[X i] = 0)%E;
  moments_second : forall i, ('E_P[(fun w => X i w ^+ 2)%R] = v%:E)%E;
  moments_fourth : forall i, ('E_P[(fun w => X i w ^+ 4)%R] = (kappa * v ^+ 2)%:E)%E }.

Hypothesis HX : moments.

Let int_power i n : (n <= 4)%N -> P.-integrable setT (fun w => (X i w ^+ n)%:E).
Proof.
move=> n4; apply: (@le_integrable _ _ _ P setT _ _ (fun w => (1 + X i w ^+ 4)%:E)) => //.
- by apply/measurable_EFinP; exact: measurable_funX.
- move=> w _; rewrite lee_fin; have x4 : 0 <= X i w ^+ 4 by rewrite exprn_even_ge0.
  rewrite [leRHS]ger0_norm ?addr_ge0// normrX.
  rewrite (_ : X i w ^+ 4 = `|X i w| ^+ 4); last by rewrite -normrX ger0_norm.
  have [x1|/ltW x1] := leP `|X i w| 1.
    have xn : `|X i w| ^+ n <= 1 by rewrite exprn_ile1.
    by rewrite (le_trans xn)// lerDl exprn_ge0.
  have xn : `|X i w| ^+ n <= `|X i w| ^+ 4 by rewrite ler_weXn2l.
  by rewrite (le_trans xn)// lerDr.
- apply: (@eq_integrable _ _ _ P setT measurableT (fun w => (1%:E + (X i w ^+ 4)%:E)%E)) => //.
  apply: integrableD => //; first exact: finite_measure_integrable_cst.
  exact: (moments_integrable HX).
Qed.

Lemma has_mean1 i : has_mean (X i) 0.
Proof.
split; last exact: (moments_mean HX).
by apply: eq_integrable (int_power i (isT : 1 <= 4)%N) => // w _; rewrite expr1.
Qed.

Lemma has_mean2 i : has_mean (fun w => X i w ^+ 2) v.
Proof. by split; [exact: (int_power i (isT : 2 <= 4)%N)|exact: (moments_second HX)]. Qed.

Lemma has_mean4 i : has_mean (fun w => X i w ^+ 4) (kappa * v ^+ 2).
Proof. by split; [exact: (moments_integrable HX)|exact: (moments_fourth HX)]. Qed.

(* The number of times i occurs among a, b, c, e. *)
Let count (a b c e i : I) : nat := (a == i) + (b == i) + (c == i) + (e == i).

Let prod_count (a b c e : I) w :
  \prod_i X i w ^+ count a b c e i = X a w * X b w * X c w * X e w.
Proof.
have one k : \prod_i X i w ^+ (k == i) = X k w.
  rewrite (bigD1 k)//= eqxx expr1 big1 ?mulr1// => i /negbTE ik.
  by rewrite eq_sym ik.
by under eq_bigr do rewrite !exprD; rewrite !big_split /= !one.
Qed.

Let count4 (a b c e i : I) : (count a b c e i <= 4)%N.
Proof. by rewrite /count; do 4!case: eqP. Qed.

Let product4 (a b c e : I) : has_mean (fun w => X a w * X b w * X c w * X e w)
  (\prod_i fine 'E_P[(fun w => X i w ^+ count a b c e i)%R]%E).
Proof.
have mpow i : measurable_fun setT (fun y : R => y ^+ count a b c e i).
  exact: exprn_measurable.
have ipow i := int_power i (count4 a b c e i).
split.
  apply: eq_integrable (integrable_prod (moments_independent HX) mpow ipow) => //.
  by move=> w _; rewrite prod_count.
have := independent_expectation_prod (moments_independent HX) mpow ipow.
under eq_integral do rewrite prod_count.
move=> E0; rewrite unlock E0 (big_morph EFin EFinM erefl).
by apply: eq_bigr => i _; rewrite fineK// integral_fune_fin_num.
Qed.

Let single (a b c e : I) : a != b -> a != c -> a != e ->
  has_mean (fun w => X a w * X b w * X c w * X e w) 0.
Proof.
move=> ab ac ae; apply: has_mean_eq (product4 a b c e) _ _ => //.
rewrite (bigD1 a)//= /count eqxx !(eq_sym _ a) (negbTE ab) (negbTE ac) (negbTE ae).
by rewrite (_ : (fun w => _) = X a) ?(moments_mean HX) ?mul0r.
Qed.

Let pair a b : a != b -> has_mean (fun w => X a w * X a w * X b w * X b w) (v ^+ 2).
Proof.
move=> ab; apply: has_mean_eq (product4 a a b b) _ _ => //.
rewrite (bigD1 a)//= (bigD1 b) ?(eq_sym b)//= big1 => [|i /andP[ia ib]].
  rewrite /count !eqxx (eq_sym b) (negbTE ab) /= !addn0 !add0n addn1.
  by rewrite (has_mean2 a).2 (has_mean2 b).2 /= mulr1.
rewrite /count !(eq_sym _ i) (negbTE ia) (negbTE ib) /=.
by rewrite (_ : (fun w => _) = cst 1) ?expectation_cst.
Qed.

(* Evaluates the indicators by the known (in)equalities of indices, then closes a ring identity. *)
Ltac deltas :=
  repeat match goal with H : is_true (_ != _) |- _ => rewrite ?(negbTE H); clear H end;
  rewrite ?eqxx /=; ring.

(* E X_a X_b X_c X_e *)
Lemma fourth_moments (a b c e : I) :
  has_mean (fun w => X a w * X b w * X c w * X e w)
  (v ^+ 2 * ((a == b)%:R * (c == e)%:R + (a == c)%:R * (b == e)%:R
     + (a == e)%:R * (b == c)%:R
     + (kappa - 3) * ((a == b) && (a == c) && (a == e))%:R)).
Proof.
have perm (a' b' c' e' : I) z z' : has_mean (fun w => X a' w * X b' w * X c' w * X e' w) z ->
  (forall w, X a' w * X b' w * X c' w * X e' w = X a w * X b w * X c w * X e w) ->
  z = z' -> has_mean (fun w => X a w * X b w * X c w * X e w) z'.
  by move=> H1 H2 H3; exact: has_mean_eq H1 H2 H3.
have [ab|ab] := eqVneq a b.
  subst b; have [ce|ce] := eqVneq c e.
    subst e; have [ac|ac] := eqVneq a c.
      subst c; apply: has_mean_eq (has_mean4 a) _ _ => [w|]; deltas.
    by apply: has_mean_eq (pair ac) _ _ => [w|]; deltas.
  have [ac|ac] := eqVneq a c.
    subst c; have ea : e != a by rewrite eq_sym.
    apply: (perm _ _ _ _ _ _ (single ea ea ea)) => [w|]; first by ring.
    by deltas.
  have ca : c != a by rewrite eq_sym.
  apply: (perm _ _ _ _ _ _ (single ca ca ce)) => [w|]; first by ring.
  by deltas.
have [ac|ac] := eqVneq a c.
  subst c; have ba : b != a by rewrite eq_sym.
  have [be|be] := eqVneq b e.
    subst e; apply: (perm _ _ _ _ _ _ (pair ab)) => [w|]; first by ring.
    by deltas.
  apply: (perm _ _ _ _ _ _ (single ba ba be)) => [w|]; first by ring.
  by deltas.
have [ae|ae] := eqVneq a e.
  subst e; have ba : b != a by rewrite eq_sym.
  have [bc|bc] := eqVneq b c.
    subst c; apply: (perm _ _ _ _ _ _ (pair ab)) => [w|]; first by ring.
    by deltas.
  apply: (perm _ _ _ _ _ _ (single ba ba bc)) => [w|]; first by ring.
  by deltas.
by apply: has_mean_eq (single ab ac ae) _ _ => //; deltas.
Qed.

(* E X_a X_b *)
Lemma second_moments (a b : I) : has_mean (fun w => X a w * X b w) (v * (a == b)%:R).
Proof.
have [->|ab] := eqVneq a b.
  by apply: has_mean_eq (has_mean2 b) _ _ => [w|]; rewrite ?mulr1 ?expr2.
pose n i := ((a == i) + (b == i))%N.
have n4 i : (n i <= 4)%N by rewrite /n; do 2!case: eqP.
have mpow i : measurable_fun setT (fun y : R => y ^+ n i) by exact: exprn_measurable.
have ipow i := int_power i (n4 i).
have prodE w : \prod_i X i w ^+ n i = X a w * X b w.
  have one k : \prod_i X i w ^+ (k == i) = X k w.
    rewrite (bigD1 k)//= eqxx expr1 big1 ?mulr1// => i /negbTE ik.
    by rewrite eq_sym ik.
  by under eq_bigr do rewrite !exprD; rewrite !big_split /= !one.
split.
  apply: eq_integrable (integrable_prod (moments_independent HX) mpow ipow) => //.
  by move=> w _; rewrite prodE.
have := independent_expectation_prod (moments_independent HX) mpow ipow.
under eq_integral do rewrite prodE.
move=> E0; rewrite unlock E0 (bigD1 a)//= mulr0.
have := moments_mean HX a; rewrite unlock.
rewrite /n eqxx (eq_sym b) (negbTE ab) addn0.
by under [in X in _ -> X]eq_integral do rewrite expr1; move=> ->; rewrite mul0e.
Qed.

(* kappa >= 1, by E (X^2 - v)^2 >= 0; if kappa = 1 then X^2 = v almost surely. *)
Lemma has_mean_square_deviation (i : I) :
  has_mean (fun w => (X i w ^+ 2 - v) ^+ 2) ((kappa - 1) * v ^+ 2).
Proof.
have H := has_meanD (has_meanB (has_mean4 i) (has_meanZ (2 * v) (has_mean2 i)))
  (has_mean_cst (v ^+ 2)).
by apply: has_mean_eq H _ _ => [w|]; rewrite ?/cst /=; ring.
Qed.

Lemma kurtosis_ge1 (i : I) : v != 0 -> 1 <= kappa.
Proof.
move=> v0; have := has_mean_ge0 (has_mean_square_deviation i) (fun w => sqr_ge0 _).
by rewrite pmulr_lge0 ?subr_ge0// exprn_even_gt0.
Qed.

Lemma kurtosis1_two_points (i : I) : kappa = 1 ->
  {ae P, forall w, X i w ^+ 2 = v}.
Proof.
move=> k1; have [_] := has_mean_square_deviation i; rewrite k1 subrr mul0r unlock => E0.
have m : measurable_fun setT (fun w => ((X i w ^+ 2 - v) ^+ 2)%:E).
  apply/measurable_EFinP/measurable_funX/measurable_funB => //.
  exact: measurable_funX.
have : (\int[P]_w `|((X i w ^+ 2 - v) ^+ 2)%:E| = 0)%E.
  by rewrite -[RHS]E0; apply: eq_integral => w _; rewrite gee0_abs// lee_fin sqr_ge0.
move=> /(ae_eq_integral_abs P measurableT m).
apply: filterS => w /(_ Logic.I) [] /eqP; rewrite sqrf_eq0 subr_eq0 => /eqP.
by [].
Qed.

End moments.
End has_mean.
