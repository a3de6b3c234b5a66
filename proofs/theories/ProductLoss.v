(* S10: the privacy loss of the product release, from the densities that S8 states, as an identity of logarithms.

   With norm = |q|, inner = <y,q> > 0, square = |y|^2, and a constant that depends on r and m only,

       log_density r m constant norm inner square
         = (r-m-1)/2 ln inner - (r-1) ln norm - r square/(2 inner) + constant.

   With lambda = |q|/|q'|, h = lambda <y,q'>/<y,q> > 0 and X = r |y|^2/<y,q>,

       loss r m lambda h X = -(r-m-1)/2 ln h - (r+m-1)/2 ln lambda + X (lambda/h - 1)/2

   is the difference of the two log densities. In the plane of q = |q| u and q' = |q'|(cos theta u + sin theta e),
   h is cos theta + sin theta tan psi for tan psi = <y,e>/<y,u>. The laws of X and psi are not proved here. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition log_density (r m constant norm inner square : R) : R :=
  (r - m - 1) / 2 * ln inner - (r - 1) * ln norm - r * square / (2 * inner) + constant.

Definition loss (r m lambda h X : R) : R :=
  - ((r - m - 1) / 2) * ln h - (r + m - 1) / 2 * ln lambda + / 2 * X * (lambda / h - 1).

Lemma ln_quotient a b : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof.
intros; unfold Rdiv; rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption); ring.
Qed.

Theorem S10_loss_from_densities (r m constant norm norm' inner inner' square : R) :
  0 < norm -> 0 < norm' -> 0 < inner -> 0 < inner' ->
  log_density r m constant norm inner square - log_density r m constant norm' inner' square =
  loss r m (norm / norm') (norm / norm' * (inner' / inner)) (r * square / inner).
Proof.
intros Hn Hn' Hi Hi'; unfold log_density, loss.
rewrite ln_mult by (apply Rdiv_lt_0_compat; assumption).
rewrite !ln_quotient by assumption.
field; lra.
Qed.

Theorem S10_ratio (norm norm' theta psi u e : R) : 0 < norm -> 0 < norm' -> 0 < u -> tan psi = e / u ->
  norm / norm' * (norm' * (cos theta * u + sin theta * e) / (norm * u)) = cos theta + sin theta * tan psi.
Proof. intros Hn Hn' Hu Ht; rewrite Ht; field; lra. Qed.
