namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of dp-sgd/… where the worst case has a closed form.</summary>
internal static class DpSgdSuites
{
    private const string Replace = "ReplaceOneTakenForAddRemove";
    private const string Direction = "OneDirection";
    private const string Transform = "TransformErrorBelowTruth";
    private const string Floored = "RateFloored";
    private const string Limit = "CentralLimit";

    private static readonly Dictionary<string, Note> Notes = new()
    {
        [Replace] = new("the two neighbouring relations are mixed up: replacing one example has twice the sensitivity", "ε of replacing is too small by about a factor of 2"),
        [Direction] = new("removing, or adding, an example is accounted alone", "the bracket lies below the ε that both directions need"),
        [Transform] = new("the rounding error of a Fourier transform is not added to an upper bound", "a \"pessimistic\" ε lies below the true one, or δ is negative"),
        [Floored] = new("the sampling rate is replaced by the reciprocal of a whole number of batches, as with a floored expected batch size", "the accounted sampling rate is not the one that was used"),
        [Limit] = new("the central limit of many steps, μ = q√(T(e^{1/σ²} − 1)), is taken for few", "ε is below the true one, up to 8 times in these cases"),
    };

    private static readonly (string Name, bool IsReplaced)[] Relations = [("add-remove", false), ("replace-one", true)];

    public static VectorSuite Delta => new(
        "dp-sgd/delta", DpSgdCertifier.Delta, Notes,
        [
            new(1, "every example in every batch", SuiteGroup.Certified, true, Agreement.Contains, [.. Full(("epsilon", [0, 0.5, 4]))]),
            new(201, "one step", SuiteGroup.Certified, true, Agreement.Contains, [.. One(("epsilon", [0, 0.25, 2]))]),
            new(301, "two steps", SuiteGroup.Certified, true, Agreement.Contains, [.. Two(("epsilon", [0, 0.25, 2]))]),
            new(401, "without steps or noise", SuiteGroup.Certified, true, Agreement.Contains, [.. Special(("epsilon", [0.5]))]),
            Invalid("dp-sgd/delta", ("noiseMultiplier", 2), ("epsilon", 1)),
        ]);

    public static VectorSuite Epsilon => new(
        "dp-sgd/epsilon", DpSgdCertifier.Epsilon, Notes,
        [
            new(1, "every example in every batch", SuiteGroup.Certified, true, Agreement.Contains, [.. Full(("delta", [1e-3, 1e-6, 1e-9]))]),
            new(201, "one step", SuiteGroup.Certified, true, Agreement.Contains, [.. One(("delta", [1e-3, 1e-6]))]),
            new(301, "two steps", SuiteGroup.Certified, true, Agreement.Contains, [.. Two(("delta", [1e-3, 1e-6, 1e-9]))]),
            new(401, "without steps or noise", SuiteGroup.Certified, true, Agreement.Contains, [.. Special(("delta", [1e-5, 0.75]))]),
            Invalid("dp-sgd/epsilon", ("noiseMultiplier", 2), ("delta", 0.001)),
        ]);

    public static VectorSuite NoiseMultiplier => new(
        "dp-sgd/noise-multiplier", DpSgdCertifier.NoiseMultiplier, Notes,
        [
            new(1, "never below the least", SuiteGroup.Certified, true, Agreement.UpperBound, [.. Noises()]),
            new(201, "two steps, never below the least", SuiteGroup.Certified, true, Agreement.UpperBound, [.. NoisesOfTwo()]),
            Invalid("dp-sgd/noise-multiplier", ("epsilon", 1), ("delta", 0.001)),
        ]);

    private static SuiteGroup Invalid(string operation, (string Name, object Value) first, (string Name, object Value) last)
    {
        JsonObject valid = ParameterBuilder.Of(("samplingRate", 1), ("steps", 2), last, first);
        return InvalidTests.Group(
            OperationTable.Of(operation).Parameters.OrderByDescending(parameter => parameter.Name == first.Name), valid,
            VectorTest.Invalid(valid.With(("neighbours", "add")), ErrorCode.BadParameters, "neighbours", "there is no such relation"));
    }

