(* Blocks, transposes and permutations under the product measure on matrices (ProductMatrix.v).

   For measurable F >= 0, and writing pm r m for product_matrix mu r m:
     int F d(pm 1 1)          = int_x F (x%:M) dmu;
     int F d(pm r (m1 + m2))  = int_u int_w F (row_mx u w)      u by pm r m1, w by pm r m2;
     int F d(pm (r1 + r2) m)  = int_u int_w F (col_mx u w)      u by pm r1 m, w by pm r2 m;
   and the measure is invariant under transposition and permutation of columns. *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect fingroup perm.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import MatrixSpace ProductMatrix.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section box.
Context (R : realType) (r m : nat) (B : 'I_r -> 'I_m -> set R).

Definition box : set (matrix_space R r m) := [set M | forall i j, B i j (M i j)].

Lemma measurable_box : (forall i j, measurable (B i j)) -> measurable box.
Proof. by move=> mB; apply: sub_sigma_algebra; exists B. Qed.

End box.

Section blocks.
Context (R : realType) (mu : {sigma_finite_measure set R -> \bar R}).
Notation pm := (product_matrix mu).

(* A measurable map that gives the boxes their measure carries the product measure. *)
Lemma product_matrix_image d (X : measurableType d) (nu : {measure set X -> \bar R}) r m
  (f : X -> matrix_space R r m) (mf : measurable_fun setT f) :
  (forall B : 'I_r -> 'I_m -> set R, (forall i j, measurable (B i j)) ->
     nu (f @^-1` box B) = (\prod_i \prod_j mu (B i j))%E) ->
  (forall S, measurable S -> nu (f @^-1` S) = pm r m S) /\
  (forall F : matrix_space R r m -> \bar R, measurable_fun setT F -> (forall M, 0 <= F M)%E ->
     \int[pm r m]_M F M = \int[nu]_x F (f x))%E.
Proof.
move=> nuB; have same S : measurable S -> pushforward nu mf S = pm r m S.
  by move=> mS; apply: product_matrix_unique => // B mB; exact: nuB.
split=> [|F mF F0]; first exact: same.
rewrite -(ge0_integral_pushforward mf)//.
by apply: eq_measure_integral => S mS _; exact/esym/same.
Qed.

Theorem product_matrix_entry (F : matrix_space R 1 1 -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[pm 1 1]_M F M = \int[mu]_x F (x%:M))%E.
Proof.
apply: (product_matrix_image (@measurable_scalar_row R) _).2 => B mB.
rewrite !big_ord1; congr (mu _); apply/seteqP; split=> x /= h.
  by move: (h 0 0); rewrite mxE eqxx mulr1n; exact.
by move=> i j; rewrite !ord1 mxE eqxx mulr1n.
Qed.

Lemma integral_product_image d1 d2 (X : measurableType d1) (Y : measurableType d2)
  (nu1 : {sigma_finite_measure set X -> \bar R}) (nu2 : {sigma_finite_measure set Y -> \bar R}) r m
  (f : X * Y -> matrix_space R r m) (mf : measurable_fun setT f) :
  (forall B : 'I_r -> 'I_m -> set R, (forall i j, measurable (B i j)) ->
     (nu1 \x nu2)%E (f @^-1` box B) = (\prod_i \prod_j mu (B i j))%E) ->
  forall F : matrix_space R r m -> \bar R, measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[pm r m]_M F M = \int[nu1]_x \int[nu2]_y F (f (x, y)))%E.
Proof.
move=> nuB F mF F0; rewrite (product_matrix_image mf nuB).2// fubini_tonelli1//.
exact: measurableT_comp.
Qed.

Theorem product_matrix_row_mx r m1 m2 (F : matrix_space R r (m1 + m2) -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[pm r (m1 + m2)]_M F M = \int[pm r m1]_u \int[pm r m2]_w F (row_mx u w))%E.
Proof.
move: F; apply: (integral_product_image (@measurable_row_mx R r m1 m2)) => B mB.
pose B1 i (j : 'I_m1) := B i (lshift m2 j); pose B2 i (j : 'I_m2) := B i (rshift m1 j).
have -> : (fun z : matrix_space R r m1 * matrix_space R r m2 => row_mx z.1 z.2) @^-1` box B =
    box B1 `*` box B2.
  apply/seteqP; split=> -[u w] /=.
    move=> h; split=> i j; first by move: (h i (lshift m2 j)); rewrite row_mxEl; exact.
    by move: (h i (rshift m1 j)); rewrite row_mxEr; exact.
  move=> [h1 h2] i j; rewrite -[j]splitK /unsplit; case: (fintype.split j) => k.
    by rewrite row_mxEl; exact: h1.
  by rewrite row_mxEr; exact: h2.
rewrite product_measure1E; last 2 first.
- by apply: measurable_box => i j; exact: mB.
- by apply: measurable_box => i j; exact: mB.
transitivity ((\prod_i \prod_j mu (B1 i j)) * (\prod_i \prod_j mu (B2 i j)))%E.
  by congr (_ * _)%E; apply: product_matrix_box => i j; exact: mB.
rewrite -big_split /=; apply: eq_bigr => i _.
by rewrite big_split_ord.
Qed.

Theorem product_matrix_col_mx r1 r2 m (F : matrix_space R (r1 + r2) m -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[pm (r1 + r2) m]_M F M = \int[pm r1 m]_u \int[pm r2 m]_w F (col_mx u w))%E.
Proof.
move: F; apply: (integral_product_image (@measurable_col_mx R r1 r2 m)) => B mB.
pose B1 (i : 'I_r1) := B (lshift r2 i); pose B2 (i : 'I_r2) := B (rshift r1 i).
have -> : (fun z : matrix_space R r1 m * matrix_space R r2 m => col_mx z.1 z.2) @^-1` box B =
    box B1 `*` box B2.
  apply/seteqP; split=> -[u w] /=.
    move=> h; split=> i j; first by move: (h (lshift r2 i) j); rewrite col_mxEu; exact.
    by move: (h (rshift r1 i) j); rewrite col_mxEd; exact.
  move=> [h1 h2] i j; rewrite -[i]splitK /unsplit; case: (fintype.split i) => k.
    by rewrite col_mxEu; exact: h1.
  by rewrite col_mxEd; exact: h2.
rewrite product_measure1E; last 2 first.
- by apply: measurable_box => i j; exact: mB.
- by apply: measurable_box => i j; exact: mB.
transitivity ((\prod_i \prod_j mu (B1 i j)) * (\prod_i \prod_j mu (B2 i j)))%E.
  by congr (_ * _)%E; apply: product_matrix_box => i j; exact: mB.
by rewrite big_split_ord.
Qed.

Let measurable_trmx r m : measurable_fun setT (trmx : matrix_space R m r -> matrix_space R r m).
Proof.
by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
Qed.

Theorem product_matrix_tr r m (S : set (matrix_space R r m)) : measurable S ->
  pm m r (trmx @^-1` S) = pm r m S.
Proof.
apply: (product_matrix_image (@measurable_trmx r m) _).1 => B mB.
have -> : (@trmx R m r) @^-1` box B = box (fun i j => B j i).
  by apply/seteqP; split=> M h i j; have := h j i; rewrite mxE.
rewrite [LHS](@product_matrix_box _ mu _ _ (fun i j => B j i))//.
exact: exchange_big.
Qed.

Let measurable_col_perm r m s :
  measurable_fun setT (col_perm s : matrix_space R r m -> matrix_space R r m).
Proof.
by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
Qed.

Theorem product_matrix_col_perm r m (s : 'S_m) (S : set (matrix_space R r m)) : measurable S ->
  pm r m (col_perm s @^-1` S) = pm r m S.
Proof.
apply: (product_matrix_image (@measurable_col_perm r m s) _).1 => B mB.
have -> : (@col_perm R r m s) @^-1` box B = box (fun i j => B i (s^-1%g j)).
  apply/seteqP; split=> M h i j; first by move: (h i (s^-1%g j)); rewrite mxE permKV; exact.
  by move: (h i (s j)); rewrite mxE permK; exact.
rewrite [LHS](@product_matrix_box _ mu _ _ (fun i j => B i (s^-1%g j)))//.
apply: eq_bigr => i _; rewrite [RHS](reindex_inj (@perm_inj _ s^-1%g))//.
Qed.

(* Row vectors: product_matrix mu 1 n is product_row mu n. *)
Lemma product_matrix_product_row n (S : set (matrix_space R 1 n)) : measurable S ->
  pm 1 n S = product_row mu n S.
Proof.
move=> mS; apply/esym; apply: product_matrix_unique => // B mB.
rewrite big_ord1 -product_row_box//; congr (product_row mu n _).
by apply/seteqP; split=> w /= h => [i|i j]; rewrite ?(ord1 i).
Qed.

Theorem product_matrix_row_cons n (F : matrix_space R 1 n.+1 -> \bar R) :
  measurable_fun setT F -> (forall M, 0 <= F M)%E ->
  (\int[pm 1 n.+1]_w F w = \int[mu]_x \int[pm 1 n]_w F (row_mx (x%:M : 'M_1) w))%E.
Proof.
have same k (G : matrix_space R 1 k -> \bar R) :
    (\int[pm 1 k]_w G w = \int[product_row mu k]_w G w)%E.
  by apply: eq_measure_integral => S mS _; exact: product_matrix_product_row.
move=> mF F0; rewrite same product_row_integral//.
by apply: eq_integral => x _; rewrite same.
Qed.

End blocks.
