using LoraPrivacy.Oracle.Plots;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>curve</c>: the exact privacy curve δ(ε) of one pair of vectors.</summary>
internal static class CurveCommand
{
    private const int ShownDigits = 8;

    private static readonly int[] DefaultRanks = [4, 16, 64, 256];
    private static readonly double[] DefaultEpsilons = [0, 0.1, 0.2, 0.5, 1, 2, 4, 8];

    public static Command Create()
    {
        PairOptions pair = new();
        Option<int[]> ranks = CommonOptions.Sizes("--rank", "The rank r, or several (default 4, 16, 64, 256).");
        Option<int> dimension = CommonOptions.Size("--dimension", "m, the length of q.");
        Option<double[]> epsilons = CommonOptions.Reals(
            "--epsilon", "The values of ε (default 0 to 8).", ParameterKind.NonNegative);
        Option<bool> json = CommonOptions.Json();
        Option<string?> plot = ChartFile.Option("Draw δ(ε) for each rank, with its floor, up to the largest --epsilon where one is given,");
        Option<string?> file = CommonOptions.Out();
        Command command = new("curve", "The exact privacy curve δ(ε) of one product release, for one pair of vectors q, q′.")
        {
            ranks, dimension, pair.NormRatio, pair.Angle, epsilons, json, plot, file,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                VectorPair vectors = pair.Get(parsed);
                int length = parsed.GetValue(dimension);
                int[] chosen = parsed.ValuesOr(ranks, DefaultRanks);
                Table table = Describe(chosen, length, vectors, parsed.ValuesOr(epsilons, DefaultEpsilons), cancellation);
                if (parsed.GetValue(plot) is string path)
                {
                    double given = parsed.ValuesOr(epsilons, []).DefaultIfEmpty().Max();
                    ChartFile.Save(PrivacyCurveChart.Of(chosen, length, vectors, given > 0 ? given : null), path);
                }

                CommandOutput.Write(parsed.GetValue(file), table, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static Table Describe(int[] ranks, int dimension, VectorPair pair, double[] epsilons, CancellationToken cancellation)
    {
        (ProductRelease Release, ProductCurve Forward, ProductCurve Reverse, double Epsilon)[] entries = [.. ranks.SelectMany(rank =>
        {
            ProductRelease release = new(rank, dimension);
            (ProductCurve forward, ProductCurve reverse) = (release.Curve(pair), release.Curve(pair.Reverse()));
            return epsilons.Select(epsilon => (release, forward, reverse, epsilon));
        })];
        Cell Number(double value) => Cell.Measured(value, ShownDigits);
        Cell[] Row((ProductRelease Release, ProductCurve Forward, ProductCurve Reverse, double Epsilon) entry)
        {
            double forward = entry.Forward.Delta(entry.Epsilon).Upper;
            double reverse = entry.Reverse.Delta(entry.Epsilon).Upper;
            return
            [
                Cell.Of(entry.Release.Rank),
                Number(entry.Forward.Floor),
                Cell.Parameter(entry.Epsilon),
                Number(forward),
                Number(reverse),
                Number(Math.Max(forward, reverse)),
            ];
        }

        return new Table(
            "curve",
            "Exact privacy curve of one product release of a vector (fresh, secret, Gaussian A), for one pair q, q′",
            ["S11", "S12"],
            [
                new("rank"),
                new("floor δ_∞", Key: "floor"),
                new("ε", Key: "epsilon"),
                new("δ(ε), q from q′", Key: "deltaForward"),
                new("δ(ε), q′ from q", Key: "deltaReverse"),
                new("larger", Key: "delta"),
            ],
            new TableWork(_ => { }, cancellation).Map(entries, Row),
            ["δ(ε) never falls below the floor. At ε = 0 it is the total variation distance of the two releases."])
        {
            GroupColumns = 1,
            Parameters =
            [
                ("dimension", Cell.Of(dimension)),
                ("normRatio", Cell.Parameter(pair.NormRatio)),
                ("angle", Cell.Parameter(pair.Angle)),
            ],
        };
    }
}
