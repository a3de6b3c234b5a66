using System.Collections.Concurrent;
using LoraPrivacy.Oracle.Conformance.Mistakes;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>The matrix of mistakes and operations: what is made is named, what is not made never is.</summary>
public class MistakeTests(ITestOutputHelper output)
{
    /// <summary>How far a testee's own rounding takes its answers from the reference's.</summary>
    private const double OwnRounding = 5e-16;

    private static readonly ReferenceAnswers Reference = new();

    /// <summary>Mistakes that give the same values on all tests of an operation.</summary>
    private static readonly (string Operation, string[] Names)[] Equivalents =
    [
        ("noise/pdf", ["EntrySignLost", "PointNegated"]),
        ("dp-sgd/noise-multiplier", ["ReplaceOneTakenForAddRemove", "ReplaceOneIgnored", "Halved"]),
        ("dp-sgd/noise-multiplier", ["Zeros", "StepsMinusOne"]),
        ("dp-sgd/epsilon", ["OneDirection", "AddingAlone"]),
        ("dp-sgd/epsilon", ["Zeros", "DeltaComplement"]),
        ("factor/epsilon", ["Zeros", "DeltaComplement"]),
        ("projected-gaussian/epsilon", ["Zeros", "DeltaComplement"]),
        ("projected-gaussian/epsilon", ["RandomNormIgnored", "RankAndDimensionExchanged"]),
        ("product/worst-case-epsilon", ["Zeros", "DeltaComplement"]),
        ("product/delta-floor", ["Zeros", "AngleIgnored"]),
        ("product/epsilon", ["ConstantAnswer", "AngleSupplement"]),
        ("product/composed-epsilon", ["StepsPlusOne", "StepsDoubled"]),
        ("product/composed-epsilon", ["RankForgotten", "DegreesOfFreedom"]),
        ("product/composed-epsilon", ["RankMinusOne", "DimensionMinusOne"]),
        ("product/composed-epsilon", ["Zeros", "DeltaComplement", "StepsMinusOne"]),
    ];

    /// <summary>Mistakes in no list: none of them may be given a name.</summary>
    private static readonly (string Name, Func<int, Query, JsonObject?> Answer)[] Unlisted =
    [
        ("noise of 1e-3", (id, query) => Changed(query.Ask(), value => value * (1 + (1e-3 * Drawn(id))))),
        ("noise of 1e-6", (id, query) => Changed(query.Ask(), value => value * (1 + (1e-6 * Drawn(id))))),
        ("an offset of 1e-3", (_, query) => Changed(query.Ask(), value => value + 1e-3)),
        ("an offset of 1e-7", (_, query) => Changed(query.Ask(), value => value + 1e-7)),
        ("a factor of 1.1", (_, query) => Changed(query.Ask(), value => 1.1 * value)),
        ("a factor of 0.97", (_, query) => Changed(query.Ask(), value => 0.97 * value)),
        ("a power of 1.1", (_, query) => Changed(query.Ask(), value => Math.Pow(Math.Abs(value), 1.1))),
        ("a third power", (_, query) => Changed(query.Ask(), value => value * value * value)),
        ("a bend at 0.4", (_, query) => Changed(query.Ask(), value => Math.Min(value, 0.4 + (0.01 * value)))),
        ("three digits, cut off", (_, query) => Changed(query.Ask(), value => Math.Truncate(value * 1000) / 1000)),
        ("every second answer doubled", (id, query) => Drawn(id) > 0 ? Changed(query.Ask(), value => 2 * value) : query.Ask()),
        ("answers doubled and halved in turn", (id, query) => Changed(query.Ask(), value => Drawn(id) > 0 ? 2 * value : value / 2)),
        ("ranks too large and too small in turn", (id, query) => With(query, "rank", rank => Drawn(id) > 0 ? rank + 1 : Math.Max(rank - 1, 1))),
        ("a rank too large by 2 and a result by 5 %", (_, query) => Changed(With(query, "rank", rank => rank + 2), value => 1.05 * value)),
        ("a rank too large by 3", (_, query) => With(query, "rank", rank => rank + 3)),
        ("a dimension too large by 5", (_, query) => With(query, "dimension", dimension => dimension + 5)),
        ("1.5 ε", (_, query) => With(query, "epsilon", epsilon => 1.5 * epsilon)),
        ("1.3 θ", (_, query) => With(query, "angle", angle => Math.Min(1.3 * angle, 3))),
        ("3 δ", (_, query) => With(query, "delta", delta => Math.Min(3 * delta, 0.9))),
        ("λ to the power of 1.5", (_, query) => With(query, "normRatio", ratio => Math.Pow(ratio, 1.5))),
        ("two steps too many", (_, query) => With(query, "steps", steps => steps + 2)),
        ("1.5 q", (_, query) => With(query, "samplingRate", rate => Math.Min(1.5 * rate, 1))),
        ("1.2 σ", (_, query) => With(query, "noiseMultiplier", noise => noise / 1.2)),
        ("1.2 μ", (_, query) => With(query, "mu", mu => 1.2 * mu)),
        ("0.9 q_i", (_, query) => With(query, "entry", entry => 0.9 * entry)),
        ("1.1 ‖q‖", (_, query) => With(query, "norm", norm => 1.1 * norm)),
        ("1.5 s", (_, query) => With(query, "scale", scale => 1.5 * scale)),
    ];

