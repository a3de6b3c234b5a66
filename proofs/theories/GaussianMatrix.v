(* The law of an r x m matrix with independent N(0, v) entries.

     gaussian_matrix r m v: the probability on matrix_space R r m that gives the box {M | M i j in B i j for all i, j} the value
       prod_i prod_j gaussian_law v (B i j)                                          (gaussian_matrix_box).

   It is the only measure with these values (gaussian_matrix_unique), and the law of every matrix of mutually independent
   N(0, v) random variables (gaussian_matrix_of_entries). For measurable F >= 0, G r m for gaussian_matrix r m v:
     int F dG(1, 1)       = int_x F (x%:M) d(gaussian_law v);
     int F dG(r, m1 + m2) = int_u int_w F (row_mx u w)      u by G(r, m1), w by G(r, m2);
     int F dG(r1 + r2, m) = int_u int_w F (col_mx u w)      u by G(r1, m), w by G(r2, m). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect fingroup perm.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import Independence EntryLaws MatrixSpace ProductMatrix ProductMatrixBlocks.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section definition.
Context (R : realType) (r m : nat) (v : R).

Definition gaussian_matrix : set (matrix_space R r m) -> \bar R :=
  product_matrix (gaussian_law v) r m.

HB.instance Definition _ := Measure.on gaussian_matrix.

Theorem gaussian_matrix_box (B : 'I_r -> 'I_m -> set R) : (forall i j, measurable (B i j)) ->
  gaussian_matrix [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j gaussian_law v (B i j))%E.
Proof. exact: product_matrix_box. Qed.

Let gaussian_matrix_setT : gaussian_matrix setT = 1%E.
Proof.
have -> : setT = box (fun (_ : 'I_r) (_ : 'I_m) => [set: R]) by apply/seteqP; split.
apply: (eq_trans (@gaussian_matrix_box (fun _ _ => setT) _)) => //.
by apply: big1 => i _; apply: big1 => j _; exact: probability_setT.
Qed.

HB.instance Definition _ := @Measure_isProbability.Build _ _ R gaussian_matrix gaussian_matrix_setT.

Theorem gaussian_matrix_unique (nu : {measure set (matrix_space R r m) -> \bar R}) :
  (forall B : 'I_r -> 'I_m -> set R, (forall i j, measurable (B i j)) ->
     nu [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j gaussian_law v (B i j))%E) ->
  forall S, measurable S -> nu S = gaussian_matrix S.
Proof. exact: product_matrix_unique. Qed.

(* Any mutually independent random variables with the law N(0, v). *)
Context d (T : measurableType d) (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}).
Hypotheses (indep : mutually_independent (fun e : 'I_r * 'I_m => A e.1 e.2))
  (Av : forall i j, has_law (A i j) (gaussian_law v)).

Definition entries_matrix (w : T) : matrix_space R r m := \matrix_(i, j) A i j w.

Lemma measurable_entries_matrix : measurable_fun setT entries_matrix.
Proof. by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: (@measurable_funP _ _ _ _ (A i j)). Qed.

Let entries_box (B : 'I_r -> 'I_m -> set R) : (forall i j, measurable (B i j)) ->
  P (entries_matrix @^-1` box B) = (\prod_i \prod_j gaussian_law v (B i j))%E.
Proof.
move=> mB; rewrite pair_bigA /=.
rewrite (_ : _ @^-1` _ = \bigcap_(e in [set: 'I_r * 'I_m]) (A e.1 e.2 @^-1` B e.1 e.2)); last first.
  apply/seteqP; split=> w h; first by case=> i j _; move: (h i j); rewrite mxE; exact.
  by move=> i j; rewrite mxE; exact: (h (i, j) I).
rewrite (indep (A := fun e => B e.1 e.2))//.
by apply: eq_bigr => -[i j] _; exact: Av.
Qed.

Theorem gaussian_matrix_of_entries (S : set (matrix_space R r m)) : measurable S ->
  P [set w | S (\matrix_(i, j) A i j w)] = gaussian_matrix S.
Proof. exact: (product_matrix_image measurable_entries_matrix entries_box).1. Qed.

Theorem gaussian_matrix_integral_entries (F : matrix_space R r m -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix]_M F M = \int[P]_w F (\matrix_(i, j) A i j w))%E.
Proof. exact: (product_matrix_image measurable_entries_matrix entries_box).2. Qed.

End definition.

Arguments gaussian_matrix {R} r m v.

(* The default initialisation of LoRA, entries N(0, 1/r). *)
Theorem gaussian_entries_matrix (R : realType) (r m : nat) d (T : measurableType d)
  (P : probability T R) (A : 'I_r -> 'I_m -> {RV P >-> R}) (S : set (matrix_space R r m)) :
  gaussian_entries A -> measurable S ->
  P [set w | S (\matrix_(i, j) A i j w)] = gaussian_matrix r m r%:R^-1 S.
Proof.
by move=> [indep Av]; apply: gaussian_matrix_of_entries => // i j U mU; exact: Av.
Qed.

Section blocks.
Context (R : realType) (v : R).

Theorem gaussian_matrix_entry (F : matrix_space R 1 1 -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix 1 1 v]_M F M = \int[gaussian_law v]_x F (x%:M))%E.
Proof. exact: product_matrix_entry. Qed.

Theorem gaussian_matrix_row_mx r m1 m2 (F : matrix_space R r (m1 + m2) -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix r (m1 + m2) v]_M F M =
   \int[gaussian_matrix r m1 v]_u \int[gaussian_matrix r m2 v]_w F (row_mx u w))%E.
Proof. exact: product_matrix_row_mx. Qed.

Theorem gaussian_matrix_col_mx r1 r2 m (F : matrix_space R (r1 + r2) m -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix (r1 + r2) m v]_M F M =
   \int[gaussian_matrix r1 m v]_u \int[gaussian_matrix r2 m v]_w F (col_mx u w))%E.
Proof. exact: product_matrix_col_mx. Qed.

(* The first entry of a row, then the others. *)
Theorem gaussian_matrix_row_cons n (F : matrix_space R 1 n.+1 -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[gaussian_matrix 1 n.+1 v]_w F w =
   \int[gaussian_law v]_x \int[gaussian_matrix 1 n v]_w F (row_mx (x%:M : 'M_1) w))%E.
Proof. exact: product_matrix_row_cons. Qed.

Theorem gaussian_matrix_tr r m (S : set (matrix_space R r m)) : measurable S ->
  gaussian_matrix m r v (trmx @^-1` S) = gaussian_matrix r m v S.
Proof. exact: product_matrix_tr. Qed.

Theorem gaussian_matrix_col_perm r m (s : 'S_m) (S : set (matrix_space R r m)) : measurable S ->
  gaussian_matrix r m v (col_perm s @^-1` S) = gaussian_matrix r m v S.
Proof. exact: product_matrix_col_perm. Qed.

End blocks.
