using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Privacy;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A flag says which mistake a vector catches: here the mistakes are made, and every vector with the flag catches its own.</summary>
public sealed class WrongFormulaTests
{
    [Fact]
    public void Variance_over_rank_squared_is_caught() => Caught("noise/moments", "VarianceOverRankSquared", test =>
    {
        JsonObject result = test.Ask()["result"]!.AsObject();
        double rank = Number(test, "rank");
        result["variance"] = new JsonArray([.. result["variance"]!.AsArray().Select(value => (JsonNode)(value!.GetValue<double>() / rank))]);
        result["total"] = result["total"]!.GetValue<double>() / rank;
        return result;
    });

    [Fact]
    public void An_ignored_kurtosis_is_caught()
        => Caught("noise/moments", "KurtosisIgnored", test => Answer(test, test.Parameters.Without("kurtosis")));

    [Fact]
    public void A_forgotten_own_entry_is_caught() => Caught("noise/moments", "OwnEntryForgotten", test =>
    {
        JsonObject result = test.Ask()["result"]!.AsObject();
        double[] gradient = [.. new ExactParameters(test.Parameters).Vector("gradient").Select(entry => entry.ToDouble())];
        double variance = gradient.Sum(entry => entry * entry) / Number(test, "rank");
        result["variance"] = new JsonArray([.. gradient.Select(_ => (JsonNode)variance)]);
        return result;
    });

    [Theory]
    [InlineData("product/delta")]
    [InlineData("product/epsilon")]
    [InlineData("product/loss-cdf")]
    public void A_swapped_direction_is_caught(string operation)
        => Caught(operation, "DirectionSwapped", test => Answer(test, test.Parameters.With(("normRatio", 1 / Number(test, "normRatio")))));

    [Fact]
    public void Wrong_degrees_of_freedom_are_caught() => Caught("product/delta", "DegreesOfFreedom", test =>
    {
        // m for r + m − 1: the same release of another rank, at θ = 0 where only N matters.
        double rank = Number(test, "rank");
        return Number(test, "angle") == 0
            ? Answer(test, test.Parameters.With(("rank", 1)))
            : Answer(test, test.Parameters.With(("dimension", Number(test, "dimension") - rank + 1 > 0 ? Number(test, "dimension") - rank + 1 : 1 + rank)));
    });

    [Fact]
    public void A_forgotten_floor_is_caught() => Caught("product/delta", "FloorForgotten", test =>
    {
        double floor = ProductRelease.DeltaFloor((int)Number(test, "rank"), Number(test, "angle"));
        return Value(test.Ask()["result"]!["value"]!.GetValue<double>() - floor);
    });

    [Fact]
    public void A_floor_of_both_sides_is_caught() => Caught("product/delta-floor", "OneSidedTail", test =>
    {
        double sine = Math.Sin(Number(test, "angle"));
        return Value(SpecialFunctions.BetaRegularized(0.5 * Number(test, "rank"), 0.5, Math.Min(1, sine * sine)));
    });

    [Theory]
    [InlineData("factor/delta")]
    [InlineData("factor/epsilon")]
    public void Inverted_eigenvalues_are_caught(string operation) => Caught(operation, "EigenvalueInverted", test =>
    {
        double[] inverted = [.. new ExactParameters(test.Parameters).Vector("eigenvalues").Select(value => 1 / value.ToDouble())];
        return Answer(test, test.Parameters.With(("eigenvalues", inverted)));
    });

    [Theory]
    [InlineData("noise/pdf")]
    [InlineData("noise/cdf")]
    public void The_normal_approximation_is_caught(string operation) => Caught(operation, "NormalApproximation", test =>
    {
        double entry = Number(test, "entry");
        double norm = Number(test, "norm");
        Normal law = new(entry, Math.Sqrt((norm * norm + entry * entry) / Number(test, "rank")));
        return Value(operation == "noise/pdf" ? law.Density(Number(test, "x")) : law.CumulativeDistribution(Number(test, "x")));
    });

