namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// PEFT's default, <c>kaiming_uniform_(A, a=√5)</c>: uniform on [−1/√m, 1/√m]; see
/// <see cref="Initialization.KaimingUniform"/>.
/// </summary>
public sealed record KaimingUniformInitialization : IndependentEntriesInitialization
{
    // A uniform variable with variance 1 lives on [−√3, √3].
    private static readonly double StandardizedBound = Math.Sqrt(3);

    /// <inheritdoc/>
    public override string Name => "kaiming-uniform";

    /// <summary>9/5.</summary>
    public override double Kurtosis => 1.8;

    /// <summary>1/(3m).</summary>
    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        Argument.Rank(rank);
        return 1 / (3.0 * Argument.Dimension(dimension));
    }

    private protected override double SampleStandardized(Random random)
        => StandardizedBound * ((2 * random.NextDouble()) - 1);
}