    private static IEnumerable<VectorTest> Full((string Name, double[] Values) argument)
    {
        foreach ((string relation, _) in Relations)
        {
            foreach ((double noise, int steps) in ((double, int)[])[(1, 1), (2, 10), (4, 10000), (0.5, 2), (20, 100)])
            {
                foreach (double value in argument.Values)
                {
                    // δ of the longest run is next to 1 for both relations.
                    string[] flags = steps == 10000 && argument.Name == "epsilon" ? [Transform] : [Replace, Transform];
                    yield return Run(noise, 1, steps, relation, "", flags).With((argument.Name, value));
                }
            }
        }
    }

    private static IEnumerable<VectorTest> One((string Name, double[] Values) argument)
    {
        foreach ((string relation, bool isReplaced) in Relations)
        {
            foreach ((double noise, double rate) in ((double, double)[])[(1, 0.01), (0.5, 0.125), (2, 0.5), (1, 0.9375), (4, 0.3)])
            {
                foreach (double value in argument.Values)
                {
                    string[] direction = isReplaced ? [] : DirectionOf(argument.Name, value);
                    yield return Run(noise, rate, 1, relation, "", [Replace, .. direction, .. rate == 0.3 ? [Floored] : (string[])[], .. isReplaced ? [] : LimitOf(argument.Name, rate)])
                        .With((argument.Name, value));
                }
            }
        }
    }

    private static IEnumerable<VectorTest> Two((string Name, double[] Values) argument)
    {
        foreach ((double noise, double rate) in ((double, double)[])[(1, 0.01), (0.5, 0.125), (2, 0.5), (1, 0.9375), (4, 0.3)])
        {
            foreach (double value in argument.Values)
            {
                yield return Run(noise, rate, 2, "add-remove", "", [.. DirectionOf(argument.Name, value), .. rate == 0.3 ? [Floored] : (string[])[], .. LimitOf(argument.Name, rate)])
                    .With((argument.Name, value));
            }
        }
    }

    // Nearly always drawn, the limit is above the truth.
    private static string[] LimitOf(string argument, double rate) => argument == "delta" && rate < 0.9 ? [Limit] : [];

    // δ(0) is the total variation, which is the same in both directions.
    private static string[] DirectionOf(string argument, double value) => argument == "epsilon" && value == 0 ? [] : [Direction];

    private static IEnumerable<VectorTest> Special((string Name, double[] Values) argument)
    {
        foreach (double value in argument.Values)
        {
            yield return Run(1, 0.5, 0, "add-remove", "no steps").With((argument.Name, value));
            yield return Run(0, 0.125, 4, "add-remove", "no noise: what is never drawn is private").With((argument.Name, value));
            yield return Run(0, 1, 1, "add-remove", "no noise, always drawn").With((argument.Name, value));
            yield return Run(0, 0.125, 4, "replace-one", "no noise").With((argument.Name, value));
        }
    }

    private static IEnumerable<VectorTest> Noises()
    {
        foreach ((string relation, _) in Relations)
        {
            foreach (double epsilon in (double[])[0.25, 1, 8])
            {
                foreach (double delta in (double[])[1e-5, 1e-9])
                {
                    foreach ((double rate, int steps) in ((double, int)[])[(1, 1), (1, 100), (1, 10000), (0.125, 1)])
                    {
                        yield return VectorTest.Valid(
                            ParameterBuilder.Of(("samplingRate", rate), ("steps", steps), ("epsilon", epsilon), ("delta", delta), ("neighbours", relation)), "", Replace);
                    }
                }
            }
        }
    }

    private static IEnumerable<VectorTest> NoisesOfTwo()
    {
        foreach ((double epsilon, double delta, double rate) in ((double, double, double)[])[(0.25, 1e-5, 0.01), (1, 1e-5, 0.125), (1, 1e-9, 0.3), (8, 1e-5, 0.5)])
        {
            yield return VectorTest.Valid(ParameterBuilder.Of(("samplingRate", rate), ("steps", 2), ("epsilon", epsilon), ("delta", delta)), "", Direction);
        }
    }

    private static VectorTest Run(double noise, double rate, int steps, string relation, string comment, params string[] flags)
    {
        JsonObject parameters = ParameterBuilder.Of(("noiseMultiplier", noise), ("samplingRate", rate), ("steps", steps));
        return VectorTest.Valid(relation == "add-remove" ? parameters : parameters.With(("neighbours", relation)), comment, flags);
    }

    private static VectorTest With(this VectorTest test, (string Name, double Value) argument)
        => test with { Parameters = test.Parameters.With((argument.Name, argument.Value)) };
}
