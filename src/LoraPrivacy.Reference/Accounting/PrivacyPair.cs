using LoraPrivacy.Reference.Releases.Factor;
using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A pair of laws (P, Q) of what one step releases, known by its privacy curves: H_ε(P‖Q) and H_ε(Q‖P) for ε ≥ 0 fix H_ε for every
/// real ε, and so the law of the privacy loss, which is all that composition needs (S27).
/// </summary>
/// <param name="Forward">The curve of P against Q: the direction that is accounted.</param>
/// <param name="Reverse">The curve of Q against P.</param>
[Statement("S27")]
public sealed record PrivacyPair(IPrivacyCurve Forward, IPrivacyCurve Reverse)
{
    // The promises of ProductRelease and FactorRelease, ten times over; they are tested, not proved.
    private const double ReleaseAccuracy = 1e-10;

    // The largest δ over a neighbourhood is found to about the square root of the spacing at which doubles tell two angles apart.
    private const double SearchAccuracy = 1e-7;

    // Ten times what the tables err by (tested).
    private const double SearchTableAccuracy = 1e-5;

    /// <summary>The size of the loss of an output that leaves the example's use open, −log(1 − q), about which a law may be concentrated; 0 if unknown.</summary>
    internal double AtomLoss { get; init; }

    /// <summary>The same pair by tables, where its curves are dear and may have heavy tails; null otherwise.</summary>
    internal PrivacyPair? Table { get; private init; }

    /// <summary>The other direction, (Q, P).</summary>
    /// <returns>The pair with its curves exchanged. A method, since a record prints its properties.</returns>
    public PrivacyPair Swap() => new(Reverse, Forward) { AtomLoss = AtomLoss, Table = Table?.Swap() };

    /// <summary>The Gaussian mechanism: N(μ, 1) against N(0, 1) (S19, item 2).</summary>
    /// <param name="sensitivityRatio">μ, positive and finite: the sensitivity over the standard deviation of the noise.</param>
    /// <returns>The pair, the same in both directions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">μ is outside its range.</exception>
    public static PrivacyPair Gaussian(double sensitivityRatio) => SubsampledGaussian(1 / Argument.Positive(sensitivityRatio), 1, NeighbouringRelation.AddRemove);

    /// <summary>One step of the Poisson-subsampled Gaussian mechanism for its worst neighbours (S19, items 1, 6 and 8).</summary>
    /// <param name="noiseMultiplier">σ, positive and finite: the standard deviation of the noise over the clipping norm.</param>
    /// <param name="samplingRate">q, in (0, 1].</param>
    /// <param name="neighbours">For <see cref="NeighbouringRelation.AddRemove"/>, the forward direction is that of the data with the
    /// example against those without; for <see cref="NeighbouringRelation.ReplaceOne"/> both are the same.</param>
    /// <returns>The exact worst-case pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static PrivacyPair SubsampledGaussian(double noiseMultiplier, double samplingRate, NeighbouringRelation neighbours)
    {
        Argument.Positive(noiseMultiplier);
        Argument.Rate(samplingRate);
        switch (neighbours)
        {
            case NeighbouringRelation.AddRemove:
                return new(
                    new SubsampledGaussianCurve(noiseMultiplier, samplingRate, removed: false),
                    new SubsampledGaussianCurve(noiseMultiplier, samplingRate, removed: true))
                {
                    AtomLoss = samplingRate < 1 ? -ElementaryFunctions.LogOnePlus(-samplingRate) : 0,
                };
            case NeighbouringRelation.ReplaceOne:
                var curve = new ReplacedGaussianCurve(noiseMultiplier, samplingRate);
                return new(curve, curve);
            default:
                throw Argument.OutOfRange(nameof(neighbours), neighbours, "ReplaceOne or AddRemove");
        }
    }

    /// <summary>The product release of one pair of queries (S11, S12).</summary>
    /// <param name="release">The release.</param>
    /// <param name="queries">λ and θ of the pair.</param>
    /// <returns>The pair; its bounds are ten times the release's promised error, which is tested, not proved, away from the curve.</returns>
    public static PrivacyPair Product(ProductRelease release, VectorPair queries)
    {
        ArgumentNullException.ThrowIfNull(release);
        ProductCurve forward = release.Curve(queries);

        // Equal norms: a rotation exchanges the two queries.
        VectorPair reverse = queries.Reverse();
        return Tested(forward, reverse == queries ? forward : release.Curve(reverse));
    }

