using LoraPrivacy.Oracle.Accounting;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>account</c>: the privacy of many steps, every answer between proved bounds.</summary>
internal static class AccountCommand
{
    private const string FreshA = "Every step has a fresh A that is never used again. With one A for all steps there is no such guarantee (S17).";

    public static Command Create() => new("account", "The privacy of many steps, between proved bounds: DP-SGD on B, or releases with a fresh A each.")
    {
        AccountDpSgdCommand.Create(), Product(), Factor(), Sketched(),
    };

    private static Command Product()
    {
        PairOptions pair = new();
        Option<int> rank = CommonOptions.Size("--rank", "The rank r.");
        Option<int> dimension = CommonOptions.Size("--dimension", "m, the length of q.");
        Option<double?> tau = CommonOptions.Real(
            "--tau", "Any pairs with ‖q − q′‖ ≤ τβ and norms of at least β, in place of one pair; takes a while.",
            ParameterKind.Positive);
        Option<bool> appended = new("--appended-constant") { Description = "With --tau: a constant β is appended to the vector before the sketch (S23), so that every batch has norm at least β." };
        Option<double?> rate = Rate();
        Option<long?> steps = AccountOptions.Steps("The number of releases (default 1).");
        AccountOptions common = new();
        Command command = new("product", "Many product releases of a vector, each with a fresh, secret, Gaussian A (S22).")
        {
            rank, dimension, pair.NormRatio, pair.Angle, tau, appended, rate, steps,
        };
        Complete(command, common, (parsed, cancellation) =>
        {
            ProductRelease release = new(parsed.GetValue(rank), parsed.GetValue(dimension));
            long count = parsed.GetValue(steps) ?? 1;
            double q = parsed.GetValue(rate) ?? 1;
            AccountTable table = new();
            List<(string, Cell)> parameters = [("rank", Cell.Of(release.Rank)), ("dimension", Cell.Of(release.Dimension)), ("steps", Cell.Of(count)), ("samplingRate", Cell.Parameter(q))];
            if (parsed.GetValue(tau) is double relative)
            {
                if (pair.IsGiven(parsed))
                {
                    throw new InputException("--tau asks for all pairs of a neighbourhood; leave out --angle and --norm-ratio");
                }

                bool constant = parsed.GetValue(appended);
                if (q < 1 && !constant)
                {
                    throw new InputException(
                        "--tau with --rate below 1: a Poisson batch is empty with probability (1 − q)^n, its query is 0, and no norm floor holds of it, so that δ = 1 (S14); "
                            + "append a constant to the vector (--appended-constant, S23), or leave out --rate");
                }

                WorstCase search = constant
                    ? new(release.Rank, release.Dimension + 1, Neighbourhood.WithAppendedCoordinate)
                    : new(release.Rank, release.Dimension);
                PrivacyPair worst = PrivacyPair.WorstProduct(search, relative);
                CompositionAccount bound = new(worst.PoissonSubsampled(q), count, "largest δ of every ε over the neighbourhood, composed") { IsUpperBound = true, RelativeWidth = 0.02 };
                bound.AddTo(table, common.Deltas(parsed), common.Epsilons(parsed), cancellation);
                parameters.AddRange([("relativeSensitivity", Cell.Parameter(relative)), ("appendedConstant", new Cell(constant ? "yes" : "no"))]);
                return table.Build(
                    "Privacy of many product releases of a vector, in the worst case over neighbours chosen anew at every step",
                    constant ? ["S22", "S23", "S27"] : ["S14", "S22", "S27"], parameters,
                    [
                        FreshA,
                        constant
                            ? "Every vector has a constant coordinate β appended before it is sketched, and τ = Δ/β (S23): the norm floor holds of every batch, the empty one too."
                            : "τ = Δ/β, where every batch's vector is known to have norm at least β, which nothing but the data ensures (S14); --appended-constant builds it in.",
                        "Not exact: no one pair is the worst for every ε. That the search finds the largest δ is tested, not proved (S14).",
                    ]);
            }

            if (parsed.GetValue(appended))
            {
                throw new InputException("--appended-constant is for --tau; a concrete pair is that of the vectors as they are sketched");
            }

            VectorPair vectors = pair.Get(parsed);
            new CompositionAccount(PrivacyPair.Product(release, vectors).PoissonSubsampled(q), count, "privacy loss distributions")
                .AddTo(table, common.Deltas(parsed), common.Epsilons(parsed), cancellation);
            parameters.AddRange([("normRatio", Cell.Parameter(vectors.NormRatio)), ("angle", Cell.Parameter(vectors.Angle))]);
            return table.Build(
                "Privacy of many product releases of a vector (fresh, secret, Gaussian A), for one pair q, q′ at every step",
                ["S11", "S22", "S27"], parameters,
                [FreshA, "Brackets of the exact value for this pair, the larger direction; other pairs may be worse. A gradient matrix of two or more rows has no such guarantee (S16).", .. OneExample(q)]);
        });
        return command;
    }

