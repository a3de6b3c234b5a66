(* Matrices with independent entries: the product measure on matrices.

   mu is a sigma-finite measure on R (a probability, or Lebesgue measure).

     product_row mu n: on row vectors with n entries: the point mass at the empty row for n = 0, and for n + 1 the image of
       mu x product_row mu n under (x, w) |-> row_mx x%:M w;
     product_matrix mu r m: on r x m matrices, the image of product_row mu (r m) under vec_mx.

   On the box {M | M i j in B i j for all i, j} product_matrix mu has the value
       prod_i prod_j mu (B i j),                                                   (product_matrix_box)
   and it is the only measure with these values                                    (product_matrix_unique). *)
From HB Require Import structures.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum ssrint interval poly zmodp matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype.
From mathcomp Require Import sequences esum measure numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
From LoraPrivacy Require Import MatrixSpace.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Def Num.Theory.
Import numFieldTopology.Exports.
Local Open Scope classical_set_scope.
Local Open Scope ring_scope.

Section measurable_maps.
Context (R : realType).

Lemma measurable_row_mx r m1 m2 : measurable_fun setT
  (fun z : matrix_space R r m1 * matrix_space R r m2 => row_mx z.1 z.2 : matrix_space R r (m1 + m2)).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
case: (fintype.split j) => k.
  by apply: measurableT_comp (measurable_entry i k) _; exact: measurable_fst.
by apply: measurableT_comp (measurable_entry i k) _; exact: measurable_snd.
Qed.

Lemma measurable_col_mx r1 r2 m : measurable_fun setT
  (fun z : matrix_space R r1 m * matrix_space R r2 m => col_mx z.1 z.2 : matrix_space R (r1 + r2) m).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE.
case: (fintype.split i) => k.
  by apply: measurableT_comp (measurable_entry k j) _; exact: measurable_fst.
by apply: measurableT_comp (measurable_entry k j) _; exact: measurable_snd.
Qed.

Lemma measurable_scalar_row : measurable_fun setT (fun x : R => x%:M : matrix_space R 1 1).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE !ord1 eqxx mulr1n.
exact: measurable_id.
Qed.

Lemma measurable_vec_mx r m : measurable_fun setT
  (vec_mx : matrix_space R 1 (r * m) -> matrix_space R r m).
Proof.
apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
Qed.

Lemma measurable_mxvec r m : measurable_fun setT
  (mxvec : matrix_space R r m -> matrix_space R 1 (r * m)).
Proof.
apply: measurable_matrix => i j; rewrite ord1; case/mxvec_indexP: j => k l.
by under eq_fun do rewrite mxvecE; exact: measurable_entry.
Qed.

End measurable_maps.

(* The image of a sigma-finite measure under an injective map with a measurable left inverse. *)
Lemma pushforward_sigma_finite d1 d2 (X : measurableType d1) (Y : measurableType d2) (R : realType)
  (m : {sigma_finite_measure set X -> \bar R}) (f : X -> Y) (g : Y -> X) (mf : measurable_fun setT f) :
  measurable_fun setT g -> cancel f g -> sigma_finite setT (pushforward m mf).
Proof.
move=> mg fK; have /sigma_finiteP[F [TF ndF Foo]] := sigma_finiteT m.
exists (fun n => g @^-1` F n) => [|n].
  by apply/seteqP; split=> // y _; have : setT (g y) by []; rewrite TF => -[n _ h]; exists n.
have [mFn Fn] := Foo n; split; first by rewrite -[X in measurable X]setTI; exact: mg.
rewrite /pushforward (_ : f @^-1` _ = F n)//.
by apply/seteqP; split=> x; rewrite /= fK.
Qed.

Section product_row.
Context (R : realType) (mu : {sigma_finite_measure set R -> \bar R}).

