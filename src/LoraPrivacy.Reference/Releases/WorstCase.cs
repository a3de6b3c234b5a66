using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Reference.Releases;

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
    public WorstCaseResult EpsilonAt(double relativeSensitivity, double delta)
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
            double next = largest > delta ? Epsilon(Pair(tau, candidate), candidate.Direction, delta) : epsilon;
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
    public double DeltaAt(double relativeSensitivity, double epsilon)
    {
        double tau = Argument.Positive(relativeSensitivity);
        Argument.NonNegative(epsilon);
        return DeltaFloor(tau) >= 1 ? 1 : LargestDelta(tau, epsilon, interior: true).Delta;
    }

    private double Epsilon(VectorPair pair, Direction direction, double delta)
        => release.Epsilon(direction == Direction.Forward ? pair : pair.Reverse(), delta);

    private double Delta(VectorPair pair, Direction direction, double epsilon)
        => release.Delta(direction == Direction.Forward ? pair : pair.Reverse(), epsilon);

    private (Candidate Best, double Delta) LargestDelta(double tau, double epsilon, bool interior)
    {
        Candidate best = new(0, 1, Direction.Forward);
        double largest = -1;
        void Try(Candidate candidate)
        {
            double delta = Delta(Pair(tau, candidate), candidate.Direction, epsilon);
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
        double atLeft = Delta(Pair(tau, left), left.Direction, epsilon);
        double atRight = Delta(Pair(tau, right), right.Direction, epsilon);
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
                atLeft = Delta(Pair(tau, left), left.Direction, epsilon);
            }
            else
            {
                low = left.Arc;
                (left, atLeft) = (right, atRight);
                right = best with { Arc = low + golden * (high - low) };
                atRight = Delta(Pair(tau, right), right.Direction, epsilon);
            }
        }
    }

    private VectorPair Pair(double tau, Candidate candidate) => neighbourhood.Boundary(tau * candidate.Fraction, candidate.Arc);

    /// <summary>A pair on the boundary of the neighbourhood of relative sensitivity fraction·τ.</summary>
    private readonly record struct Candidate(double Arc, double Fraction, Direction Direction);
}
