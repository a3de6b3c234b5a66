namespace LoraPrivacy.Oracle.Plots;

/// <summary>What a picture shows, independent of how it is drawn.</summary>
/// <param name="Title">What and for which parameters.</param>
/// <param name="XAxis">The horizontal axis.</param>
/// <param name="YAxis">The vertical axis.</param>
/// <param name="Lines">The lines, in the order of the legend.</param>
internal sealed record Chart(string Title, Axis XAxis, Axis YAxis, IReadOnlyList<Line> Lines);

/// <summary>An axis.</summary>
/// <param name="Label">The quantity and its unit or scale.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; what is not positive is then left out.</param>
/// <param name="IsTight">Whether the axis starts at the first value, without a margin.</param>
internal sealed record Axis(string Label, bool IsLogarithmic = false, bool IsTight = false);

/// <summary>A line of a picture.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="X">Where.</param>
/// <param name="Y">How much; a value that is not finite breaks the line.</param>
internal sealed record Line(string Label, double[] X, double[] Y)
{
    /// <summary>Whether it is drawn dashed, as what a curve is compared with is.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Whether it has the colour of the line before it, as what belongs to that line does.</summary>
    public bool SharesColour { get; init; }

    /// <summary>Whether each point is marked, for lines that are defined at a few points only.</summary>
    public bool HasPoints { get; init; }

    /// <summary>Whether the points are joined.</summary>
    public bool HasLine { get; init; } = true;

    /// <summary>How far the error bar of each point reaches to either side; null for none.</summary>
    public double[]? Errors { get; init; }

    /// <summary>A point to be marked and named, or -1.</summary>
    public int MarkedPoint { get; init; } = -1;

    /// <summary>What is written at the marked point.</summary>
    public string MarkLabel { get; init; } = string.Empty;
}