    private static Command Factor()
    {
        Option<int> rank = CommonOptions.Size("--rank", "The rank r.");
        Option<double[]> eigenvalues = CommonOptions.Reals(
            "--eigenvalues", "The eigenvalues μ of the pair (S24) that are not 1.", OperationTable.RangeOf("factor/epsilon", "eigenvalues"));
        eigenvalues.Required = true;
        Option<double?> rate = Rate();
        Option<long?> steps = AccountOptions.Steps("The number of releases (default 1).");
        AccountOptions common = new();
        Command command = new("factor", "Many factor releases G Aᵀ, each with a fresh, secret, Gaussian A (S22, S24).") { rank, eigenvalues, rate, steps };
        Complete(command, common, (parsed, cancellation) =>
        {
            FactorRelease release = new(parsed.GetValue(rank), parsed.GetValue(eigenvalues)!);
            long count = parsed.GetValue(steps) ?? 1;
            double q = parsed.GetValue(rate) ?? 1;
            AccountTable table = new();
            new CompositionAccount(PrivacyPair.Factor(release).PoissonSubsampled(q), count, "privacy loss distributions")
                .AddTo(table, common.Deltas(parsed), common.Epsilons(parsed), cancellation);
            if (q == 1)
            {
                RenyiAccountant renyi = new((RenyiCurve.Factor(release), count));
                foreach (double delta in common.Deltas(parsed))
                {
                    (double epsilon, double order) = renyi.Epsilon(delta);
                    table.AddUpper("ε", $"δ = {Digits.Shortest(delta)}", epsilon, $"Rényi divergence of order {Digits.Shortest(order)}");
                }
            }

            return table.Build(
                "Privacy of many factor releases G Aᵀ (fresh, secret, Gaussian A), for one pair at every step",
                ["S22", "S24", "S27"],
                [
                    ("rank", Cell.Of(release.Rank)), ("steps", Cell.Of(count)), ("samplingRate", Cell.Parameter(q)),
                    ("eigenvalues", new Cell(string.Join(", ", release.Eigenvalues.Select(Digits.Shortest)))),
                ],
                [FreshA, "Brackets of the exact value for this pair, the larger direction; equal column spaces are presupposed (S24).", .. OneExample(q)]);
        });
        return command;
    }

