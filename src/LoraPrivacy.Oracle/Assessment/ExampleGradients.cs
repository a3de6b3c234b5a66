namespace LoraPrivacy.Oracle.Assessment;

/// <summary>The per-example gradients of a batch, and the pairs of neighbours that can be made of them.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="Examples">One n×m gradient an example.</param>
internal sealed record ExampleGradients(string Source, IReadOnlyList<double[,]> Examples)
{
    /// <summary>What an example is called, by index.</summary>
    public Func<int, string> NameOf { get; init; } = index => $"example {index}";

    /// <summary>The gradient of an example outside the batch, to replace one with; null where there is none.</summary>
    public double[,]? Replacement { get; init; }

    /// <summary>What that example is called.</summary>
    public string ReplacementName { get; init; } = string.Empty;

    /// <summary>The gradient of a later batch; null where there is none.</summary>
    public double[,]? NextGradient { get; init; }

    /// <summary>The pair of batches that differ in one example.</summary>
    /// <param name="chosen">The index of that example; null for the one with the largest gradient before clipping.</param>
    /// <param name="replaces">Whether it is replaced instead of left out.</param>
    /// <param name="clip">The norm to which each example's gradient is clipped; null for no clipping.</param>
    public GradientPair PairFor(int? chosen, bool replaces, double? clip)
    {
        if (chosen is int given && (given < 0 || given >= Examples.Count))
        {
            throw new InputException($"--example must be in [0, {Examples.Count - 1}], but is {given}");
        }

        if (replaces && Replacement is null)
        {
            throw new InputException($"{Source}: has no example to replace one with; give the neighbour with --neighbour FILE");
        }

        double[][,] clipped = [.. Examples.Select(example => Clipped(example, clip))];
        // Before clipping: clipped norms tie, and rounding would decide.
        int index = chosen ?? IndexOfLargest(Examples);
        double share = 1.0 / Examples.Count;
        double[,] gradient = new double[clipped[0].GetLength(0), clipped[0].GetLength(1)];
        foreach (double[,] example in clipped)
        {
            gradient = MatrixParts.Combine(gradient, share, example);
        }

        double[,] without = MatrixParts.Combine(gradient, -share, clipped[index]);
        return new GradientPair(
            Source,
            gradient,
            replaces ? MatrixParts.Combine(without, share, Clipped(Replacement!, clip)) : without,
            replaces ? $"{NameOf(index)} replaced by {ReplacementName}" : $"{NameOf(index)} left out, denominator kept")
        {
            BatchSize = Examples.Count,
            Clip = clip,
            ReplacesOne = replaces,
            NextGradient = NextGradient,
        };
    }

    private static double[,] Clipped(double[,] gradient, double? clip)
    {
        double norm = EuclideanNorm.Of(gradient);
        return clip is double bound && norm > bound
            ? MatrixParts.Combine(new double[gradient.GetLength(0), gradient.GetLength(1)], bound / norm, gradient)
            : gradient;
    }

    private static int IndexOfLargest(IEnumerable<double[,]> gradients)
    {
        double[] norms = [.. gradients.Select(EuclideanNorm.Of)];
        return Array.IndexOf(norms, norms.Max());
    }
}
