using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Reference.Privacy;

/// <summary>
/// The worst case of the vector product release over the neighbourhood of S14: all q, q′ with ‖q‖, ‖q′‖ ≥ β and
/// ‖q − q′‖ ≤ τβ, both directions.
/// </summary>
/// <remarks>
/// Scaled so that the shorter of the two is e₁, the other lies in the disc of radius τ round e₁ outside the unit
/// ball. The search runs over the disc's boundary arc and checks a grid of the interior; that the supremum lies on
/// the arc is an observation (S14, status: tested), not a theorem. The ε returned is attained by the pair returned,
/// up to the accuracy of <see cref="ProductRelease"/>. Immutable and safe for concurrent use.
/// </remarks>
public sealed class WorstCase
{
    private const int ArcSteps = 16;
    private const int InteriorSteps = 4;
    private const int Refinements = 22;
    private const int MostRounds = 12;

    private readonly ProductRelease release;

    /// <summary>The search for a rank and a dimension.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public WorstCase(int rank, int dimension) => release = new ProductRelease(rank, dimension);

    /// <summary>The largest angle between two vectors of norm at least β that differ by at most τβ.</summary>
    /// <param name="relativeSensitivity">τ, positive and finite.</param>
    /// <returns>2 arcsin(τ/2) for τ &lt; 2, else π; in radians.</returns>
    /// <exception cref="ArgumentOutOfRangeException">τ is not positive and finite.</exception>
    [Statement("S14")]
    public static double LargestAngle(double relativeSensitivity)
        => 2 * Math.Asin(Math.Min(1, Argument.Positive(relativeSensitivity) / 2));

    /// <summary>The largest δ_∞ over the neighbourhood: no ε gives a smaller δ.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="relativeSensitivity">τ, positive and finite.</param>
    /// <returns>The floor at the largest angle; exact, since δ_∞ rises with the angle.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S14")]
    public static double DeltaFloor(int rank, double relativeSensitivity)
        => ProductRelease.DeltaFloor(rank, LargestAngle(relativeSensitivity));

    /// <summary>The smallest ε for which every neighbouring pair is (ε, δ)-indistinguishable.</summary>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε and the pair that attains it; ε = +∞ where δ_∞ of the largest angle is not below δ, so for every τ ≥ 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S14")]
    public WorstCaseResult EpsilonAt(double relativeSensitivity, double delta)
    {
        double tau = Argument.Positive(relativeSensitivity);
        Argument.Probability(delta);
        if (tau >= 2 || (release.Dimension > 1 && DeltaFloor(release.Rank, tau) >= delta))
        {
            return new WorstCaseResult(double.PositiveInfinity, 1, LargestAngle(tau), Direction.Forward);
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
            double next = largest > delta ? Epsilon(candidate.Pair(tau), candidate.Direction, delta) : epsilon;
            if (next > epsilon * (1 + 1e-11))
            {
                (best, epsilon) = (candidate, next);
            }
            else if (interior || double.IsInfinity(epsilon))
            {
                break;
            }
            else
            {
                interior = true;
            }
        }

        VectorPair pair = best.Pair(tau);
        return new WorstCaseResult(epsilon, pair.NormRatio, pair.Angle, best.Direction);
    }

    /// <summary>The largest δ(ε) over the neighbourhood.</summary>
    /// <param name="relativeSensitivity">τ = Δ/β, positive and finite.</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1]; 1 for τ ≥ 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S14")]
    public double DeltaAt(double relativeSensitivity, double epsilon)
    {
        double tau = Argument.Positive(relativeSensitivity);
        Argument.NonNegative(epsilon);
        return tau >= 2 ? 1 : LargestDelta(tau, epsilon, interior: true).Delta;
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
            double delta = Delta(candidate.Pair(tau), candidate.Direction, epsilon);
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
        double atLeft = Delta(left.Pair(tau), left.Direction, epsilon);
        double atRight = Delta(right.Pair(tau), right.Direction, epsilon);
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
                atLeft = Delta(left.Pair(tau), left.Direction, epsilon);
            }
            else
            {
                low = left.Arc;
                (left, atLeft) = (right, atRight);
                right = best with { Arc = low + golden * (high - low) };
                atRight = Delta(right.Pair(tau), right.Direction, epsilon);
            }
        }
    }

    /// <summary>A point of the disc: along the circle of radius fraction·τ, from pure scaling (0) to where the norms agree (1).</summary>
    private readonly record struct Candidate(double Arc, double Fraction, Direction Direction)
    {
        public VectorPair Pair(double tau)
        {
            double radius = tau * Fraction;
            double phi = Arc * Math.Acos(-radius / 2);
            (double sine, double cosine) = Math.SinCos(phi);
            double x = 1 + radius * cosine;
            double y = radius * sine;
            double angle = Arc == 0 ? 0 : Math.Atan2(y, x);
            return Arc == 1
                ? new VectorPair(1, LargestAngle(radius))
                : new VectorPair(Math.Min(1, 1 / Math.Sqrt(1 + radius * (2 * cosine + radius))), angle);
        }
    }
}
