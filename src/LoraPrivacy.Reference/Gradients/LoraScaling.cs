namespace LoraPrivacy.Reference.Gradients;

/// <summary>The scale s by which an adapter's product B·A is added to the frozen weight, W = W0 + s·B·A.</summary>
public static class LoraScaling
{
    /// <summary>The usual scale α/r.</summary>
    /// <param name="alpha">The adapter's α, positive and finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <returns>α/r.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Standard(double alpha, int rank) => Argument.Positive(alpha) / Argument.Rank(rank);

    /// <summary>The scale α/√r of rank-stabilised LoRA (PEFT's <c>use_rslora</c>).</summary>
    /// <param name="alpha">The adapter's α, positive and finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <returns>α/√r.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double RankStabilized(double alpha, int rank)
        => Argument.Positive(alpha) / Math.Sqrt(Argument.Rank(rank));
}
