namespace LoraPrivacy.Reference.Privacy;

/// <summary>
/// A privacy curve δ(ε) = H_ε(P‖Q), known between bounds: what accounting needs of a mechanism (S27). Of an exact curve both bounds are the same number,
/// as accurate as the curve's type promises.
/// </summary>
public interface IPrivacyCurve
{
    /// <summary>δ_∞ = lim δ(ε) as ε → ∞, the probability of an infinite loss, or a lower bound of it; 0 always is one.</summary>
    double Floor { get; }

    /// <summary>Bounds of δ(ε).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A bracket inside [0, 1] that contains δ(ε). The upper bounds must not rise with ε by more than their width.</returns>
    Bracket Delta(double epsilon);

    /// <summary>Bounds of the smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>A bracket that contains it; its upper end is +∞ where no finite ε is known to be enough.</returns>
    Bracket Epsilon(double delta) => CurveInversion.Between(this, delta);

    /// <summary>−δ′(ε), only as good as the speed of a search needs.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A difference quotient of the upper bounds, where nothing better is known.</returns>
    double Slope(double epsilon)
    {
        double step = 1e-4 * epsilon + 1e-12;
        return (Delta(epsilon).Upper - Delta(epsilon + step).Upper) / step;
    }
}

/// <summary>The larger of the curves of two directions: what differential privacy asks of a pair.</summary>
internal sealed class LargerCurve(IPrivacyCurve forward, IPrivacyCurve reverse) : IPrivacyCurve
{
    public double Floor => Math.Max(forward.Floor, reverse.Floor);

    public Bracket Delta(double epsilon) => forward.Delta(epsilon).Max(reverse.Delta(epsilon));

    public Bracket Epsilon(double delta) => forward.Epsilon(delta).Max(reverse.Epsilon(delta));
}
