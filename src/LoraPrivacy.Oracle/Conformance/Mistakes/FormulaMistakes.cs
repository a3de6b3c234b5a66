namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>Mistakes in one formula of the privacy operations.</summary>
internal static class FormulaMistakes
{
    /// <summary>The largest transform, since a δ of 0 would be sought with ever larger ones.</summary>
    private const int LargestTransform = 1 << 14;

    public static IEnumerable<Mistake> All => [.. Gaussian, .. Sketched, .. Product, .. Factor, .. Matrix, .. DpSgd];

    private static IEnumerable<Mistake> Gaussian =>
    [
        At("ClassicalBound", "the classical bound ε = μ√(2 ln(1.25/δ)) is taken for the exact curve", "gaussian/epsilon", query
            => Numbers.Value(query.Number("mu") * Math.Sqrt(2 * Math.Log(1.25 / query.Number("delta"))))),
        At("ClassicalBound", "the classical bound δ = 1.25·exp(−ε²/(2μ²)) is taken for the exact curve", "gaussian/delta", query
            => Numbers.Value(1.25 * Math.Exp(-0.5 * Math.Pow(query.Number("epsilon") / query.Number("mu"), 2)))),
        At("RenyiBound", "the bound ε = μ²/2 + μ√(2 ln(1/δ)) by Rényi divergences is taken for the exact curve", "gaussian/epsilon", query
            => Numbers.Value((0.5 * Math.Pow(query.Number("mu"), 2)) + (query.Number("mu") * Math.Sqrt(-2 * Math.Log(query.Number("delta")))))),
        At("SecondTermForgotten", "the term e^ε Φ(−μ/2 − ε/μ) is left out", "gaussian/delta", query => Numbers.Value(Tail(query, 1))),
        At("SecondTermAdded", "e^ε Φ(−μ/2 − ε/μ) is added and not subtracted", "gaussian/delta", query
            => Numbers.Value(Tail(query, 1) + (Math.Exp(query.Number("epsilon")) * Tail(query, -1)))),
        At("FactorForgotten", "the factor e^ε is left out", "gaussian/delta", query => Numbers.Value(Tail(query, 1) - Tail(query, -1))),
        At("EpsilonNegated", "the sign of ε is turned", "gaussian/delta", query => Numbers.Value(
            -double.ExpM1(-query.Number("epsilon")) + (Math.Exp(-query.Number("epsilon")) * Numbers.Read(query.Ask()!["value"]!)))),
    ];

    private static IEnumerable<Mistake> Sketched =>
    [
        At("RandomNormIgnored", "the norm of the sketched difference is taken as that of the difference: ‖d‖ in place of ‖d‖√S", "sketched-gaussian/delta", query
            => OfNorm(query, _ => 1)),
        new("RankOneOnly", "a difference of rank one is taken for the worst", operation => operation is "sketched-gaussian/worst-case-delta" or "projected-gaussian/worst-case-delta", query
            => Bracketed(query.Ask(query.Operation.Replace("worst-case-", "", StringComparison.Ordinal)))),
        new("RandomNormIgnored", "the norm of the projected difference is taken as that of the difference: ‖d‖ in place of ‖d‖√S", IsProjected, query => OfNorm(query, _ => 1)),
        new("MeanNorm", "the random share S of the squared norm is replaced by its mean r/m", IsProjected, query
            => OfNorm(query, dimension => Math.Min(1, query.Number("rank") / dimension))),
    ];

