namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// The worst case of the vector product release over a neighbourhood, both directions: all q, q′ with ‖q‖, ‖q′‖ ≥ β
/// and ‖q − q′‖ ≤ τβ (S14), or the fewer pairs that an appended coordinate leaves (S23).
/// </summary>
/// <remarks>
/// The search runs over the boundary and checks a grid of the interior; that the supremum lies on the boundary is an
/// observation (S14, status: tested), not a theorem. The ε returned is attained by the pair returned,
/// up to the accuracy of <see cref="ProductRelease"/>. Immutable and safe for concurrent use.
/// </remarks>
public sealed class WorstCase
{
    private const int ArcSteps = 16;
    private const int InteriorSteps = 4;
    private const int Refinements = 22;
    private const int MostRounds = 50;

    private readonly ProductRelease release;
    private readonly Neighbourhood neighbourhood;

    /// <summary>The search for a rank and a dimension over the neighbourhood of S14.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public WorstCase(int rank, int dimension)
        : this(rank, dimension, Neighbourhood.WithNormFloor)
    {
    }

    /// <summary>The search for a rank and a dimension over a neighbourhood.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="neighbourhood">Which pairs are neighbours.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public WorstCase(int rank, int dimension, Neighbourhood neighbourhood)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        release = new ProductRelease(rank, dimension);
        this.neighbourhood = neighbourhood;
    }

    /// <summary>The largest δ_∞ over the neighbourhood: no ε gives a smaller δ.</summary>
    /// <param name="relativeSensitivity">τ, positive and finite.</param>
    /// <returns>The floor at the largest angle, since δ_∞ rises with the angle; for dimension 1 the angle is 0 or π.</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ is not positive and finite.</exception>
    [Statement("S14")]
    public double DeltaFloor(double relativeSensitivity)
    {
        double angle = neighbourhood.LargestAngle(relativeSensitivity);
        return release.Dimension == 1 && angle < Math.PI ? 0 : ProductRelease.DeltaFloor(release.Rank, angle);
    }

    /// <summary>The smallest ε for which every neighbouring pair is (ε, δ)-indistinguishable.</summary>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε and the pair that attains it; ε = +∞ where δ_∞ of the largest angle is not below δ, so under S14 for every τ ≥ 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S14")]
    public WorstCaseResult Epsilon(double relativeSensitivity, double delta)
    {
        double tau = Argument.Positive(relativeSensitivity);
        Argument.Probability(delta);
        if (DeltaFloor(tau) >= delta)
        {
            return new WorstCaseResult(double.PositiveInfinity, 1, neighbourhood.LargestAngle(tau), Direction.Forward);
        }

        // A pair whose δ at the present ε is too large needs a larger ε of its own; that ε is the next guess, always
        // attained by a pair. The interior is asked only once the arc has settled.
        Candidate best = new(0, 1, Direction.Forward);
        double epsilon = 0;
        bool interior = false;
        for (int round = 0; round < MostRounds; round++)
        {
            (Candidate candidate, double largest) = LargestDelta(tau, epsilon, interior);
            best = round == 0 ? candidate : best;
            double next = largest > delta ? Curve(tau, candidate).Epsilon(delta).Upper : epsilon;
            if (next > epsilon * (1 + 1e-11))
            {
                (best, epsilon) = (candidate, next);
            }
            else if (interior || double.IsInfinity(epsilon))
            {
                VectorPair pair = Pair(tau, best);
                return new WorstCaseResult(epsilon, pair.NormRatio, pair.Angle, best.Direction);
            }
            else
            {
                interior = true;
            }
        }

        throw new ArithmeticException($"the search for the worst pair did not settle at relative sensitivity {tau:R} and delta {delta:R}");
    }

    /// <summary>The largest δ(ε) over the neighbourhood.</summary>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1]; under S14 1 for τ ≥ 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S14")]
    public double Delta(double relativeSensitivity, double epsilon)
    {
        double tau = Argument.Positive(relativeSensitivity);
        Argument.NonNegative(epsilon);
        return DeltaFloor(tau) >= 1 ? 1 : LargestDelta(tau, epsilon, interior: true).Delta;
    }

    /// <summary>The largest δ(ε) over the neighbourhood as a curve, which is that of a pair again (S22, item 3).</summary>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <returns>The curve, both of its bounds what the search finds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ is not positive and finite.</exception>
    [Statement("S22")]
    public IPrivacyCurve Curve(double relativeSensitivity) => new LargestCurve(this, Argument.Positive(relativeSensitivity));

    private (Candidate Best, double Delta) LargestDelta(double tau, double epsilon, bool interior)
    {
        Candidate best = new(0, 1, Direction.Forward);
        double largest = -1;
        void Try(Candidate candidate)
        {
            double delta = Curve(tau, candidate).Delta(epsilon).Upper;
            if (delta > largest)
            {
                (best, largest) = (candidate, delta);
            }
        }

        foreach (Direction direction in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            if (release.Dimension == 1)
            {
                // On a line the only other vector is (1 + τ) e₁.
                Try(new Candidate(0, 1, direction));
                continue;
            }

            for (int i = 0; i <= ArcSteps; i++)
            {
                Try(new Candidate((double)i / ArcSteps, 1, direction));
            }

            for (int i = 0; interior && i < InteriorSteps * InteriorSteps; i++)
            {
                Try(new Candidate((i % InteriorSteps) / (InteriorSteps - 1.0), (i / InteriorSteps + 0.5) / InteriorSteps, direction));
            }
        }

        if (release.Dimension > 1)
        {
            Refine(tau, epsilon, ref best, ref largest);
        }

        return (best, largest);
    }

    // Golden section along the arc (or along the circle of the interior point that won).
    private void Refine(double tau, double epsilon, ref Candidate best, ref double largest)
    {
        const double golden = 0.6180339887498949;
        double low = Math.Max(0, best.Arc - 1.0 / ArcSteps);
        double high = Math.Min(1, best.Arc + 1.0 / ArcSteps);
        Candidate left = best with { Arc = high - golden * (high - low) };
        Candidate right = best with { Arc = low + golden * (high - low) };
        double atLeft = Curve(tau, left).Delta(epsilon).Upper;
        double atRight = Curve(tau, right).Delta(epsilon).Upper;
        for (int i = 0; i < Refinements; i++)
        {
            if (atLeft > largest)
            {
                (best, largest) = (left, atLeft);
            }

            if (atRight > largest)
            {
                (best, largest) = (right, atRight);
            }

            if (atLeft >= atRight)
            {
                high = right.Arc;
                (right, atRight) = (left, atLeft);
                left = best with { Arc = high - golden * (high - low) };
                atLeft = Curve(tau, left).Delta(epsilon).Upper;
            }
            else
            {
                low = left.Arc;
                (left, atLeft) = (right, atRight);
                right = best with { Arc = low + golden * (high - low) };
                atRight = Curve(tau, right).Delta(epsilon).Upper;
            }
        }
    }

    private ProductCurve Curve(double tau, Candidate candidate)
    {
        VectorPair pair = Pair(tau, candidate);
        return release.Curve(candidate.Direction == Direction.Forward ? pair : pair.Reverse());
    }

    private VectorPair Pair(double tau, Candidate candidate) => neighbourhood.Boundary(tau * candidate.Fraction, candidate.Arc);

    private sealed class LargestCurve(WorstCase search, double tau) : IPrivacyCurve
    {
        public double Floor { get; } = search.DeltaFloor(tau);

        public Bracket Delta(double epsilon) => Bracket.Exactly(search.Delta(tau, epsilon));

        public Bracket Epsilon(double delta) => Bracket.Exactly(search.Epsilon(tau, delta).Epsilon);
    }

    /// <summary>A pair on the boundary of the neighbourhood of relative sensitivity fraction·τ.</summary>
    private readonly record struct Candidate(double Arc, double Fraction, Direction Direction);
}

/// <summary>Which of the two hockey-stick divergences is the larger.</summary>
public enum Direction
{
    /// <summary>The divergence of the law under q from the law under q′, ‖q‖ ≤ ‖q′‖.</summary>
    Forward,

    /// <summary>The divergence of the law under q′ from the law under q.</summary>
    Reverse,
}

/// <summary>The worst neighbouring pair found and its ε.</summary>
/// <param name="Epsilon">The smallest ε that serves every pair of the neighbourhood, or +∞ where none does.</param>
/// <param name="NormRatio">λ = ‖q‖/‖q′‖ ≤ 1 of the worst pair, q being the one at the floor.</param>
/// <param name="Angle">θ of the worst pair, in radians.</param>
/// <param name="Direction">Which divergence attains it.</param>
public readonly record struct WorstCaseResult(double Epsilon, double NormRatio, double Angle, Direction Direction);
