namespace LoraPrivacy.Oracle.Assessment;

/// <summary>The gradient that is assessed and, where there is one, a neighbour of it.</summary>
/// <param name="Source">Where the gradient comes from.</param>
/// <param name="Gradient">G, n × m.</param>
/// <param name="Neighbour">G′, of the same shape; null where none is known.</param>
/// <param name="NeighbourDescription">How G′ differs from G.</param>
internal sealed record GradientPair(string Source, double[,] Gradient, double[,]? Neighbour, string NeighbourDescription)
{
    /// <summary>The number of per-example gradients that G is the mean of, where it is known.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The norm to which each of them was clipped, if they were.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether neighbours replace an example (true) or leave one out (false).</summary>
    public bool ReplacesOne { get; init; }

    /// <summary>A later gradient of the same matrix that the pair have in common; null where none is known.</summary>
    public double[,]? NextGradient { get; init; }

    /// <summary>n.</summary>
    public int Rows => Gradient.GetLength(0);

    /// <summary>m.</summary>
    public int Columns => Gradient.GetLength(1);
}