    private static IEnumerable<Mistake> Product =>
    [
        At("EpsilonNegated", "the sign of ε is turned", "product/delta", query => Numbers.Value(
            -double.ExpM1(-query.Number("epsilon")) + (Math.Exp(-query.Number("epsilon")) * Numbers.Read(Reversed(query)!["value"]!)))),
        At("FloorForgotten", "the mass δ_∞ of outputs that the neighbour cannot produce (h ≤ 0) is left out", "product/delta", query
            => Numbers.Value(Numbers.Read(query.Ask()!["value"]!) - Floor(query))),
        At("FloorForgotten", "the mass δ_∞ of outputs that the neighbour cannot produce (h ≤ 0) is left out", "product/epsilon", query
            => query.Number("delta") + Floor(query) < 1 ? query.Ask(("delta", query.Number("delta") + Floor(query))) : Numbers.Value(0)),
        At("FloorForgotten", "the atom P(L = ∞) is not left out of P(L ≤ ℓ)", "product/loss-cdf", query
            => Numbers.Value(Numbers.Read(query.Ask()!["value"]!) + Floor(query))),
        At("FloorMissing", "no mass where the loss is infinite is known: δ is 0 at ε = ∞", "product/delta", query
            => double.IsInfinity(query.Number("epsilon")) ? Numbers.Value(0) : query.Ask()) with { IsConstant = true },
        new("LargerDirection", "the larger of both directions is answered, and not the one that is asked for", IsPairOperation, query => OfDirections(query, Math.Max)),
        new("SmallerDirection", "the smaller of both directions is answered", IsPairOperation, query => OfDirections(query, Math.Min)),
        new("MeanOfDirections", "the mean of both directions is answered", IsPairOperation, query => OfDirections(query, (forward, reverse) => (forward + reverse) / 2)),
        At("OneDirection", "one direction of the pair, q‖q′, is composed only", "product/composed-epsilon", query => Composed(query, reverse: false)),
        At("OtherDirection", "one direction of the pair, q′‖q, is composed only", "product/composed-epsilon", query => Composed(query, reverse: true)),
        At("SmallerDirection", "the smaller of both directions is answered", "product/composed-epsilon", query
            => Composed(query, reverse: false) is { } forward && Composed(query, reverse: true) is { } back ? Smaller(forward, back) : null),
    ];

    private static IEnumerable<Mistake> Factor =>
    [
        Eigenvalues("EigenvalueInverted", "the eigenvalues are those of Σ^{-1/2}Σ′Σ^{-1/2}, the reciprocals", values => values.Select(value => 1 / value)),
        Eigenvalues("EigenvalueSquared", "the eigenvalues are squared", values => values.Select(value => value * value)),
        Eigenvalues("EigenvalueRoot", "the roots of the eigenvalues are taken, as of singular values", values => values.Select(Math.Sqrt)),
        Eigenvalues("MultiplicityIgnored", "an eigenvalue that occurs twice is counted once", values => values.Distinct()),
        Eigenvalues("LargestEigenvalueOnly", "only the largest eigenvalue is taken", values => [values.Max()]),
        Eigenvalues("FirstEigenvalueOnly", "only the first eigenvalue is taken", values => values.Take(1)),
        Eigenvalues("EigenvaluePlusOne", "1 is added to the eigenvalues: γ is taken for 1 + γ", values => values.Select(value => value + 1)),
        new("DimensionCounted", "the degrees of freedom r + m − 1 of the product release are taken, in place of r", IsFactor, query
            => query.Ask(("rank", query.Number("rank") + query.Vector("eigenvalues").Length - 1))),
    ];

    private static IEnumerable<Mistake> Matrix =>
    [
        new("DirectionSwapped", "gradient and neighbour are exchanged, which is the other direction", operation => operation == "matrix/delta", query
            => query.Ask(("gradient", Numbers.Write(query.Matrix("neighbour"))), ("neighbour", Numbers.Write(query.Matrix("gradient"))))),
        new("RowColumnConfusion", "a common row is taken for a common column: the matrix is transposed", IsMatrix, query
            => query.Ask(("gradient", Numbers.Write(Transposed(query.Matrix("gradient")))), ("neighbour", Numbers.Write(Transposed(query.Matrix("neighbour")))))),
        new("SignIgnored", "proportional gradients of opposite sign are called a scale family", IsMatrix, SignIgnored),
        At("DegreesOfFreedomOfEntries", "N = rm is taken for scaled matrices, whatever the rank of the gradient is", "matrix/delta", query
            => OfScaled(query, (rank, dimension) => rank * dimension)),
        At("DegreesOfFreedomOfVector", "N = r + m − 1 is taken for scaled matrices, whatever the rank of the gradient is", "matrix/delta", query
            => OfScaled(query, (rank, dimension) => rank + dimension - 1)),
        .. ((string[])["distinguishable", "vector", "scaled", "identical"]).Select(word => new Mistake(
            $"Always{word}", $"the verdict is '{word}', whatever is asked", operation => operation == "matrix/verdict", _ => Verdict(word)) { IsConstant = true }),
        At("ProportionsIgnored", "scaled matrices are called distinguishable", "matrix/verdict", query => Verdict("scaled", "distinguishable", query)),
        At("IdenticalCalledScaled", "identical matrices are called scaled", "matrix/verdict", query => Verdict("identical", "scaled", query)),
        At("RowsComposed", "distinguishable pairs are called vectors: the rows are accounted as vector releases", "matrix/verdict", query => Verdict("distinguishable", "vector", query)),
        At("CommonColumnIgnored", "outer products with a common column are called distinguishable", "matrix/verdict", query => Verdict("vector", "distinguishable", query)),
    ];

