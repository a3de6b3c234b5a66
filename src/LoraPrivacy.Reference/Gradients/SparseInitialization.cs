namespace LoraPrivacy.Reference.Gradients;

/// <summary>Independent three-point entries, two thirds of them zero; see <see cref="Initialization.Sparse"/>.</summary>
public sealed record SparseInitialization : IndependentEntriesInitialization
{
    private static readonly double StandardizedValue = Math.Sqrt(3);

    /// <summary>Independent entries ±√(3 · variance) with probability 1/6 each, 0 with probability 2/3.</summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public SparseInitialization(double variance) => Variance = Argument.Positive(variance);

    /// <summary>The variance of one entry.</summary>
    public double Variance { get; }

    /// <inheritdoc/>
    public override string Name => $"sparse({Variance:R})";

    /// <summary>3.</summary>
    public override double Kurtosis => 3;

    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        return Variance;
    }

    private protected override double SampleStandardized(Random random) => random.Next(6) switch
    {
        0 => -StandardizedValue,
        1 => StandardizedValue,
        _ => 0,
    };
}