    [Theory]
    [InlineData("dp-sgd/delta")]
    [InlineData("dp-sgd/epsilon")]
    public void The_other_neighbouring_relation_is_caught(string operation) => Caught(operation, "ReplaceOneTakenForAddRemove", test => Answer(
        test, test.Parameters.ContainsKey("neighbours") ? test.Parameters.Without("neighbours") : test.Parameters.With(("neighbours", "replace-one"))));

    [Fact]
    [Trait("Speed", "Slow")]
    public void One_direction_is_caught_in_delta() => Caught("dp-sgd/delta", "OneDirection", test =>
    {
        // The curve of one step is in closed form.
        PrivacyPair step = Step(test);
        double epsilon = Number(test, "epsilon");
        return Number(test, "steps") == 1 ? Smaller(step.Forward.Delta(epsilon), step.Reverse.Delta(epsilon)) : SmallerDirection(test, it => it.Delta(epsilon));
    });

    [Fact]
    [Trait("Speed", "Slow")]
    public void One_direction_is_caught_in_epsilon()
        => Caught("dp-sgd/epsilon", "OneDirection", test => SmallerDirection(test, it => it.Epsilon(Number(test, "delta"))));

    [Fact]
    public void The_central_limit_is_caught() => Caught("dp-sgd/epsilon", "CentralLimit", test =>
    {
        double noise = Number(test, "noiseMultiplier");
        double ratio = Number(test, "samplingRate") * Math.Sqrt(Number(test, "steps") * (Math.Exp(1 / (noise * noise)) - 1));
        return new() { ["lower"] = 0.0, ["upper"] = new GaussianMechanism(ratio).Epsilon(Number(test, "delta")) };
    });

    [Fact]
    public void Noise_for_adding_is_too_little_for_replacing()
        => Caught("dp-sgd/noise-multiplier", "ReplaceOneTakenForAddRemove", test => Answer(test, test.Parameters.With(("neighbours", "add-remove"))), onlyReplaced: true);

    [Fact]
    public void An_ignored_random_norm_is_caught() => Caught("sketched-gaussian/delta", "RandomNormIgnored", test => Value(
        new GaussianMechanism(Number(test, "sensitivity") / Number(test, "noise")).Delta(Number(test, "epsilon"))));

    [Theory, InlineData("RandomNormIgnored"), InlineData("MeanNorm")]
    public void A_fixed_norm_is_caught(string flag)
    {
        double Ratio(StoredTest test) => Number(test, "sensitivity") / Number(test, "noise") * (flag == "MeanNorm" ? Math.Sqrt(Number(test, "rank") / Number(test, "dimension")) : 1);
        Caught("projected-gaussian/delta", flag, test => Value(new GaussianMechanism(Ratio(test)).Delta(Number(test, "epsilon"))));
        Caught("projected-gaussian/epsilon", flag, test => Value(new GaussianMechanism(Ratio(test)).Epsilon(Number(test, "delta"))));
    }

    [Fact]
    public void The_classical_bound_is_caught() => Caught("gaussian/epsilon", "ClassicalBound", test => Value(
        Number(test, "mu") * Math.Sqrt(2 * Math.Log(1.25 / Number(test, "delta")))));

    [Fact]
    public void A_forgotten_scale_is_caught() => Caught("lora/step", "ScaleForgotten", test => Answer(test, test.Parameters.With(("scale", 1))));

    [Fact]
    public void A_transposed_A_is_caught() => Caught("lora/step", "RowColumnConfusionOfA", test =>
    {
        JsonArray a = test.Parameters["a"]!.AsArray();
        JsonArray transposed = new([.. a[0]!.AsArray().Select((_, j) => new JsonArray([.. a.Select(row => row![j]!.DeepClone())]))]);
        return Answer(test, test.Parameters.With(("a", transposed)));
    });

