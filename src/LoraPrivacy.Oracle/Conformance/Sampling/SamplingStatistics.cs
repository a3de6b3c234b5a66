namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>
/// Draws of AᵀA q, and statistics of them whose exact laws are known: uᵀy for some directions u is variance-gamma (S7), r⟨y, q⟩/‖q‖² is χ²_r
/// and r‖P⊥y‖²/(S‖q‖²) is χ²_{m−1}, the latter two independent (S6). Each is kept as F at the draw, so that it is uniform under its law.
/// </summary>
internal sealed class SamplingStatistics
{
    private readonly SamplingCase samplingCase;
    private readonly double norm;
    private readonly List<double[]> draws = [];
    private readonly (string Name, double[] Direction, VarianceGamma Law)[] directions;
    private readonly List<double>[] alongDirections;
    private readonly List<double> along = [];
    private readonly List<double> across = [];

    public SamplingStatistics(SamplingCase samplingCase)
    {
        this.samplingCase = samplingCase;
        norm = EuclideanNorm.Of(samplingCase.Gradient);
        directions = [.. Directions(samplingCase.Gradient).Select(direction => (direction.Name, direction.Direction, LawAlong(direction.Direction)))];
        alongDirections = [.. directions.Select(_ => new List<double>())];
    }

    public IReadOnlyList<double[]> Draws => draws;

    /// <summary>How many draws repeat an earlier one bit for bit.</summary>
    public int Repeats { get; private set; }

    /// <summary>S = ⟨y, q⟩/‖q‖² of a draw.</summary>
    public double Share(double[] draw) => MatrixParts.InnerProduct(draw, samplingCase.Gradient) / norm / norm;

    /// <summary>Adds draws of finite numbers.</summary>
    public void Add(IReadOnlyCollection<double[]> draws)
    {
        ChiSquareLaw along = new(samplingCase.Rank);
        ChiSquareLaw? across = samplingCase.Gradient.Length > 1 ? new(samplingCase.Gradient.Length - 1) : null;
        foreach (double[] draw in draws)
        {
            double share = Share(draw);
            this.draws.Add(draw);
            this.along.Add(Uniform(share * samplingCase.Rank, along.Below));
            this.across.Add(Uniform(share > 0 ? Rest(draw, share) * samplingCase.Rank / share : double.NaN, value => across?.Below(value) ?? 0));
            for (int i = 0; i < directions.Length; i++)
            {
                alongDirections[i].Add(Uniform(MatrixParts.InnerProduct(draw, directions[i].Direction), directions[i].Law.CumulativeDistribution));
            }
        }

        Repeats = this.draws.Count - this.draws.Select(draw => string.Join(',', draw.Select(BitConverter.DoubleToInt64Bits))).Distinct().Count();
    }

    /// <summary>The checks of the law of a draw: a name, the statement, and values that are uniform under the exact law.</summary>
    public IEnumerable<(string Name, IReadOnlyCollection<double> Uniform)> Laws()
    {
        yield return ("r⟨y, q⟩/‖q‖² against χ²_r (S6)", along);
        if (samplingCase.Gradient.Length > 1)
        {
            yield return ("r‖P⊥y‖²/(S‖q‖²) against χ²_{m−1} (S6)", across);
            yield return ("their independence (S6)", [.. along.Zip(across, Difference)]);
        }

        for (int i = 0; i < directions.Length; i++)
        {
            yield return ($"{directions[i].Name} against variance-gamma (S7)", alongDirections[i]);
        }
    }

    /// <summary>The check that successive draws do not depend on each other, with half as many values, likewise uniform.</summary>
    public (string Name, IReadOnlyCollection<double> Uniform) Succession()
        => ("the independence of successive draws", [.. along.Chunk(2).Where(pair => pair.Length == 2).Select(pair => Difference(pair[0], pair[1]))]);

    /// <summary>The checks of moments: a name, the exact value, the mean over the draws, and by how much it may be off.</summary>
    /// <param name="share">Among how many checks the false-alarm rate is shared.</param>
    public IEnumerable<(string Name, double Exact, double Observed, double Bound)> Moments(int share)
    {
        foreach ((string name, double[] direction, VarianceGamma law) in directions)
        {
            double[] values = [.. draws.Select(draw => MatrixParts.InnerProduct(draw, direction) - law.Mean)];
            yield return ($"the variance of {name} (S3, S4)", law.Variance, values.Average(value => value * value), MeanBound.Of(EntryMoments.OfSquare(law), values.Length, share));
        }
    }

    private static IEnumerable<(string Name, double[] Direction)> Directions(double[] gradient)
    {
        int[] order = [.. Enumerable.Range(0, gradient.Length).OrderByDescending(i => Math.Abs(gradient[i]))];
        (int large, int small) = (order[0], order[^1]);
        yield return ($"y_{large}", Unit(large));
        if (gradient.Length > 1)
        {
            yield return ($"y_{small}", Unit(small));
            yield return ($"(y_{large} + y_{small})/√2", [.. Unit(large).Zip(Unit(small), (left, right) => (left + right) / Math.Sqrt(2))]);
        }

        if (gradient.Length > 2)
        {
            yield return ("Σ±y_i/√m", [.. gradient.Select((_, i) => (i % 3 == 1 ? -1 : 1) / Math.Sqrt(gradient.Length))]);
        }

        double[] Unit(int index) => [.. gradient.Select((_, i) => i == index ? 1.0 : 0)];
    }

    /// <summary>The law of |u − v|, u and v independent and uniform on [0, 1], at |u − v|: 1 − (1 − d)².</summary>
    private static double Difference(double u, double v)
    {
        double difference = Math.Abs(u - v);
        return difference * (2 - difference);
    }

    /// <summary>F at a statistic; no number where the statistic is none, which no law then fits.</summary>
    private static double Uniform(double statistic, Func<double, double> distribution) => double.IsFinite(statistic) ? distribution(statistic) : double.NaN;

    private VarianceGamma LawAlong(double[] direction)
        => new(Math.Clamp(MatrixParts.InnerProduct(direction, samplingCase.Gradient), -norm, norm), norm, samplingCase.Rank);

    /// <summary>‖y − S q‖²/‖q‖².</summary>
    private double Rest(double[] draw, double share)
        => draw.Select((value, i) => (value - (share * samplingCase.Gradient[i])) / norm).Sum(component => component * component);
}
