namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// DP-SGD on LoRA's B: at every step each example enters the batch with probability q, its gradient of B is clipped to norm C,
/// and Gaussian noise of standard deviation σC is added to the sum, which is divided by the expected batch size. Proved brackets
/// of what all T iterates reveal in the worst case (S19).
/// </summary>
/// <remarks>
/// <para>The guarantee is of B, whatever A is and whether or not it is published, as long as A does not depend on the data: a
/// data-driven initialisation, hyperparameters tuned on the data, a seed that is not secret, and noise in floating point are not
/// covered.</para>
/// <para>What is claimed of a run is the upper end of a bracket, which is rounded outward.</para>
/// </remarks>
[Statement("S19")]
public sealed record DpSgdMechanism : IPrivacyCurve
{
    // Ten times the promised error of the Gaussian curve in log δ, in its tail and of its inverse.
    private const double CurveSlack = 1e-11;
    private const double TailSlack = 4e-14;
    private const double RootSlack = 1e-12;

    /// <summary>A run of DP-SGD.</summary>
    /// <param name="noiseMultiplier">σ, the standard deviation of the noise over the clipping norm C, at least 0 and finite.</param>
    /// <param name="samplingRate">q, the probability with which each example enters a batch (expected batch size over number of
    /// examples), in (0, 1].</param>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="neighbours">When two data sets are neighbours: one example added or removed, or one replaced.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public DpSgdMechanism(double noiseMultiplier, double samplingRate, long steps, NeighbouringRelation neighbours = NeighbouringRelation.AddRemove)
    {
        NoiseMultiplier = Argument.NonNegative(noiseMultiplier);
        SamplingRate = Argument.Rate(samplingRate);
        Steps = Argument.NonNegative(steps);
        Neighbours = Enum.IsDefined(neighbours) ? neighbours : throw Argument.OutOfRange(nameof(neighbours), neighbours, "ReplaceOne or AddRemove");
    }

    /// <summary>σ ≥ 0.</summary>
    public double NoiseMultiplier { get; }

    /// <summary>q in (0, 1].</summary>
    public double SamplingRate { get; }

    /// <summary>T ≥ 0.</summary>
    public long Steps { get; }

    /// <summary>When two data sets are neighbours.</summary>
    public NeighbouringRelation Neighbours { get; }

    /// <summary>0, a lower bound of the probability of an infinite loss.</summary>
    public double Floor => 0;

    /// <summary>
    /// An ε that caps the bracket for adding or removing, without composition: the least of the Rényi bound (<see cref="SubsampledGaussianRenyi"/>), of the
    /// exact curve without subsampling (<see cref="GaussianMechanism"/>, rounded up by ten times its promised error, which is tested, not proved) and of the
    /// probability that the example is used at all (S19, items 4 and 5). Loose for q &lt; 1, and monotone in each of T, q and 1/σ, up to rounding.
    /// </summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε ≥ 0. 0 for no steps, and where δ is at least the probability 1 − (1 − q)^T that the example is used; +∞, that
    /// is no guarantee, without noise otherwise, and where ε would exceed the largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    internal double EpsilonUpperBound(double delta)
    {
        Argument.Probability(delta);
        if (delta >= ProbabilityOfUse())
        {
            return 0;
        }

        double ratio = UnsampledRatio();
        if (double.IsInfinity(ratio))
        {
            return double.PositiveInfinity;
        }

        double logDelta = Math.Log(delta);
        double unsampled = new GaussianMechanism(ratio).EpsilonAtLogDelta(logDelta - CurveSlack + TailSlack * logDelta) * (1 + RootSlack);
        return SamplingRate == 1
            ? unsampled
            : Math.Min(unsampled, new SubsampledGaussianRenyi(NoiseMultiplier, SamplingRate).EpsilonUpperBound(Steps, delta));
    }

    /// <summary>A δ that caps the bracket, as <see cref="EpsilonUpperBound"/> does for ε.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], 0 for no steps only; without noise 1 − (1 − q)^T, whatever ε is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    internal double DeltaUpperBound(double epsilon)
    {
        Argument.NonNegative(epsilon);
        double use = ProbabilityOfUse();
        double ratio = UnsampledRatio();
        if (double.IsInfinity(ratio) || Steps == 0)
        {
            return use;
        }

        double logDelta = new GaussianMechanism(ratio).LogDelta(epsilon);
        logDelta += CurveSlack - TailSlack * Math.Max(logDelta, double.MinValue);
        if (SamplingRate < 1)
        {
            logDelta = Math.Min(
                logDelta, new SubsampledGaussianRenyi(NoiseMultiplier, SamplingRate).LogDeltaUpperBound(Steps, epsilon));
        }

        return Math.Min(use, OutwardRounding.Up(Math.Exp(logDelta)));
    }

    /// <summary>The least ε for which the worst case of the run is (ε, δ)-differentially private, between proved bounds.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>A bracket of that ε (S19, items 1, 2, 8 and 9). Tested to be at most 2e-3 wide, relatively, for σ in [0.6, 20], q ≥ 2e-3, T up to 3000 and δ = 1e-6
    /// wherever ε ≥ 0.01, and narrower than that at many points beyond. Where a uniform grid is not narrow enough (σ below about 0.5 with q below about
    /// 1e-2, q near 1e-5 with a tiny δ, T above 1e8) the laws of S32 are tried, for δ ≥ 1e-300. Of 40 random points with σ in [0.01, 1e4], q ≥ 1e-9
    /// and T up to 1e12, 39 are at most 1e-3 wide (1e-2 for δ below 1e-15), and one, σ = 0.014 with δ = 2e-252, 2e-2. Beyond, the bracket may be wide
    /// and still true: up to [ε of one step, the least bound of items 4 and 5]. For q = 1 it is the closed form to
    /// 1e-9.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public Bracket Epsilon(double delta) => DpSgdComposition.Epsilon(this, Argument.Probability(delta), Neighbours);

    /// <summary>The least δ for which the worst case of the run is (ε, δ)-differentially private, between proved bounds.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A bracket of that δ, inside [0, 1]; as sharp as <see cref="Epsilon"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon) => DpSgdComposition.Delta(this, Argument.NonNegative(epsilon), Neighbours);

    // 1 − (1 − q)^T, rounded up.
    internal double ProbabilityOfUse()
        => Steps == 0 ? 0
            : SamplingRate == 1 ? 1
            : Math.Min(1, OutwardRounding.Up(-ElementaryFunctions.ExpMinusOne(Steps * ElementaryFunctions.LogOnePlus(-SamplingRate))));

    // √T/σ rounded up, the ratio of all steps with every example in every batch; +∞ without noise.
    private double UnsampledRatio() => OutwardRounding.Up(Math.Sqrt(Steps) / NoiseMultiplier);
}
