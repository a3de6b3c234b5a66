namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>Collects the grids and lines of a plot while its frames are made.</summary>
internal sealed class PlotBuilder
{
    private readonly List<double[]> _grids = [];
    private readonly List<PlotLine> _lines = [];

    /// <summary>The grids so far.</summary>
    public IReadOnlyList<double[]> Grids => _grids;

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<PlotLine> Lines => _lines;

    /// <summary>Adds abscissas, and returns their index.</summary>
    public int Grid(double[] x)
    {
        _grids.Add(x);
        return _grids.Count - 1;
    }

    /// <summary>Adds a line, and returns its index.</summary>
    public int Line(string name, int grid, double[] y)
    {
        _lines.Add(new PlotLine(name, grid, y));
        return _lines.Count - 1;
    }
}