    private static IEnumerable<Mistake> DpSgd =>
    [
        new("OneDirection", "removing, or adding, an example is accounted alone, the smaller of the two", operation => operation is "dp-sgd/delta" or "dp-sgd/epsilon", query
            => OneDirection(query, reverse: false) is { } forward && OneDirection(query, reverse: true) is { } back ? Smaller(forward, back) : null),
        new("AddingAlone", "adding an example is accounted alone", operation => operation is "dp-sgd/delta" or "dp-sgd/epsilon", query => OneDirection(query, reverse: true)),
        At("CentralLimit", "the central limit of many steps, μ = q√(T(e^{1/σ²} − 1)), is taken for few", "dp-sgd/epsilon", query
            => Bracketed(query.Ask("gaussian/epsilon", Others(query, "delta", ("mu", Numbers.Write(CentralLimit(query))))))),
        At("CentralLimit", "the central limit of many steps, μ = q√(T(e^{1/σ²} − 1)), is taken for few", "dp-sgd/delta", query
            => Bracketed(query.Ask("gaussian/delta", Others(query, "epsilon", ("mu", Numbers.Write(CentralLimit(query))))))),
        At("BasicComposition", "T times the ε of one step at δ/T is taken", "dp-sgd/epsilon", query
            => query.Ask(("steps", 1), ("delta", query.Number("delta") / query.Number("steps"))) is { } one
                ? Numbers.Map(one, value => value * query.Number("steps")).AsObject() : null),
        At("AmplifiedOutside", "the run without sampling is accounted, and then amplified: ln(1 + q(e^ε − 1)) at δ/q", "dp-sgd/epsilon", query
            => query.Ask(("samplingRate", 1), ("delta", query.Number("delta") / query.Number("samplingRate"))) is { } whole
                ? Numbers.Map(whole, value => double.LogP1(query.Number("samplingRate") * double.ExpM1(value))).AsObject() : null),
        new("NoiseOverRate", "the sampling rate is taken to scale the sensitivity: σ/q without sampling", operation => operation is "dp-sgd/delta" or "dp-sgd/epsilon", query
            => query.Ask(("samplingRate", 1), ("noiseMultiplier", query.Number("noiseMultiplier") / query.Number("samplingRate")))),
    ];

    private static Mistake At(string name, string bug, string operation, Func<Query, JsonObject?> answer) => new(name, bug, asked => asked == operation, answer);

    private static bool IsPairOperation(string operation) => operation is "product/delta" or "product/epsilon";

    private static bool IsFactor(string operation) => operation.StartsWith("factor/", StringComparison.Ordinal);

    private static bool IsProjected(string operation) => operation is "projected-gaussian/delta" or "projected-gaussian/epsilon";

    private static bool IsMatrix(string operation) => operation.StartsWith("matrix/", StringComparison.Ordinal);

    /// <summary>Φ(±μ/2 − ε/μ).</summary>
    private static double Tail(Query query, int sign) => NormalDistribution.Cdf((sign * query.Number("mu") / 2) - (query.Number("epsilon") / query.Number("mu")));

    /// <summary>The mechanism without a sketch, for a share of the squared norm.</summary>
    private static JsonObject? OfNorm(Query query, Func<double, double> share)
    {
        double norm = query.Has("dimension") ? Math.Sqrt(share(query.Number("dimension"))) : 1;
        (string, JsonNode?)[] changes = [("rank", null), ("sensitivity", null), ("noise", null), ("mu", Numbers.Write(norm * query.Number("sensitivity") / query.Number("noise")))];
        return query.Ask(query.Has("delta") ? "gaussian/epsilon" : "gaussian/delta", [.. changes, .. query.Has("dimension") ? [("dimension", null)] : Array.Empty<(string, JsonNode?)>()]);
    }

    private static JsonObject? Reversed(Query query) => query.Ask(("normRatio", 1 / query.Number("normRatio")));

    private static double Floor(Query query) => ProductRelease.DeltaFloor((int)query.Number("rank"), query.Number("angle"));

    private static JsonObject? OfDirections(Query query, Func<double, double, double> combine)
        => query.Ask() is { } forward && Reversed(query) is { } reverse ? Numbers.Value(combine(Numbers.Read(forward["value"]!), Numbers.Read(reverse["value"]!))) : null;