    [Fact]
    [Trait("Speed", "Slow")]
    public void Every_mistake_is_named_and_no_other()
    {
        ConcurrentBag<(string Operation, string Made, string[] Named, int Failing)> results = [];
        Parallel.ForEach(MistakenTestee.Operations, new ParallelOptions { MaxDegreeOfParallelism = 2 }, operation =>
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            // Other rates and other steps make the search for the noise slow, and are made in δ and ε.
            foreach (Mistake mistake in Mistake.In(operation).Where(mistake => operation != "dp-sgd/noise-multiplier"
                || !(mistake.Name.StartsWith("Rate", StringComparison.Ordinal) || mistake.Name.Contains("Steps", StringComparison.Ordinal))))
            {
                MistakenTestee testee = new(Reference, (id, query) => mistake.Recompute(query) is { } wrong ? Rounded(wrong, id) : null);
                MistakeFinding finding = new MistakeFinder(Reference).Find(operation, testee.Outcomes(operation));
                results.Add((operation, mistake.Name, [.. finding.Found.Select(found => found.Name)], finding.Failing.Count));
            }

            lock (results)
            {
                output.WriteLine($"{operation}: {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            }
        });

        foreach (var (operation, made, named, failing) in results.OrderBy(result => result.Operation).ThenBy(result => result.Made))
        {
            output.WriteLine($"{operation} {made}: {failing} fail, named {string.Join(" | ", named)}");
        }

        string[] wrong = [.. results.Where(result => !result.Named.All(name => name == result.Made || AreEquivalent(result.Operation, name, result.Made)))
            .Select(result => $"{result.Operation}: {result.Made} is called {string.Join(" | ", result.Named)}").Order()];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        string[] everNamed = [.. results.Where(result => result.Named.Contains(result.Made)).Select(result => result.Made).Distinct()];
        string[] never = [.. Mistake.All.Select(mistake => mistake.Name).Distinct().Except(everNamed)];
        Assert.True(never.Length == 0, $"never named: {string.Join(", ", never)}");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void No_mistake_in_no_list_is_given_a_name()
    {
        ConcurrentBag<string> wrong = [];
        ConcurrentBag<string> caught = [];
        Parallel.ForEach(MistakenTestee.Operations, new ParallelOptions { MaxDegreeOfParallelism = 2 }, operation =>
        {
            foreach ((string name, Func<int, Query, JsonObject?> answer) in Unlisted)
            {
                MistakeFinding finding = new MistakeFinder(Reference).Find(operation, new MistakenTestee(Reference, answer).Outcomes(operation));
                foreach ((string found, string _) in finding.Found)
                {
                    wrong.Add($"{operation}: {name} is called {found}");
                }

                if (finding.Failing.Count >= MistakeFinder.LeastFailing)
                {
                    caught.Add(name);
                }
            }
        });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        Assert.Equal([], Unlisted.Select(mistake => mistake.Name).Except(caught));
    }

    /// <summary>The same mistakes as others would make them: from closed forms, with other rounding and wider brackets.</summary>
    [Theory]
    [InlineData("gaussian/epsilon", "ClassicalBound")]
    [InlineData("gaussian/delta", "SecondTermForgotten")]
    [InlineData("noise/cdf", "Cancellation")]
    [InlineData("noise/moments", "PeftGaussian")]
    [InlineData("noise/moments", "SinglePrecision")]
    [InlineData("noise/moments", "SinglePrecisionArithmetic")]
    [InlineData("dp-sgd/epsilon", "NoiseDoubled")]
    [Trait("Speed", "Slow")]
    public void A_mistake_made_independently_is_named(string operation, string mistake)
    {
        MistakenTestee testee = new(Reference, (_, query) => mistake switch
        {
            "ClassicalBound" => Numbers.Value(query.Number("mu") * Math.Sqrt((2 * Math.Log(1.25)) - (2 * Math.Log(query.Number("delta"))))),
            "SecondTermForgotten" => Numbers.Value(Normal.CDF(0, 1, (query.Number("mu") / 2) - (query.Number("epsilon") / query.Number("mu")))),
            "Cancellation" => Changed(query.Ask(), value => 1 - (1 - value)),
            "PeftGaussian" => Moments(query, value => value, meanFactor: 1 / query.Number("rank"), varianceFactor: 1 / Math.Pow(query.Number("rank"), 3)),
            "SinglePrecision" => Moments(query, value => (float)value, meanFactor: 1, varianceFactor: 1 / query.Number("rank")),
            "SinglePrecisionArithmetic" => SingleMoments(query),
            _ => query.Ask(("noiseMultiplier", 2 * query.Number("noiseMultiplier"))) is { } run
                ? new JsonObject { ["lower"] = 0, ["upper"] = Numbers.Write(Numbers.Read(run["upper"]!) * (1 + 1e-4)) } : null,
        });
        Assert.Contains(mistake, new MistakeFinder(Reference)
            .Find(operation, testee.Outcomes(operation).Where(outcome => outcome.Test.IsRequired)).Found.Select(found => found.Name));
    }

    private static JsonObject Moments(Query query, Func<double, double> rounded, double meanFactor, double varianceFactor)
    {
        double[] gradient = query.Vector("gradient");
        double kurtosis = query.Has("kurtosis") ? query.Number("kurtosis") : 3;
        double[] variances = [.. gradient.Select((entry, i) => (gradient.Where((_, j) => j != i).Sum(other => other * other) + ((kurtosis - 1) * entry * entry)) * varianceFactor)];
        return new()
        {
            ["mean"] = new JsonArray([.. gradient.Select(entry => Numbers.Write(rounded(entry * meanFactor)))]),
            ["variance"] = new JsonArray([.. variances.Select(value => Numbers.Write(rounded(value)))]),
            ["total"] = Numbers.Write(rounded(variances.Sum())),
        };
    }

    private static JsonObject SingleMoments(Query query)
    {
        float[] gradient = [.. query.Vector("gradient").Select(entry => (float)entry)];
        float kurtosis = query.Has("kurtosis") ? (float)query.Number("kurtosis") : 3;
        float[] variances = [.. gradient.Select((entry, i) => (gradient.Where((_, j) => j != i).Aggregate(0f, (sum, other) => sum + (other * other))
            + ((kurtosis - 1) * (entry * entry))) / (float)query.Number("rank"))];
        return new()
        {
            ["mean"] = new JsonArray([.. gradient.Select(entry => Numbers.Write(entry))]),
            ["variance"] = new JsonArray([.. variances.Select(value => Numbers.Write(value))]),
            ["total"] = Numbers.Write(variances.Aggregate(0f, (sum, value) => sum + value)),
        };
    }

    private static JsonObject? With(Query query, string parameter, Func<double, double> change)
        => query.Has(parameter) ? query.Ask((parameter, Numbers.Write(change(query.Number(parameter))))) : query.Ask();

    private static JsonObject? Changed(JsonObject? result, Func<double, double> change) => result is null ? null : Numbers.Map(result, change).AsObject();

    private static double Drawn(int id) => (2 * new Random(id).NextDouble()) - 1;

    private static bool AreEquivalent(string operation, string left, string right)
        => Equivalents.Any(same => (same.Operation == operation || same.Operation == "*") && same.Names.Contains(left) && same.Names.Contains(right));

    private static JsonObject Rounded(JsonObject result, int id)
    {
        Random random = new(id);
        return result.ContainsKey("lower") ? result
            : Numbers.Map(result, value => value == Math.Round(value) ? value : value * (1 + (OwnRounding * ((2 * random.NextDouble()) - 1)))).AsObject();
    }
}
