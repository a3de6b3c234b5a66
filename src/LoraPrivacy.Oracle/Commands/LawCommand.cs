using LoraPrivacy.Oracle.Plots;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>law</c>: the exact law of one entry of a sketched gradient.</summary>
internal static class LawCommand
{
    private const int ShownDigits = 10;

    private static readonly double[] DefaultProbabilities = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

    public static Command Create()
    {
        Option<double?> entry = CommonOptions.Real("--entry", "The gradient's entry q_i (default 0).", ParameterKind.Finite);
        Option<double?> norm = CommonOptions.Real("--norm", "The gradient's norm ‖q‖ (default 1).", ParameterKind.Positive);
        Option<int> rank = CommonOptions.Size("--rank", "The rank r.");
        Option<double[]> at = CommonOptions.Reals("--x", "Values at which to give density and distribution function.", ParameterKind.Finite);
        Option<double[]> probabilities = CommonOptions.Reals(
            "--probability", "Probabilities whose quantiles to give (default 0.001 to 0.999).", ParameterKind.Probability);
        Option<bool> json = CommonOptions.Json();
        Option<string?> plot = ChartFile.Option("Draw the density against the normal density");
        Option<string?> file = CommonOptions.Out();
        Command command = new(
            "law", "The exact law of one entry of AᵀA q: moments, density, distribution, quantiles, distance to the normal law.")
        {
            entry, norm, rank, at, probabilities, json, plot, file,
        };
        command.SetAction(parsed =>
        {
            VarianceGamma law = Law(parsed.GetValue(entry) ?? 0, parsed.GetValue(norm) ?? 1, parsed.GetValue(rank));
            Table table = Describe(law, parsed.ValuesOr(at, []), parsed.ValuesOr(probabilities, []));
            if (parsed.GetValue(plot) is string path)
            {
                ChartFile.Save(DensityChart.Of(law), path);
            }

            CommandOutput.Write(parsed.GetValue(file), table, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static VarianceGamma Law(double entry, double norm, int rank)
    {
        if (!(Math.Abs(entry) <= norm))
        {
            throw new InputException($"--entry must be in [-norm, norm] = [{-norm:R}, {norm:R}], but is {entry:R}");
        }

        VarianceGamma law = new(entry, norm, rank);
        return law.Variance > 0 && double.IsFinite(law.Variance)
            ? law
            : throw new InputException($"--norm is {norm:R}, whose square, and so the variance of the entry, is beyond the range of double precision");
    }

    private static Table Describe(VarianceGamma law, double[] at, double[] probabilities)
    {
        double[] chosen = at.Length + probabilities.Length == 0 ? DefaultProbabilities : probabilities;
        double ratio = Math.Clamp(law.Entry / law.Norm, -1, 1);
        (double X, double Below)[] points =
        [
            .. at.Select(x => (x, law.CumulativeDistribution(x))),
            // The law of an entry of 0 is symmetric: its median is 0 exactly.
            .. chosen.Select(probability => (law.Entry == 0 && probability == 0.5 ? 0 : law.Quantile(probability), probability)),
        ];
        Cell Number(double value) => Cell.Measured(value, ShownDigits);
        return new Table(
            "law",
            "Exact law of one entry of AᵀA q, A Gaussian with entry variance 1/rank",
            ["S2", "S4", "S7", "S9"],
            [new("x"), new("density f(x)", Key: "density"), new("P(X ≤ x)", Key: "cdf"), new("P(X > x)", Key: "complement")],
            [.. points.Select(point => (Cell[])
            [
                Number(point.X), Number(law.Density(point.X)), Number(point.Below), Number(law.ComplementaryCumulativeDistribution(point.X)),
            ])],
            [])
        {
            Parameters =
            [
                ("entry", Cell.Parameter(law.Entry)),
                ("norm", Cell.Parameter(law.Norm)),
                ("rank", Cell.Of(law.Rank)),
                ("mean", Number(law.Mean)),
                ("variance", Number(law.Variance)),
                ("skewness", Number(law.Skewness)),
                ("excessKurtosis", Number(law.ExcessKurtosis)),
                ("totalVariationToNormal", Number(GaussianDistance.TotalVariation(ratio, law.Rank))),
                ("kolmogorovToNormal", Number(GaussianDistance.Kolmogorov(ratio, law.Rank))),
            ],
        };
    }
}
