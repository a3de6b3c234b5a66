(* S16, the algebra: over any field with 0 <= x^2 that the statement needs, here a real field F.

   Y = G A^T A is the product release of the matrix G (n x m) with the sketch A (r x m).
     - Y G^T is symmetric, for every A.
     - Y' = G' A^T A: Y' G^T is symmetric iff sum_k (G' a_k) /\ (G a_k) = 0 over the rows a_k of A,
       where x /\ y = x y^T - y x^T.
     - Y' G^T is symmetric for every A (r >= 1) iff G' a is parallel to G a for every vector a, and this iff G' and G are
       proportional (one of them may be zero) or G = u q^T and G' = u q'^T with one common column u.
   Vectors are column vectors 'cV; x and y are parallel if x y^T = y x^T. *)
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssralg ssrnum matrix mxalgebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section definitions.
Variable F : fieldType.

(* The product release: the sketched gradient G A^T A. *)
Definition release n m r (G : 'M[F]_(n, m)) (A : 'M[F]_(r, m)) : 'M[F]_(n, m) := G *m A^T *m A.

Definition symmetric n (M : 'M[F]_n) : Prop := M^T = M.

Definition wedge n (x y : 'cV[F]_n) : 'M[F]_n := x *m y^T - y *m x^T.

Definition parallel n (x y : 'cV[F]_n) : Prop := x *m y^T = y *m x^T.

(* G and G' are proportional; one of them may be zero. *)
Definition proportional n m (G G' : 'M[F]_(n, m)) : Prop :=
  exists c : F, G' = c *: G \/ G = c *: G'.

(* G = u q^T and G' = u q'^T. *)
Definition common_column n m (G G' : 'M[F]_(n, m)) : Prop :=
  exists (u : 'cV[F]_n) (q q' : 'cV[F]_m), G = u *m q^T /\ G' = u *m q'^T.

Definition locally_parallel n m (G G' : 'M[F]_(n, m)) : Prop :=
  forall a : 'cV[F]_m, parallel (G' *m a) (G *m a).

End definitions.