    private static Command Sketched()
    {
        Option<int> rank = CommonOptions.Size("--rank", "The rank r.");
        Option<int> dimension = CommonOptions.Size("--dimension", "m, the columns of G, for the bound of one release of the noisy product.");
        dimension.Required = false;
        Option<double?> sensitivity = CommonOptions.Real("--sensitivity", "‖G − G′‖, of rank one (default 1).", ParameterKind.Positive);
        Option<double?> noise = CommonOptions.Real("--noise", "σ, the standard deviation of the noise.", ParameterKind.Positive, "σ");
        noise.Required = true;
        Option<double?> rate = Rate();
        Option<long?> steps = AccountOptions.Steps("The number of releases (default 1).");
        AccountOptions common = new();
        Command command = new("sketched", "Noise on a sketched gradient: G Aᵀ + σZ with A public, or G AᵀA + σZ (S20, S21).") { rank, dimension, sensitivity, noise, rate, steps };
        Complete(command, common, (parsed, cancellation) =>
        {
            int r = parsed.GetValue(rank);
            int m = parsed.GetValue(dimension);
            double size = parsed.GetValue(sensitivity) ?? 1;
            double sigma = parsed.GetValue(noise)!.Value;
            double q = parsed.GetValue(rate) ?? 1;
            long count = parsed.GetValue(steps) ?? 1;
            AccountTable table = new();
            new CompositionAccount(
                PrivacyPair.SketchedGaussian(new SketchedGaussianMechanism(r, size, sigma)).PoissonSubsampled(q), count, "factor G Aᵀ + σZ, A public (S20)")
                .AddTo(table, common.Deltas(parsed), common.Epsilons(parsed), cancellation);
            new CompositionAccount(PrivacyPair.Gaussian(size / sigma).PoissonSubsampled(q), count, "G + σZ, no sketch, to compare")
                .AddTo(table, common.Deltas(parsed), common.Epsilons(parsed), cancellation);
            if (m > 0)
            {
                if (count > 1 || q < 1)
                {
                    throw new InputException("the bound of the noisy product is for one release without sampling: leave out --dimension, or --steps and --rate");
                }

                NoisyProductRelease product = new(r, m, size, sigma);
                foreach (double delta in common.Deltas(parsed))
                {
                    table.AddUpper("ε", $"δ = {Digits.Shortest(delta)}", product.Epsilon(delta).Upper, "product G AᵀA + σZ, A secret (S21)");
                }

                foreach (double epsilon in common.Epsilons(parsed))
                {
                    table.AddUpper("δ", $"ε = {Digits.Shortest(epsilon)}", product.Delta(epsilon).Upper, "product G AᵀA + σZ, A secret (S21)");
                }
            }

            return table.Build(
                "Privacy of Gaussian noise on a sketched gradient, for gradients that differ by a matrix of rank one chosen without knowledge of A",
                ["S20", "S21", "S22"],
                [
                    ("rank", Cell.Of(r)), ("sensitivity", Cell.Parameter(size)), ("noise", Cell.Parameter(sigma)), ("samplingRate", Cell.Parameter(q)), ("steps", Cell.Of(count)),
                    .. m > 0 ? new (string, Cell)[] { ("dimension", Cell.Of(m)) } : [],
                ],
                ["Every step has a fresh A, drawn after the step's gradients are fixed. One A for all steps is not covered.", "The sketch changes the sensitivity at random; at small δ that costs privacy, and the cost falls with the rank."]);
        });
        return command;
    }

    // The pair is that of one batch (S22, item 2).
    private static string[] OneExample(double rate) => rate == 1
        ? []
        : ["The rate is that of the one example that is added or removed; the rest of the batch is the same at every draw, and not empty. It is no bound for sampling every example, as the pair then varies with the batch."];

    private static Option<double?> Rate() => CommonOptions.Real(
        "--rate", "q: every example enters a batch with this probability, and one is added or removed (default 1).",
        ParameterKind.Rate, "q");

    private static void Complete(Command command, AccountOptions common, Func<ParseResult, CancellationToken, Table> answer)
    {
        foreach (Option option in common.All)
        {
            command.Add(option);
        }

        // Sampling a curve may take a while and asks for no cancellation: an interrupt does not wait for it.
        command.SetAction(async (parsed, cancellation) =>
        {
            Table table = await WaitingDisplay.Run(() => answer(parsed, cancellation), cancellation).ConfigureAwait(false);
            CommandOutput.Write(common.File(parsed), table, common.Json(parsed));
            return ExitCode.Success;
        });
    }
}