    [Fact]
    public void A_sum_for_a_mean_is_caught() => Caught("lora/step", "SumForMean", test =>
    {
        JsonObject result = test.Ask()["result"]!.AsObject();
        result["loss"] = result["loss"]!.GetValue<double>() * test.Parameters["input"]!.AsArray().Count;
        return result;
    });

    [Fact]
    public void Swapped_distances_are_caught() => Caught("noise/gaussian-distance", "DistancesSwapped", test =>
    {
        JsonObject result = test.Ask()["result"]!.AsObject();
        return new JsonObject { ["totalVariation"] = result["kolmogorov"]!.DeepClone(), ["kolmogorov"] = result["totalVariation"]!.DeepClone() };
    });

    [Fact]
    public void An_ignored_sign_is_caught() => Caught("matrix/verdict", "SignIgnored", _ => new JsonObject { ["verdict"] = "scaled" });

    [Fact]
    public void Composed_rows_are_caught() => Caught("matrix/verdict", "RowsComposed", _ => new JsonObject { ["verdict"] = "vector" });

    [Fact]
    public void A_common_row_taken_for_a_common_column_is_caught() => Caught("matrix/verdict", "RowColumnConfusion", test => Answer(
        test, test.Parameters.With(("gradient", Transposed(test, "gradient")), ("neighbour", Transposed(test, "neighbour")))));

    private static PrivacyPair Step(StoredTest test)
        => PrivacyPair.SubsampledGaussian(Number(test, "noiseMultiplier"), Number(test, "samplingRate"), NeighbouringRelation.AddRemove);

    private static JsonObject SmallerDirection(StoredTest test, Func<PrivacyAccountant, Bracket> ask)
    {
        // A δ of 0 would be sought with ever larger transforms.
        PrivacyAccountant accountant = new((Step(test), (long)Number(test, "steps"))) { LargestTransform = 1 << 14 };
        return Smaller(ask(accountant), ask(accountant.Reverse()));
    }

    private static JsonObject Smaller(params Bracket[] directions)
    {
        Bracket smaller = directions.MinBy(bracket => bracket.Upper);
        return new() { ["lower"] = smaller.Lower, ["upper"] = smaller.Upper };
    }

    // The reference with other parameters: the wrong formula in terms of the right one.
    private static JsonObject Answer(StoredTest test, JsonObject parameters)
        => test.Ask(parameters)["result"]?.AsObject() ?? throw new InvalidOperationException($"{test.Id}: {test.Ask(parameters).ToJsonString()}");

    private static JsonObject Value(double value) => new() { ["value"] = double.IsFinite(value) ? value : "Infinity" };

    private static JsonArray Transposed(StoredTest test, string name)
    {
        JsonArray rows = test.Parameters[name]!.AsArray();
        return new([.. rows[0]!.AsArray().Select((_, j) => new JsonArray([.. rows.Select(row => row![j]!.DeepClone())]))]);
    }

    private static double Number(StoredTest test, string name)
    {
        ExactParameters parameters = new(test.Parameters);
        int sign = parameters.InfiniteSign(name);
        return sign != 0 ? sign * double.PositiveInfinity : parameters.Real(name).ToDouble();
    }

    private static void Caught(string operation, string flag, Func<StoredTest, JsonObject> wrong, bool onlyReplaced = false)
    {
        StoredTest[] flagged = [.. StoredTest.Of(operation).Where(test => test.Vector.Flags.Contains(flag))
            .Where(test => !onlyReplaced || test.Parameters["neighbours"]?.GetValue<string>() == "replace-one")];
        Assert.NotEmpty(flagged);
        string[] missed = [.. flagged.Where(test => test.Disagreement(wrong(test)) is null).Select(test => $"{test.Id} {test.Parameters.ToJsonString()}")];
        Assert.True(missed.Length == 0, $"{missed.Length} of {flagged.Length} vectors with {flag} pass with the mistake: {string.Join("\n", missed.Take(20))}");
    }
}