Definition row_cons n (z : R * matrix_space R 1 n) : matrix_space R 1 n.+1 :=
  row_mx (z.1%:M : 'M_1) z.2.

Lemma measurable_row_cons n : measurable_fun setT (@row_cons n).
Proof.
apply: (measurableT_comp (@measurable_row_mx R 1 1 n)
  (g := fun z : R * matrix_space R 1 n => (z.1%:M : matrix_space R 1 1, z.2))).
apply: measurable_fun_prod => //=.
by apply: measurableT_comp measurable_fst => //; exact: measurable_scalar_row.
Qed.

Definition row_uncons n (w : matrix_space R 1 n.+1) : R * matrix_space R 1 n :=
  (lsubmx (w : 'rV_(1 + n)) ord0 ord0, rsubmx (w : 'rV_(1 + n))).

Lemma row_consK n : cancel (@row_cons n) (@row_uncons n).
Proof.
move=> [x w]; congr pair; last by rewrite /row_cons row_mxKr.
by rewrite /row_cons /= row_mxKl mxE eqxx mulr1n.
Qed.

Lemma row_cons0 n z : @row_cons n z ord0 ord0 = z.1.
Proof.
have -> : ord0 = lshift n (ord0 : 'I_1) :> 'I_(1 + n) by exact/val_inj.
apply: (eq_trans (row_mxEl (z.1%:M : 'M_1) z.2 ord0 ord0)).
by rewrite mxE eqxx mulr1n.
Qed.

Lemma row_consS n z i : @row_cons n z ord0 (lift ord0 i) = z.2 ord0 i.
Proof. by rewrite -rshift1; exact: (row_mxEr (z.1%:M : 'M_1) z.2 ord0 i). Qed.

Lemma measurable_row_uncons n : measurable_fun setT (@row_uncons n).
Proof.
apply: measurable_fun_prod; first by under eq_fun do rewrite mxE; exact: measurable_entry.
by apply: measurable_matrix => i j; under eq_fun do rewrite mxE; exact: measurable_entry.
Qed.

Section step.
Context n (nu : {sigma_finite_measure set (matrix_space R 1 n) -> \bar R}).

Definition row_step : set (matrix_space R 1 n.+1) -> \bar R :=
  pushforward (mu \x nu)%E (@measurable_row_cons n).

HB.instance Definition _ := Measure.on row_step.

Let row_step_sigma_finite : sigma_finite setT row_step.
Proof. exact: pushforward_sigma_finite (@measurable_row_uncons n) (@row_consK n). Qed.

HB.instance Definition _ := @Measure_isSigmaFinite.Build _ _ _ row_step row_step_sigma_finite.

End step.

Fixpoint product_row n : {sigma_finite_measure set (matrix_space R 1 n) -> \bar R} :=
  match n with
  | 0 => \d_(0 : matrix_space R 1 0)
  | n'.+1 => row_step (product_row n')
  end.

Lemma product_row_step n (S : set (matrix_space R 1 n.+1)) :
  product_row n.+1 S = (mu \x product_row n)%E (@row_cons n @^-1` S).
Proof. by []. Qed.

(* Integrals by the recursion. *)
Lemma product_row_integral n (F : matrix_space R 1 n.+1 -> \bar R) :
  measurable_fun setT F -> (forall w, 0 <= F w)%E ->
  (\int[product_row n.+1]_w F w = \int[mu]_x \int[product_row n]_w F (row_cons (x, w)))%E.
Proof.
move=> mF F0; rewrite ge0_integral_pushforward// fubini_tonelli1//=.
by apply: measurableT_comp => //; exact: measurable_row_cons.
Qed.

Lemma product_row_box n (B : 'I_n -> set R) : (forall i, measurable (B i)) ->
  product_row n [set w | forall i, B i (w ord0 i)] = (\prod_i mu (B i))%E.
Proof.
elim: n B => [|n ih] B mB.
  rewrite big_ord0 /= diracE mem_set//; by case.
rewrite product_row_step.
pose C := [set w : matrix_space R 1 n | forall i, B (lift ord0 i) (w ord0 i)].
have -> : @row_cons n @^-1` [set w | forall i, B i (w ord0 i)] = B ord0 `*` C.
  apply/seteqP; split=> z /=.
    by move=> h; split=> [|i]; [have := h ord0; rewrite row_cons0|have := h (lift ord0 i); rewrite row_consS].
  by move=> [h0 h] i; case: (unliftP ord0 i) => [j ->|->]; rewrite ?row_cons0 ?row_consS.
rewrite product_measure1E//; first by rewrite big_ord_recl; congr (_ * _)%E; exact: ih.
apply: (@finite_forall_measurable _ (matrix_space R 1 n) _
  (fun i => [set w : matrix_space R 1 n | B (lift ord0 i) (w ord0 i)])).
by move=> i; rewrite -[X in measurable X]setTI; exact: measurable_entry.
Qed.

End product_row.

Section product_matrix.
Context (R : realType) (mu : {sigma_finite_measure set R -> \bar R}) (r m : nat).

Definition product_matrix : set (matrix_space R r m) -> \bar R :=
  pushforward (product_row mu (r * m)) (@measurable_vec_mx R r m).

HB.instance Definition _ := Measure.on product_matrix.

Let product_matrix_sigma_finite : sigma_finite setT product_matrix.
Proof. exact: pushforward_sigma_finite (@measurable_mxvec R r m) vec_mxK. Qed.

HB.instance Definition _ :=
  @Measure_isSigmaFinite.Build _ _ _ product_matrix product_matrix_sigma_finite.

Theorem product_matrix_box (B : 'I_r -> 'I_m -> set R) : (forall i j, measurable (B i j)) ->
  product_matrix [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j mu (B i j))%E.
Proof.
move=> mB; pose C (k : 'I_(r * m)) :=
  let e := enum_val (cast_ord (esym (mxvec_cast r m)) k) in B e.1 e.2.
have CE i j : C (mxvec_index i j) = B i j by rewrite /C cast_ordK enum_rankK.
transitivity (product_row mu (r * m) [set w | forall k, C k (w ord0 k)]).
  rewrite /product_matrix /pushforward; congr (product_row mu _ _).
  apply/seteqP; split=> w /= h.
    by case/mxvec_indexP => i j; have := h i j; rewrite CE mxE.
  by move=> i j; have := h (mxvec_index i j); rewrite CE mxE.
rewrite product_row_box; last by move=> k; exact: mB.
rewrite (reindex _ (curry_mxvec_bij _ _)) /= pair_bigA /=.
by apply: eq_bigr => -[i j] _ /=; rewrite CE.
Qed.

Theorem product_matrix_unique (nu : {measure set (matrix_space R r m) -> \bar R}) :
  (forall B : 'I_r -> 'I_m -> set R, (forall i j, measurable (B i j)) ->
     nu [set M | forall i j, B i j (M i j)] = (\prod_i \prod_j mu (B i j))%E) ->
  forall S, measurable S -> nu S = product_matrix S.
Proof.
move=> nuB; have /sigma_finiteP[F [TF ndF Foo]] := sigma_finiteT mu.
pose G k := [set M : 'M[R]_(r, m) | forall i j, F k (M i j)].
move=> S mS; apply: (@measure_unique _ R (matrix_space R r m) (@boxes R r m) G) => //.
- exact: boxesI.
- by move=> k; exists (fun _ _ => F k); split=> // i j; have [] := Foo k.
- apply/seteqP; split=> // M _.
  have hF i j : exists k, F k (M i j).
    by have : setT (M i j) by []; rewrite {1}TF => -[k _]; exists k.
  pose K i j := projT1 (cid (hF i j)).
  exists (\max_i \max_j K i j)%N => // i j.
  suff : F (K i j) `<=` F (\max_i \max_j K i j)%N.
    by apply; exact: (projT2 (cid (hF i j))).
  apply/subsetPset/ndF; apply: leq_trans (leq_bigmax i).
  exact: (leq_bigmax (F := K i) j).
- by move=> _ [B [mB ->]]; rewrite nuB//; exact/esym/product_matrix_box.
- move=> k; have [mF Fk] := Foo k.
  apply: (@le_lt_trans _ _ (\prod_(i < r) \prod_(j < m) mu (F k))%E).
    by rewrite le_eqVlt; apply/orP; left; apply/eqP/nuB.
  rewrite -ge0_fin_numE; last by apply: prode_ge0 => i _; apply: prode_ge0.
  by apply: prode_fin_num => i _; apply: prode_fin_num => j _; rewrite ge0_fin_numE.
Qed.

End product_matrix.

Arguments product_matrix {R} mu r m.
