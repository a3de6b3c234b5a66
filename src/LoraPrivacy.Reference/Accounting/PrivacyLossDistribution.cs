namespace LoraPrivacy.Reference.Accounting;

/// <summary>On which side of the exact privacy curve a bound lies.</summary>
public enum BoundSide
{
    /// <summary>At most the exact δ.</summary>
    Lower,

    /// <summary>At least the exact δ.</summary>
    Upper,
}

/// <summary>
/// A discrete privacy loss distribution: masses at the losses iΔ and at +∞, such that its curve δ(ε) = Σ mass · (1 − e^{ε − loss})⁺ is on the stated side
/// of a mechanism's exact curve for every real ε, and stays so under composition (S27, item 1).
/// </summary>
/// <remarks>
/// The masses are those of a measure and need not add up to 1 exactly: they are rounded towards the side of the bound.
/// Immutable and safe for concurrent use.
/// </remarks>
[Statement("S27")]
public sealed class PrivacyLossDistribution
{
    /// <summary>The largest number of grid points, 2^21.</summary>
    public const int LargestSize = 1 << 21;

    private readonly double[] masses;

    private PrivacyLossDistribution(BoundSide side, LossGrid grid, int first, double[] masses, double infinityMass)
    {
        Side = side;
        Grid = grid;
        FirstIndex = first;
        this.masses = masses;
        InfinityMass = infinityMass;
    }

    /// <summary>The side of the exact curve on which this one lies.</summary>
    public BoundSide Side { get; }

    /// <summary>Δ, the distance of neighbouring losses.</summary>
    public double Spacing => Grid.Spacing;

    /// <summary>The index of the first mass: it is at the loss FirstIndex · Δ.</summary>
    public int FirstIndex { get; }

    /// <summary>The masses at the losses (FirstIndex + j)Δ, none negative.</summary>
    public ReadOnlySpan<double> Masses => masses;

    /// <summary>The mass at an infinite loss.</summary>
    public double InfinityMass { get; }

    internal LossGrid Grid { get; }

    /// <summary>A distribution whose curve is on one side of the exact curve of P against Q.</summary>
    /// <param name="pair">The pair; its forward curve is the one that is bounded.</param>
    /// <param name="side">The side.</param>
    /// <param name="spacing">Δ, positive and finite; rounded down to 12 significant bits.</param>
    /// <param name="lowestLoss">Losses below this are moved up to it for an upper bound, and further down for a lower one; negative.</param>
    /// <param name="highestLoss">Losses above this are moved to +∞ for an upper bound, and down to it for a lower one; positive.</param>
    /// <returns>For the upper bound the curve's values at the nodes are joined by chords (connect the dots); for the lower one these
    /// chords are lowered until they lie below the curve. Both differ from the exact law by a variance of about Δ²/3 a step at
    /// most, where Δ is small beside the features of the law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the grid would have more than 2^21 points.</exception>
    public static PrivacyLossDistribution Of(PrivacyPair pair, BoundSide side, double spacing, double lowestLoss, double highestLoss)
    {
        (LossGrid grid, int first, CurveSamples samples) = Sample(pair, spacing, lowestLoss, highestLoss, withMiddles: side == BoundSide.Lower);
        return From(side, grid, first, samples);
    }

    /// <summary>The distributions of both sides, from one pass over the curve; see <see cref="Of"/>.</summary>
    internal static (PrivacyLossDistribution Upper, PrivacyLossDistribution Lower) BothSides(
        PrivacyPair pair, double spacing, double lowestLoss, double highestLoss)
    {
        (LossGrid grid, int first, CurveSamples samples) = Sample(pair, spacing, lowestLoss, highestLoss, withMiddles: true);
        return (From(BoundSide.Upper, grid, first, samples), From(BoundSide.Lower, grid, first, samples));
    }

    /// <summary>A distribution given by its masses, for a mechanism that is known to be discrete.</summary>
    /// <param name="side">The side on which it is a bound.</param>
    /// <param name="spacing">Δ, positive and finite, with at most 12 significant bits.</param>
    /// <param name="firstIndex">The index of the first mass, in [−2^30, 2^30].</param>
    /// <param name="masses">The masses at the losses (firstIndex + j)Δ: at least one and at most 2^21, non-negative and finite.</param>
    /// <param name="infinityMass">The mass at +∞, in [0, 1].</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static PrivacyLossDistribution FromMasses(BoundSide side, double spacing, int firstIndex, ReadOnlySpan<double> masses, double infinityMass)
    {
        LossGrid grid = new(spacing);
        if (grid.Spacing != spacing)
        {
            throw Argument.OutOfRange(nameof(spacing), spacing, "a number of at most 12 significant bits");
        }

        if (masses.Length is < 1 or > LargestSize)
        {
            throw Argument.OutOfRange("masses.Length", masses.Length, $"an integer in [1, {LargestSize}]");
        }

        for (int i = 0; i < masses.Length; i++)
        {
            Argument.NonNegative(masses[i], $"masses[{i}]");
        }

        Argument.InRange(firstIndex, -(1 << 30), 1 << 30, nameof(firstIndex));
        return new PrivacyLossDistribution(side, grid, firstIndex, masses.ToArray(), Argument.InRange(infinityMass, 0, 1));
    }

    /// <summary>δ(ε) of one step of this distribution, for any real ε.</summary>
    /// <param name="epsilon">ε, finite.</param>
    /// <returns>δ in [0, 1], rounded towards the side of the bound.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is not finite.</exception>
    public double Delta(double epsilon)
    {
        Argument.Finite(epsilon);
        double sum = InfinityMass;
        for (int j = masses.Length - 1; j >= 0; j--)
        {
            double excess = Grid.Loss(FirstIndex + (double)j) - epsilon;
            if (excess <= 0)
            {
                break;
            }

            sum += masses[j] * -ElementaryFunctions.ExpMinusOne(-excess);
        }

        double slack = sum * (OutwardRounding.Unit + masses.Length * (OutwardRounding.Unit / 8));
        return Side == BoundSide.Upper ? Math.Min(1, sum + slack) : Math.Clamp(sum - slack, 0, 1);
    }

    private static PrivacyLossDistribution From(BoundSide side, LossGrid grid, int first, CurveSamples samples)
    {
        bool up = side == BoundSide.Upper;
        (double[] masses, double infinity) = ConvexEnvelope.Masses(up ? CurveNodes.Above(samples) : CurveNodes.Below(samples), up);
        return new PrivacyLossDistribution(side, grid, first, masses, infinity);
    }

    private static (LossGrid Grid, int First, CurveSamples Samples) Sample(PrivacyPair pair, double spacing, double lowestLoss, double highestLoss, bool withMiddles)
    {
        ArgumentNullException.ThrowIfNull(pair);
        LossGrid grid = new(spacing);
        double first = Math.Floor(Argument.Finite(lowestLoss) / grid.Spacing);
        double last = Math.Ceiling(Argument.Finite(highestLoss) / grid.Spacing);
        if (!(first < 0))
        {
            throw Argument.OutOfRange(nameof(lowestLoss), lowestLoss, "a finite number below 0");
        }

        if (!(last > 0))
        {
            throw Argument.OutOfRange(nameof(highestLoss), highestLoss, "a finite number above 0");
        }

        if (last - first >= LargestSize)
        {
            throw Argument.OutOfRange(nameof(spacing), spacing, $"at least the range of losses over {LargestSize}");
        }

        double[] losses = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => grid.Loss(first + i))];
        return (grid, (int)first, CurveSamples.Of(pair, losses, withMiddles));
    }
}
