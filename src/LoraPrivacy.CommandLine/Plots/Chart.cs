namespace LoraPrivacy.CommandLine.Plots;

/// <summary>What a picture shows, independent of how it is drawn: a file of --plot, or one choice of a plot of the page.</summary>
/// <param name="Title">What and for which parameters.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">The lines, in the order of the legend; each has its own colour, dashes and shape of points.</param>
internal sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Line> Lines)
{
    /// <summary>Lines that stand faintly behind, without a name.</summary>
    public IReadOnlyList<Line> Context { get; init; } = [];

    /// <summary>Levels that the lines end on, drawn thinly.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>The name of the levels in the legend.</summary>
    public string LevelLabel { get; init; } = string.Empty;

    /// <summary>The horizontal axis fitted to what is shown.</summary>
    public AxisScale Horizontal => AxisScale.Fit(X, Lines.SelectMany(line => line.X), X.IsLogarithmic ? 0.04 : 0);

    /// <summary>The vertical axis fitted to what is shown, with room for the name of a marked point below it.</summary>
    public AxisScale Vertical => AxisScale.Fit(Y, Lines.SelectMany(line => line.Reach).Concat(Levels), Lines.Any(line => line.MarkedPoint >= 0) ? 0.12 : 0.04);

    public bool HasInfinity => Lines.Any(line => Array.Exists(line.Y, double.IsPositiveInfinity));
}

/// <summary>An axis.</summary>
/// <param name="Label">The quantity and its unit or scale.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; what is not positive is then left out.</param>
/// <param name="Least">Where it begins; null to fit what is shown.</param>
/// <param name="Greatest">Where it ends; null to fit what is shown.</param>
internal sealed record Axis(string Label, bool IsLogarithmic = false, double? Least = null, double? Greatest = null)
{
    /// <summary>What is labelled, where it is not for the scale to choose: the ranks that were computed.</summary>
    public IReadOnlyList<double>? Ticks { get; init; }
}

/// <summary>A line of a picture.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="X">Where.</param>
/// <param name="Y">How much; +∞ is marked at the upper edge, NaN breaks the line.</param>
internal sealed record Line(string Label, double[] X, double[] Y)
{
    /// <summary>Whether each point is marked, for lines that are defined or computed at a few points only.</summary>
    public bool HasPoints { get; init; }

    /// <summary>Whether the points are joined.</summary>
    public bool HasLine { get; init; } = true;

    /// <summary>How far the error bar of each point reaches to either side; null for none.</summary>
    public double[]? Errors { get; init; }

    /// <summary>A point to be marked, or -1.</summary>
    public int MarkedPoint { get; init; } = -1;

    /// <summary>What is written at the marked point.</summary>
    public string MarkLabel { get; init; } = string.Empty;

    /// <summary>The values, or where their error bars end.</summary>
    public IEnumerable<double> Reach => Errors is double[] errors ? Y.Zip(errors, (y, e) => (double[])[y - e, y + e]).SelectMany(ends => ends) : Y;
}
