namespace LoraPrivacy.Oracle.Plots;

/// <summary>δ(ε) of one pair of vectors, one line a rank, and the floors that the lines run into.</summary>
internal static class PrivacyCurveChart
{
    private const int Points = 201;

    /// <summary>Below this no δ is of interest, and the picture ends.</summary>
    private const double SmallestDelta = 1e-12;

    /// <summary>A curve counts as having come down to its floor, which it nears slowly, after this part of its way on a logarithmic axis.</summary>
    private const double Descent = 0.9;

    /// <summary>A curve that comes down more slowly than others is cut off at so many times the median of where they are down.</summary>
    private const double Slowest = 3;

    /// <param name="ranks">The ranks.</param>
    /// <param name="dimension">m, the length of the vectors.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="largest">The ε where the picture ends; null to end it where the curves have come down.</param>
    public static Chart Of(int[] ranks, int dimension, VectorPair pair, double? largest)
    {
        IPrivacyCurve[] curves = [.. ranks.Select(rank => new ProductRelease(rank, dimension).BothDirections(pair))];
        double end = largest ?? End(curves);
        double[] epsilons = [.. Enumerable.Range(0, Points).Select(i => end * i / (Points - 1))];
        Line[] lines = [.. curves.Select((curve, i) => new Line(
            $"rank {ranks[i]}", epsilons, [.. epsilons.AsParallel().AsOrdered().Select(epsilon => curve.Delta(epsilon).Upper)]))];
        double[] shown = [.. lines.SelectMany(line => line.Y).Where(delta => delta >= SmallestDelta)];
        if (shown.Length == 0)
        {
            throw new InputException($"--plot: there is nothing to draw, for δ(ε) is below {SmallestDelta:R} at every ε and rank");
        }

        bool isCut = lines.Any(line => Array.Exists(line.Y, delta => delta < SmallestDelta));
        return new Chart(
            $"Privacy curve of one product release (m = {dimension}, norm ratio {Digits.Shortest(pair.NormRatio)}, angle {Digits.Shortest(pair.Angle)})",
            new Axis("ε (privacy loss, natural logarithm)", Least: 0, Greatest: end),
            new Axis("δ(ε), larger direction (probability)", IsLogarithmic: true, isCut ? SmallestDelta : Power(Math.Floor, shown.Min() * 0.9), Power(Math.Ceiling, shown.Max())),
            lines)
        {
            Levels = [.. curves.Select(curve => curve.Floor).Where(floor => floor >= SmallestDelta)],
            LevelLabel = "floor δ_∞ of a rank",
        };
    }

    private static double Power(Func<double, double> round, double value) => Math.Pow(10, round(Math.Log10(value)));

    /// <summary>
    /// A round ε where the curves have come down to the smallest δ of interest, or, where none does, to their floors.
    /// </summary>
    private static double End(IPrivacyCurve[] curves)
    {
        (double Floor, double Epsilon) Extent(IPrivacyCurve curve)
        {
            double target = Math.Max(Math.Pow(curve.Floor, Descent) * Math.Pow(curve.Delta(0).Upper, 1 - Descent), SmallestDelta);
            return (curve.Floor, target < 1 ? curve.Epsilon(target).Upper : 0);
        }

        (double Floor, double Epsilon)[] extents = [.. curves.Select(Extent).Where(extent => extent.Epsilon > 0 && double.IsFinite(extent.Epsilon)).OrderBy(extent => extent.Epsilon)];
        double[] free = [.. extents.Where(extent => extent.Floor < SmallestDelta).Select(extent => extent.Epsilon)];
        double[] chosen = free.Length > 0 ? free : [.. extents.Select(extent => extent.Epsilon)];
        if (chosen.Length == 0)
        {
            return 1;
        }

        double end = Math.Min(chosen[^1], Slowest * chosen[(chosen.Length - 1) / 2]);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(end)) - 1) * 5;
        return Math.Ceiling(end / unit) * unit;
    }
}
