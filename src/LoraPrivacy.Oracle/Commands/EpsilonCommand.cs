using LoraPrivacy.Oracle.Plots;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>epsilon</c>: ε at a given δ against rank, for one pair of vectors or in the worst case.</summary>
internal static class EpsilonCommand
{
    private const int ShownDigits = 8;

    // Far above the promised error of the search for the worst pair.
    private const double WorstCaseError = 1e-8;

    public static Command Create()
    {
        PairOptions pair = new();
        Option<int[]> ranks = CommonOptions.Sizes("--rank", "The rank r, or several (default 1, 2, 4, …, 1024).");
        Option<int> dimension = CommonOptions.Size("--dimension", "m, the length of q.");
        Option<double?> delta = CommonOptions.Real("--delta", "δ (default 1e-5).", ParameterKind.Probability);
        Option<double?> sensitivity = CommonOptions.Real("--tau", "Worst case over ‖q − q′‖ ≤ τβ and norms of at least β, in place of one pair.", ParameterKind.Positive);
        Option<bool> json = CommonOptions.Json();
        Option<string?> plot = ChartFile.Option("Draw ε against rank, with its minimum,");
        Option<string?> file = CommonOptions.Out();
        Command command = new("epsilon", "ε at a given δ against rank, exactly, for one pair of vectors or in the worst case.")
        {
            ranks, dimension, delta, pair.NormRatio, pair.Angle, sensitivity, json, plot, file,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                double? tau = parsed.GetValue(sensitivity);
                if (tau is not null && pair.IsGiven(parsed))
                {
                    throw new InputException("--tau asks for the worst pair; leave out --angle and --norm-ratio");
                }

                Question question = new(parsed.ValuesOr(ranks, [.. Grids.Ranks]), parsed.GetValue(dimension), parsed.GetValue(delta) ?? 1e-5);
                (Table table, double[] epsilons) = tau is double relative
                    ? WorstCases(question, relative, cancellation)
                    : OnePair(question, pair.Get(parsed), cancellation);
                if (parsed.GetValue(plot) is string path)
                {
                    ChartFile.Save(EpsilonChart.Of(table.Title, question.Ranks, epsilons, question.Delta), path);
                }

                CommandOutput.Write(parsed.GetValue(file), table, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static (Table Table, double[] Epsilons) OnePair(Question question, VectorPair pair, CancellationToken cancellation)
    {
        (double Floor, double Forward, double Reverse)[] values = new TableWork(_ => { }, cancellation).Map(question.Ranks, rank =>
        {
            ProductRelease release = new(rank, question.Dimension);
            ProductCurve forward = release.Curve(pair);
            return (forward.Floor, forward.Epsilon(question.Delta).Upper, release.Epsilon(pair.Reverse(), question.Delta));
        });
        double[] larger = [.. values.Select(value => Math.Max(value.Forward, value.Reverse))];
        Table table = new(
            "epsilon",
            $"ε at δ = {Digits.Shortest(question.Delta)} of one product release, for one pair (m = {question.Dimension}, norm ratio {pair.NormRatio:G4}, angle {pair.Angle:G4})",
            ["S11", "S12", "S15"],
            [
                new("rank"),
                new("floor δ_∞", Key: "floor"),
                new("ε, q from q′", Key: "epsilonForward"),
                new("ε, q′ from q", Key: "epsilonReverse"),
                new("larger", Key: "epsilon"),
            ],
            [.. question.Ranks.Select((rank, i) => (Cell[])
            [
                Cell.Of(rank),
                Cell.Measured(values[i].Floor, ShownDigits),
                Cell.Measured(values[i].Forward, ShownDigits),
                Cell.Measured(values[i].Reverse, ShownDigits),
                Smallest(larger, i),
            ])],
            [Note])
        {
            Parameters =
            [
                ("dimension", Cell.Of(question.Dimension)),
                ("delta", Cell.Parameter(question.Delta)),
                ("normRatio", Cell.Parameter(pair.NormRatio)),
                ("angle", Cell.Parameter(pair.Angle)),
            ],
        };
        return (table, larger);
    }

    private static (Table Table, double[] Epsilons) WorstCases(Question question, double tau, CancellationToken cancellation)
    {
        WorstCaseResult[] values = new TableWork(_ => { }, cancellation).Map(
            question.Ranks, rank => new WorstCase(rank, question.Dimension).Epsilon(tau, question.Delta));
        double[] epsilons = [.. values.Select(value => value.Epsilon)];
        Table table = new(
            "epsilon",
            $"Worst-case ε at δ = {Digits.Shortest(question.Delta)} of one product release (m = {question.Dimension}, τ = {Digits.Shortest(tau)})",
            ["S12", "S14", "S15"],
            [
                new("rank"),
                new("floor δ_∞", Key: "floor"),
                new("ε", Key: "epsilon"),
                new("worst λ", Key: "normRatio"),
                new("worst θ", Key: "angle"),
                new("direction", IsText: true),
            ],
            [.. question.Ranks.Select((rank, i) => (Cell[])
            [
                Cell.Of(rank),
                Cell.Measured(new WorstCase(rank, question.Dimension).DeltaFloor(tau), ShownDigits),
                Cell.Guarantee(epsilons[i], ShownDigits, WorstCaseError) with { IsMarked = IsSmallest(epsilons, i) },
                Cell.Measured(values[i].NormRatio, ShownDigits),
                Cell.Measured(values[i].Angle, ShownDigits),
                new(values[i].Direction == Direction.Forward ? "forward" : "reverse"),
            ])],
            [Note, "ε is rounded up. That the worst pair is where it is searched for is tested, not proved (S14)."])
        {
            Parameters =
            [
                ("dimension", Cell.Of(question.Dimension)),
                ("delta", Cell.Parameter(question.Delta)),
                ("relativeSensitivity", Cell.Parameter(tau)),
            ],
        };
        return (table, epsilons);
    }

    private const string Note =
        "* marks the most private of these ranks. ε is ∞ where the floor is not below δ; a smaller rank makes more noise, not more privacy.";

    private static Cell Smallest(double[] epsilons, int i) => Cell.Measured(epsilons[i], ShownDigits) with { IsMarked = IsSmallest(epsilons, i) };

    private static bool IsSmallest(double[] epsilons, int i) => double.IsFinite(epsilons[i]) && epsilons[i] == epsilons.Min();

    private sealed record Question(int[] Ranks, int Dimension, double Delta);
}