    private static JsonObject? Composed(Query query, bool reverse)
    {
        PrivacyPair step = PrivacyPair.Product(
            new((int)query.Number("rank"), (int)query.Number("dimension")), new VectorPair(query.Number("normRatio"), query.Number("angle")));
        PrivacyAccountant accountant = new((step, (long)query.Number("steps"))) { LargestTransform = LargestTransform };
        return Bracket((reverse ? accountant.Reverse() : accountant).Epsilon(query.Number("delta")));
    }

    private static JsonObject? OneDirection(Query query, bool reverse)
    {
        NeighbouringRelation neighbours = CommonOptions.NeighboursOf(query.Word("neighbours"));
        PrivacyPair step = PrivacyPair.SubsampledGaussian(query.Number("noiseMultiplier"), query.Number("samplingRate"), neighbours);
        bool isDelta = query.Has("epsilon");
        if (query.Number("steps") == 1 && isDelta)
        {
            return Bracket((reverse ? step.Reverse : step.Forward).Delta(query.Number("epsilon")));
        }

        PrivacyAccountant accountant = new((reverse ? step.Swap() : step, (long)query.Number("steps"))) { LargestTransform = LargestTransform };
        return Bracket(isDelta ? accountant.Delta(query.Number("epsilon")) : accountant.Epsilon(query.Number("delta")));
    }

    private static JsonObject Smaller(JsonObject forward, JsonObject reverse) => Numbers.Read(forward["upper"]!) <= Numbers.Read(reverse["upper"]!) ? forward : reverse;

    private static JsonObject Bracket(Bracket bracket) => new() { ["lower"] = Numbers.Write(bracket.Lower), ["upper"] = Numbers.Write(bracket.Upper) };

    private static JsonObject? Bracketed(JsonObject? value)
        => value is null ? null : new JsonObject { ["lower"] = value["value"]!.DeepClone(), ["upper"] = value["value"]!.DeepClone() };

    private static double CentralLimit(Query query)
        => query.Number("samplingRate") * Math.Sqrt(query.Number("steps") * double.ExpM1(Math.Pow(query.Number("noiseMultiplier"), -2)));

    /// <summary>Leaves out the parameters of a run of DP-SGD.</summary>
    private static (string, JsonNode?)[] Others(Query query, string kept, (string, JsonNode?) added)
        => [("noiseMultiplier", null), ("samplingRate", null), ("steps", null), ("neighbours", null), (kept, Numbers.Write(query.Number(kept))), added];

    private static Mistake Eigenvalues(string name, string bug, Func<double[], IEnumerable<double>> change)
        => new(name, bug, IsFactor, query => query.Ask(("eigenvalues", new JsonArray([.. change(query.Vector("eigenvalues")).Select(Numbers.Write)]))));

    private static double[][] Transposed(double[][] rows) => [.. rows[0].Select((_, j) => rows.Select(row => row[j]).ToArray())];

    private static JsonObject? SignIgnored(Query query)
    {
        double[][] negated = [.. query.Matrix("neighbour").Select(row => row.Select(entry => -entry).ToArray())];
        JsonObject? turned = query.Ask("matrix/verdict", ("rank", null), ("epsilon", null), ("neighbour", Numbers.Write(negated)));
        return turned?["verdict"]?.GetValue<string>() is not ("scaled" or "identical") ? query.Ask()
            : query.Operation == "matrix/verdict" ? Verdict("scaled")
            : query.Ask(("neighbour", Numbers.Write(negated)));
    }

    private static JsonObject? OfScaled(Query query, Func<double, double, double> degrees)
    {
        double[][] gradient = query.Matrix("gradient");
        double[][] neighbour = query.Matrix("neighbour");
        if (query.Ask("matrix/verdict", ("rank", null), ("epsilon", null))?["verdict"]?.GetValue<string>() != "scaled")
        {
            return query.Ask();
        }

        double ratio = Norm(gradient) / Norm(neighbour);
        return Numbers.Value(new ScaleFamily(degrees(query.Number("rank"), gradient[0].Length), ratio).Delta(query.Number("epsilon")).Upper);
    }

    private static double Norm(double[][] rows) => EuclideanNorm.Of([.. rows.SelectMany(row => row)]);

    private static JsonObject Verdict(string word) => new() { ["verdict"] = word };

    private static JsonObject? Verdict(string right, string wrong, Query query)
        => query.Ask()?["verdict"]?.GetValue<string>() == right ? Verdict(wrong) : query.Ask();
}