    /// <summary>The factor release of one pair of gradients (S24).</summary>
    /// <param name="release">The release, for the direction that becomes forward.</param>
    /// <returns>The pair; its bounds are ten times the release's promised error, which is tested, not proved, away from the curve.</returns>
    public static PrivacyPair Factor(FactorRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return Tested(release, release.Reverse());
    }

    /// <summary>
    /// A pair that dominates the product release of every pair of a neighbourhood, in both directions: its curve is the largest δ(ε) over them, which is
    /// the curve of a pair again (S22, item 3). Composed it gives upper bounds, and no single pair of queries need attain them.
    /// </summary>
    /// <param name="search">The search for the worst pair.</param>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <returns>The pair, the same in both directions. That the search finds the largest δ is tested, not proved (S14, item 5).</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ is outside its range.</exception>
    [Statement("S22")]
    public static PrivacyPair WorstProduct(WorstCase search, double relativeSensitivity)
    {
        ArgumentNullException.ThrowIfNull(search);
        IPrivacyCurve curve = search.Curve(relativeSensitivity);
        TestedCurve largest = new(curve, SearchAccuracy);
        TestedCurve table = new(TabulatedCurve.OfSearch(curve), SearchTableAccuracy);
        return new(largest, largest) { Table = new(table, table) };
    }

    /// <summary>The release of a public A and the noisy factor (S20) or projection (S33), for gradients that differ by a matrix of rank one.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <returns>The exact pair, the same in both directions; composed, it is for an A drawn anew before every step. Its bounds are ten times the
    /// mechanism's promised error, which is tested, not proved, away from the curve.</returns>
    [Statement("S22")]
    public static PrivacyPair SketchedGaussian(SketchedGaussianMechanism mechanism)
    {
        IPrivacyCurve curve = mechanism;
        return Tested(curve, curve);
    }

    /// <summary>The same step on a batch that every example enters by chance, where one example is added or removed (S22, item 2).</summary>
    /// <param name="samplingRate">q, in (0, 1].</param>
    /// <returns>(1 − q)Q + qP against Q, where this pair is P against Q: the release with the example in the batch against that without it. Exact for the
    /// pair itself; where this pair dominates what every batch of the others gives, so does the result. <see cref="WorstProduct"/> under a norm floor (S14) does
    /// not: the batch of nobody has the query 0. With an appended coordinate (S23) it does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    [Statement("S22")]
    public PrivacyPair PoissonSubsampled(double samplingRate) => Argument.Rate(samplingRate) == 1
        ? this
        : new(
            new PoissonSubsampledCurve(Forward, samplingRate, removed: false),
            new PoissonSubsampledCurve(Reverse, samplingRate, removed: true))
        {
            Table = Table?.PoissonSubsampled(samplingRate),
        };

    /// <summary>What a curve gave, if it can be bounds of a probability.</summary>
    internal static Bracket Probability(Bracket delta, double epsilon) => delta is { Lower: >= 0, Upper: <= 1 } && delta.Lower <= delta.Upper
        ? delta
        : throw new ArithmeticException($"the curve gives [{delta.Lower:R}, {delta.Upper:R}] at epsilon {epsilon:R}, which is no probability");

    // Two exact curves as far as their promised relative error goes, and tables of them.
    private static PrivacyPair Tested(IPrivacyCurve forward, IPrivacyCurve reverse)
    {
        TestedCurve first = new(forward, ReleaseAccuracy);
        TestedCurve second = ReferenceEquals(forward, reverse) ? first : new(reverse, ReleaseAccuracy);
        TestedCurve table = new(TabulatedCurve.Of(forward), ReleaseAccuracy);
        return new(first, second) { Table = new(table, first == second ? table : new TestedCurve(TabulatedCurve.Of(reverse), ReleaseAccuracy)) };
    }

    /// <summary>An exact curve as far as its promised relative error goes.</summary>
    private sealed class TestedCurve(IPrivacyCurve curve, double accuracy) : IPrivacyCurve
    {
        // Floors have closed forms, even where the curve has to be searched for.
        public double Floor { get; } = Bracket.Around(curve.Floor, ReleaseAccuracy).Lower;

        public Bracket Delta(double epsilon)
        {
            Bracket around = Bracket.Around(Probability(curve.Delta(epsilon), epsilon).Upper, accuracy);
            return new(Math.Max(around.Lower, Floor), Math.Min(1, around.Upper));
        }
    }
}
