namespace LoraPrivacy.Oracle.Assessment;

/// <summary>Everything that assess says about one gradient.</summary>
/// <param name="Facts">What was assessed, by name.</param>
/// <param name="Sections">The tables, in the order of print.</param>
/// <param name="Scope">What the numbers do and do not promise.</param>
internal sealed record Report(IReadOnlyList<Fact> Facts, IReadOnlyList<Table> Sections, IReadOnlyList<string> Scope)
{
    private const int ShownDigits = 5;

    public static Report Of(GradientPair pair, Request request)
    {
        RowChoice? row = pair.Neighbour is null ? null : RowChoice.Of(pair.Gradient, pair.Neighbour, request.Row);
        int testRank = request.Ranks[request.Ranks.Length / 2];
        Table? releases = row is null ? null : new ReleaseSection(pair, row, testRank, request.Seed).Build();
        List<Fact> facts =
        [
            new("verdict", "verdict", new(VerdictOf(pair, releases))),
            new("source", "source", new(pair.Source)),
            new("rows", "rows n", Cell.Of(pair.Rows)),
            new("columns", "columns m", Cell.Of(pair.Columns)),
            new("norm", "gradient norm ‖G‖", Number(EuclideanNorm.Of(pair.Gradient))),
        ];
        if (pair.BatchSize is int batch)
        {
            facts.Add(new("batchSize", "batch size b", Cell.Of(batch)));
        }

        if (pair.Clip is double clip)
        {
            facts.Add(new("clip", "clipping norm C", Cell.Parameter(clip)));
        }

        facts.Add(new("neighbour", "neighbouring batch", new(pair.NeighbourDescription)));
        Table noise = NoiseSection.Build(pair, request.Ranks);
        if (row is null)
        {
            return new(facts, [noise], [.. Scopes(pair, request), "The verdict is that for gradients of this shape in general: give --neighbour FILE or per-example gradients for that on a pair, with λ and θ."]);
        }

        facts.AddRange(
        [
            new("difference", "‖G − G′‖", Number(EuclideanNorm.Of(MatrixParts.Combine(pair.Gradient, -1, pair.Neighbour!)))),
            new("row", "row released alone", Cell.Of(row.Index)),
            new("rowNorm", "its norm ‖q‖", Number(row.Norm)),
            new("rowNormNeighbour", "and in the neighbour ‖q′‖", Number(row.NormPrime)),
            new("rowDifference", "‖q − q′‖", Number(row.Difference)),
            new("relativeDifference", "τ = ‖q − q′‖/min(‖q‖, ‖q′‖)", Number(row.RelativeDifference)),
        ]);
        if (row.Pair is VectorPair vectors)
        {
            facts.Add(new("normRatio", "λ = ‖q‖/‖q′‖", Number(vectors.NormRatio)));
            facts.Add(new("angle", "θ in radians", Number(vectors.Angle)));
        }

        Table[] sections = [releases!, PrivacySection.Build(pair, row, request.Ranks, request.Delta, Guarantee(pair, request)), noise];
        List<string> scope = Scopes(pair, request);
        if (request.Floor is double floor && Math.Min(row.Norm, row.NormPrime) < floor)
        {
            scope.Add(FormattableString.Invariant(
                $"Not here, however: this row has norm {row.Norm:G4}, its neighbour {row.NormPrime:G4}, which is below the floor that was given."));
        }

        return new(facts, sections, scope);
    }

    /// <summary>The verdict on the step as it is usually released: as ΔW, and as a checkpoint.</summary>
    private static string VerdictOf(GradientPair pair, Table? releases)
    {
        string product = releases?.Rows[0][1].Display ?? VerdictCatalogue.Of(pair.Rows == 1 ? Release.Row : Release.Matrix, Neighbours.Any, Steps.One).Short;
        string checkpoint = releases?.Rows[3][1].Display ?? VerdictCatalogue.Of(Release.Checkpoint, Neighbours.Any, Steps.One).Short;
        return $"private{(releases is null ? " in general" : " for this pair")}? Published as ΔW, with A secret: {product}. Published as A and B: {checkpoint}.";
    }

    /// <summary>τ of the whole neighbourhood.</summary>
    private static double? Guarantee(GradientPair pair, Request request)
        => request.Floor is double floor && pair.Clip is double clip && pair.BatchSize is int batch
            ? Sensitivity.Relative(pair.ReplacesOne ? NeighbouringRelation.ReplaceOne : NeighbouringRelation.AddRemove, clip, batch, floor)
            : null;

    private static List<string> Scopes(GradientPair pair, Request request)
    {
        List<string> scope =
        [
            "Scope: one step without added noise, from B = 0 or with A frozen, published once. A is Gaussian with variance 1/rank, fresh, secret and independent "
                + "of the data; a real matrix, where a seeded one takes finitely many values, and PEFT's default is uniform." + (pair.Neighbour is null ? string.Empty : " The numbers are exact for this very pair."),
        ];
        if (pair.Neighbour is null)
        {
            return scope;
        }

        scope.Add(Guarantee(pair, request) is double tau
            ? FormattableString.Invariant(
                $"A guarantee over all neighbours is the last column: it holds if every batch's row has norm at least β = {request.Floor:G4} (then τ = Δ/β = {tau:G4}), which an appended constant coordinate ensures (S23).")
            : "They are not a differential privacy guarantee, which speaks of all neighbours: that takes a clipping norm C and a floor β on the row's norm (--clip C --floor β), "
                + "since for q = 0 the release is exactly 0.");
        return scope;
    }

    private static Cell Number(double value) => Cell.Measured(value, ShownDigits);

    /// <summary>What is asked about the pair.</summary>
    /// <param name="Ranks">The ranks.</param>
    /// <param name="Delta">δ.</param>
    /// <param name="Row">The row that is released alone; null for the one whose direction differs most.</param>
    /// <param name="Floor">β, a floor on the row's norm; null for none.</param>
    /// <param name="Seed">The seed of the A that the tests are shown on.</param>
    internal sealed record Request(int[] Ranks, double Delta, int? Row, double? Floor, int Seed);
}

/// <summary>One thing that is known about the gradient before anything is computed.</summary>
internal sealed record Fact(string Name, string Label, Cell Value);
