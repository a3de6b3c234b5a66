using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Gradients;

/// <summary>Independent normal entries of a given variance; see <see cref="Initialization.Gaussian"/>.</summary>
public sealed record GaussianInitialization : IndependentEntriesInitialization
{
    /// <summary>Independent normal entries.</summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public GaussianInitialization(double variance) => Variance = Argument.Positive(variance);

    /// <summary>The variance of one entry.</summary>
    public double Variance { get; }

    /// <inheritdoc/>
    public override string Name => $"gaussian({Variance:R})";

    /// <summary>3.</summary>
    public override double Kurtosis => 3;

    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        return Variance;
    }

    private protected override double SampleStandardized(Random random) => Normal.Sample(random, 0, 1);
}
