using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// PEFT's Gaussian initialisation, standard deviation 1/r; see <see cref="Initialization.PeftGaussian"/>. With scale
/// s = α/r its expected step is s²/r times the full step.
/// </summary>
public sealed record PeftGaussianInitialization : IndependentEntriesInitialization
{
    /// <inheritdoc/>
    public override string Name => "peft-gaussian";

    /// <summary>3.</summary>
    public override double Kurtosis => 3;

    /// <summary>1/r².</summary>
    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        double r = Argument.Rank(rank);
        Argument.Dimension(dimension);
        return 1 / (r * r);
    }

    private protected override double SampleStandardized(Random random) => Normal.Sample(random, 0, 1);
}
