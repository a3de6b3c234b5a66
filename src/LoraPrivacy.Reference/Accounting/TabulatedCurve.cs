namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A dear privacy curve by a table: log δ in Chebyshev polynomials on panels, each made when it is first asked for and halved until its last
/// coefficients are negligible. What no polynomial follows is asked of the curve itself (S27).
/// </summary>
internal sealed class TabulatedCurve : IPrivacyCurve
{
    private const int MostPanels = 100;
    private const double SmallestScale = 1e-13;

    private readonly IPrivacyCurve curve;
    private readonly int order;
    private readonly double tolerance;
    private readonly int mostHalvings;
    private readonly Lazy<double> scale;
    private readonly Panel?[] panels = new Panel?[MostPanels];

    private TabulatedCurve(IPrivacyCurve curve, int order, double tolerance, int mostHalvings)
    {
        this.curve = curve;
        this.order = order;
        this.tolerance = tolerance;
        this.mostHalvings = mostHalvings;
        scale = new(() => Math.Max(SmallestScale, 2.5 * Exact(0)), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <inheritdoc/>
    public double Floor => curve.Floor;

    /// <summary>A table of a smooth, exact curve: it adds less than 5e-11 to the relative error (tested).</summary>
    public static TabulatedCurve Of(IPrivacyCurve curve) => new(curve, 16, 1e-11, 5);

    /// <summary>A table of the largest of many exact curves, which bends where another one becomes the largest: it adds less than 5e-6 to the relative error (tested).</summary>
    public static TabulatedCurve OfSearch(IPrivacyCurve curve) => new(curve, 8, 1e-6, 6);

    /// <inheritdoc/>
    public Bracket Delta(double epsilon)
    {
        // The panels [0, s], [s, 2s], [2s, 4s] and so on.
        double size = Argument.NonNegative(epsilon) / scale.Value;
        int index = size < 1 ? 0 : Math.ILogB(size) + 1;
        if (index >= MostPanels)
        {
            return curve.Delta(epsilon);
        }

        Panel panel = panels[index] ?? Made(index);
        while (panel.Halves is (Panel left, Panel right))
        {
            panel = epsilon < right.Low ? left : right;
        }

        return panel.Coefficients is double[] coefficients
            ? Bracket.Exactly(Math.Min(1, Math.Exp(Series(coefficients, (2 * epsilon - panel.Low - panel.High) / (panel.High - panel.Low)))))
            : curve.Delta(epsilon);
    }

    private double Exact(double epsilon) => PrivacyPair.Probability(curve.Delta(epsilon), epsilon).Upper;

    private Panel Made(int index)
    {
        lock (panels)
        {
            return panels[index] ??= Make(index == 0 ? 0 : Math.ScaleB(scale.Value, index - 1), Math.ScaleB(scale.Value, index), mostHalvings);
        }
    }

    private Panel Make(double low, double high, int halvings)
    {
        double middle = 0.5 * (low + high);
        double[] values = new double[order];
        Parallel.For(0, order, j =>
        {
            ComputationLimit.ThrowIfReached();
            values[j] = Math.Log(Exact(middle + 0.5 * (high - low) * Math.Cos(Math.PI * (j + 0.5) / order)));
        });
        double[] coefficients = [.. Enumerable.Range(0, order).Select(k =>
            (k == 0 ? 1.0 : 2.0) / order * Enumerable.Range(0, order).Sum(j => values[j] * Math.Cos(Math.PI * k * (j + 0.5) / order)))];
        return coefficients[^(order / 4)..].All(coefficient => Math.Abs(coefficient) <= tolerance) ? new Panel(low, high, coefficients, null)
            : halvings == 0 ? new Panel(low, high, null, null)
            : new Panel(low, high, null, (Make(low, middle, halvings - 1), Make(middle, high, halvings - 1)));
    }

    // Clenshaw's recurrence.
    private static double Series(double[] coefficients, double x)
    {
        (double next, double afterNext) = (0, 0);
        for (int k = coefficients.Length - 1; k > 0; k--)
        {
            (next, afterNext) = (2 * x * next - afterNext + coefficients[k], next);
        }

        return x * next - afterNext + coefficients[0];
    }

    private sealed record Panel(double Low, double High, double[]? Coefficients, (Panel Left, Panel Right)? Halves);
}
