namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>
/// A plot of the page: computed points, and which of them are shown for which choice. The page draws and looks up; it computes nothing.
/// </summary>
/// <param name="Id">Its identifier in the page.</param>
/// <param name="Title">One line above it.</param>
/// <param name="Statements">The statements that it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Selectors">What can be chosen.</param>
/// <param name="Grids">The abscissas that lines share.</param>
/// <param name="Lines">All lines of all frames.</param>
/// <param name="Frames">One a choice; the last selector varies fastest.</param>
/// <param name="Notes">Paragraphs below it.</param>
internal sealed record Plot(
    string Id,
    string Title,
    IReadOnlyList<string> Statements,
    PlotAxis X,
    PlotAxis Y,
    IReadOnlyList<Selector> Selectors,
    IReadOnlyList<double[]> Grids,
    IReadOnlyList<PlotLine> Lines,
    IReadOnlyList<Frame> Frames,
    IReadOnlyList<string> Notes)
{
    /// <summary>The frame that is shown first.</summary>
    public Frame First => Frames[Selectors.Aggregate(0, (index, selector) => (index * selector.Values.Count) + selector.Default)];
}

/// <summary>An axis.</summary>
/// <param name="Label">Its name and unit.</param>
/// <param name="IsLogarithmic">Whether it is logarithmic.</param>
/// <param name="Least">Where it begins; null to fit what is shown.</param>
/// <param name="Greatest">Where it ends; null to fit what is shown.</param>
internal sealed record PlotAxis(string Label, bool IsLogarithmic = false, double? Least = null, double? Greatest = null);

/// <summary>Something to choose.</summary>
/// <param name="Id">Its identifier within the plot.</param>
/// <param name="Label">Its name.</param>
/// <param name="Values">The choices.</param>
/// <param name="Default">The index of the first choice.</param>
/// <param name="IsSlider">Whether it is a slider, for choices in an order, and not a list.</param>
internal sealed record Selector(string Id, string Label, IReadOnlyList<string> Values, int Default, bool IsSlider = false);

/// <summary>A line through computed points.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Grid">The index of its abscissas.</param>
/// <param name="Y">Its values; infinite ones are not drawn.</param>
internal sealed record PlotLine(string Name, int Grid, double[] Y);

/// <summary>What one choice shows.</summary>
/// <param name="Lines">The lines that are drawn and read out, by index.</param>
/// <param name="Context">Lines that stand faintly behind them, by index.</param>
/// <param name="Note">One line below the picture.</param>
/// <param name="Mark">The index of the point of the first line that is marked, or −1.</param>
internal sealed record Frame(IReadOnlyList<int> Lines, IReadOnlyList<int> Context, string Note, int Mark = -1);
