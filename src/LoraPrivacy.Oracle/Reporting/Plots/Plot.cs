namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>
/// A plot of the page: a chart for every choice. The page draws and looks up; it computes nothing.
/// </summary>
/// <param name="Id">Its identifier in the page.</param>
/// <param name="Title">One line above it.</param>
/// <param name="Statements">The statements that it shows.</param>
/// <param name="Selectors">What can be chosen.</param>
/// <param name="Frames">One a choice; the last selector varies fastest.</param>
/// <param name="Notes">Paragraphs below it.</param>
internal sealed record Plot(
    string Id,
    string Title,
    IReadOnlyList<string> Statements,
    IReadOnlyList<Selector> Selectors,
    IReadOnlyList<Frame> Frames,
    IReadOnlyList<string> Notes)
{
    /// <summary>The frame that is shown first.</summary>
    public Frame First => Frames[Selectors.Aggregate(0, (index, selector) => (index * selector.Values.Count) + selector.Default)];
}

/// <summary>Something to choose.</summary>
/// <param name="Id">Its identifier within the plot.</param>
/// <param name="Label">Its name.</param>
/// <param name="Values">The choices.</param>
/// <param name="Default">The index of the first choice.</param>
/// <param name="IsSlider">Whether it is a slider, for choices in an order, and not a list.</param>
internal sealed record Selector(string Id, string Label, IReadOnlyList<string> Values, int Default, bool IsSlider = false);

/// <summary>What one choice shows.</summary>
/// <param name="Chart">The picture; all its lines have the same abscissas.</param>
/// <param name="Note">One line below it.</param>
internal sealed record Frame(Chart Chart, string Note);
