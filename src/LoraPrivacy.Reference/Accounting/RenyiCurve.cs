using LoraPrivacy.Reference.Releases.Factor;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// An upper bound of the Rényi divergence of one step as a function of its order, in the direction in which it is larger: all that Rényi accounting needs of
/// a mechanism (S19, items 3 and 4; S24).
/// </summary>
public sealed class RenyiCurve
{
    // Ten times the error that FactorRelease promises; it is tested, not proved.
    private const double FactorAccuracy = 1e-12;

    private readonly Func<double, double> divergence;

    private RenyiCurve(Func<double, double> divergence) => this.divergence = divergence;

    /// <summary>D_α, rounded up.</summary>
    /// <param name="order">α, greater than 1 and finite.</param>
    /// <returns>An upper bound of D_α, at least 0; +∞ where there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside its range.</exception>
    public double Divergence(double order)
    {
        Argument.Finite(order);
        return order > 1 ? divergence(order) : throw Argument.OutOfRange(nameof(order), order, "a finite number above 1");
    }

    /// <summary>The Gaussian mechanism: D_α = αμ²/2 at every order.</summary>
    /// <param name="sensitivityRatio">μ, the sensitivity over the standard deviation of the noise, at least 0 and finite.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">μ is outside its range.</exception>
    [Statement("S19")]
    public static RenyiCurve Gaussian(double sensitivityRatio)
    {
        double mu = Argument.NonNegative(sensitivityRatio);
        return new RenyiCurve(order => mu == 0 ? 0 : OutwardRounding.Up(0.5 * order * mu * mu));
    }

    /// <summary>The Poisson-subsampled Gaussian mechanism where one example is added or removed.</summary>
    /// <param name="noiseMultiplier">σ, positive and finite.</param>
    /// <param name="samplingRate">q, in (0, 1].</param>
    /// <returns>The curve; a fractional order is bounded by the next integer's, as D_α rises with α, and orders above 4096 have no bound.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S19")]
    public static RenyiCurve SubsampledGaussian(double noiseMultiplier, double samplingRate)
    {
        SubsampledGaussianRenyi step = new(noiseMultiplier, samplingRate);
        return new RenyiCurve(order => order > SubsampledGaussianRenyi.LargestOrder
            ? double.PositiveInfinity
            : step.RenyiDivergence((int)Math.Max(2, Math.Ceiling(order))));
    }

    /// <summary>The factor release, exactly.</summary>
    /// <param name="release">The release; the larger of its two directions is taken.</param>
    /// <returns>The curve; +∞ from the order on at which the moment does not exist.</returns>
    [Statement("S24")]
    public static RenyiCurve Factor(FactorRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        FactorRelease reverse = release.Reverse();
        return new RenyiCurve(order => Math.Max(release.RenyiDivergence(order), reverse.RenyiDivergence(order)) * (1 + FactorAccuracy));
    }
}
