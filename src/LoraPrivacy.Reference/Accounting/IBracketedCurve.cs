namespace LoraPrivacy.Reference.Accounting;

/// <summary>A privacy curve δ(ε) = H_ε(P‖Q) that is known between bounds: what accounting needs of a mechanism (S27).</summary>
public interface IBracketedCurve
{
    /// <summary>A lower bound of lim δ(ε) as ε → ∞, the probability of an infinite loss; 0 always is one.</summary>
    double InfiniteLoss { get; }

    /// <summary>Bounds of δ(ε).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A bracket inside [0, 1] that contains δ(ε) exactly. The upper bounds must not rise with ε by more than their width.</returns>
    Bracket Delta(double epsilon);
}
