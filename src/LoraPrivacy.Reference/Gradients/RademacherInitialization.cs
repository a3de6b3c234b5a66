namespace LoraPrivacy.Reference.Gradients;

/// <summary>Independent fair signs times a standard deviation; see <see cref="Initialization.Rademacher"/>.</summary>
public sealed record RademacherInitialization : IndependentEntriesInitialization
{
    /// <summary>Independent entries ±√variance.</summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public RademacherInitialization(double variance) => Variance = Argument.Positive(variance);

    /// <summary>The variance of one entry, which is also its square.</summary>
    public double Variance { get; }

    /// <inheritdoc/>
    public override string Name => $"rademacher({Variance:R})";

    /// <summary>1.</summary>
    public override double Kurtosis => 1;

    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        return Variance;
    }

    private protected override double SampleStandardized(Random random) => random.Next(2) == 0 ? -1 : 1;
}
