namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// DP-SGD as in <see cref="DpSgdMechanism"/> with discrete Gaussian noise on a lattice in place of normal noise: upper bounds of what all T iterates
/// reveal, for neighbours that differ by the addition or removal of one example (S30).
/// </summary>
/// <remarks>
/// The Rényi divergences of the discrete law are at most those of the normal one at every order, and nothing sharper is used: the exact curve of the Gaussian
/// mechanism, and brackets made from it, do not hold for a vector. So ε is that of Rényi accounting, a few per cent more. Every result is rounded towards
/// less private.
/// </remarks>
[Statement("S30")]
public sealed record DiscreteGaussianMechanism : IPrivacyCurve
{
    // α − 1 is searched for between e^±30; every order is a valid one, and beyond these none is of use.
    private const double LogOrderRange = 30;
    private const int SearchSteps = 100;

    // A larger ε is treated as this one, which bounds its δ and cannot overflow.
    private const double LargestEpsilon = 1e290;

    /// <summary>A run.</summary>
    /// <param name="noiseMultiplier">σ, positive and finite: the parameter of the discrete Gaussian law over the L2 sensitivity, which is the clipping norm.</param>
    /// <param name="samplingRate">q, the probability with which each example enters a batch, in (0, 1].</param>
    /// <param name="steps">T ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public DiscreteGaussianMechanism(double noiseMultiplier, double samplingRate, long steps)
    {
        NoiseMultiplier = Argument.Positive(noiseMultiplier);
        SamplingRate = Argument.Rate(samplingRate);
        Steps = Argument.NonNegative(steps);
    }

    /// <summary>σ &gt; 0.</summary>
    public double NoiseMultiplier { get; }

    /// <summary>q in (0, 1].</summary>
    public double SamplingRate { get; }

    /// <summary>T ≥ 0.</summary>
    public long Steps { get; }

    /// <summary>0, a lower bound of the probability of an infinite loss.</summary>
    public double Floor => 0;

    /// <summary>ρ = T/(2σ²): without sampling the run is ρ-concentrated differentially private.</summary>
    public double Concentration => Steps == 0 ? 0 : OutwardRounding.Up(0.5 * Steps / NoiseMultiplier / NoiseMultiplier);

    /// <summary>Bounds of the least ε for which the run is (ε, δ)-differentially private: 0, and what Rényi divergences prove.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>[0, ε] with ε ≥ 0; 0 for no steps and where δ is at least the probability 1 − (1 − q)^T that the example is used; +∞ where ε would exceed the largest
    /// double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public Bracket Epsilon(double delta) => new(0, LeastEpsilon(delta));

    private double LeastEpsilon(double delta)
    {
        double logDelta = Math.Log(Argument.Probability(delta));
        if (delta >= ProbabilityOfUse())
        {
            return 0;
        }

        double rho = Concentration;
        double unsampled = Math.Max(0, Least(order => RenyiConversion.Epsilon(order, OutwardRounding.Up(order * rho), logDelta)));
        return SamplingRate == 1
            ? unsampled
            : Math.Min(unsampled, new SubsampledGaussianRenyi(NoiseMultiplier, SamplingRate).EpsilonUpperBound(Steps, delta));
    }

    /// <summary>Bounds of the least δ for which the run is (ε, δ)-differentially private: 0, and what Rényi divergences prove.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>[0, δ] with δ in [0, 1], 0 for no steps only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon) => new(0, LeastDelta(epsilon));

    private double LeastDelta(double epsilon)
    {
        epsilon = Math.Min(Argument.NonNegative(epsilon), LargestEpsilon);
        double use = ProbabilityOfUse();
        if (Steps == 0)
        {
            return use;
        }

        double rho = Concentration;
        double logDelta = Least(order => RenyiConversion.LogDelta(order, OutwardRounding.Up((order - 1) * order * rho), epsilon));
        if (SamplingRate < 1)
        {
            logDelta = Math.Min(logDelta, new SubsampledGaussianRenyi(NoiseMultiplier, SamplingRate).LogDeltaUpperBound(Steps, epsilon));
        }

        return Math.Min(use, OutwardRounding.Up(Math.Exp(Math.Min(0, logDelta))));
    }

    private double ProbabilityOfUse() => new DpSgdMechanism(NoiseMultiplier, SamplingRate, Steps).ProbabilityOfUse();

    // Quasi-convex in α (S19, item 4): a ternary search in log(α − 1). Wherever it ends, the value is a bound.
    private static double Least(Func<double, double> bound)
    {
        (double low, double high) = (-LogOrderRange, LogOrderRange);
        for (int i = 0; i < SearchSteps; i++)
        {
            double third = (high - low) / 3;
            if (At(low + third) <= At(high - third))
            {
                high -= third;
            }
            else
            {
                low += third;
            }
        }

        return At(0.5 * (low + high));

        double At(double logOrder) => bound(1 + Math.Exp(logOrder));
    }
}
