using LoraPrivacy.Oracle.Reporting.Plots;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>Computes what the page shows.</summary>
internal static class ReportWork
{
    /// <summary>Tables that take longer than all others together; --quick leaves them out.</summary>
    private static readonly string[] Slow = [WorstCaseTable.Name, BestRankTable.Name, BatchSizeTable.Name, DpSgdTable.Name, FreshSketchTable.Name, SketchedGaussianTable.Name];

    private static readonly (string Name, Func<bool, TableWork, Plot> Build)[] Plots =
    [
        (DensityPlot.Id, DensityPlot.Build),
        (CurvePlot.Id, CurvePlot.Build),
        (RankPlot.Id, RankPlot.Build),
        (DpSgdPlot.Id, DpSgdPlot.Build),
    ];

    /// <summary>Computes a page, with progress on standard error.</summary>
    /// <param name="isQuick">Whether the slow tables are left out and the plots have fewer choices and points.</param>
    /// <param name="conformance">Results of <c>conform</c>, in the order in which they are shown.</param>
    /// <param name="version">The version of this command.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ReportPage Run(bool isQuick, IReadOnlyList<ConformanceResult> conformance, string version, CancellationToken cancellation)
    {
        BoundTable[] chosen = [.. BoundTable.All.Where(bound => !isQuick || !Slow.Contains(bound.Name))];
        string[] names = [.. chosen.Select(bound => $"table {bound.Name}"), .. Plots.Select(plot => $"picture {plot.Name}"), "verdicts on releases"];
        object[] parts = ProgressDisplay.Run<object>(
            names,
            (i, work) => i < chosen.Length ? chosen[i].Build(work)
                : i < chosen.Length + Plots.Length ? Plots[i - chosen.Length].Build(isQuick, work)
                : VerdictCatalogue.All.Select(verdict => (verdict, VerdictInstances.Of(verdict.Id))).ToArray(),
            cancellation);
        Dictionary<string, Table> tables = parts.OfType<Table>().ToDictionary(table => table.Name);
        return new ReportPage(
            version,
            ((Verdict, IReadOnlyList<(string Question, string Answer)>)[])parts[^1],
            [.. parts.OfType<Plot>()],
            [.. BoundTable.All.Select(bound => (bound, tables.GetValueOrDefault(bound.Name)))],
            conformance);
    }
}
