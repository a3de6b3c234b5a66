namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>A test of noise/sample: draws of a testee against the exact law, as many as it takes (<see cref="SequentialPlan"/>).</summary>
/// <param name="samplingCase">What is drawn.</param>
/// <param name="seed">The run's seed, from which each query gets another one.</param>
internal sealed class SamplingTest(SamplingCase samplingCase, long seed) : ConformanceTest(samplingCase.Id, SamplingOperation.Name, samplingCase.Comment, isRequired: true)
{
    private const double SeedRange = 1L << 53;

    public static IEnumerable<SamplingTest> All(long seed) => SamplingCase.All.Select(samplingCase => new SamplingTest(samplingCase, seed));

    /// <inheritdoc/>
    protected override TestOutcome Judge(ITestee testee)
    {
        SamplingStatistics statistics = new(samplingCase);
        for (int look = 0; look < SequentialPlan.Looks; look++)
        {
            int count = SequentialPlan.Draws(look) - statistics.Draws.Count;
            switch (testee.Ask($"\"{Id}.{look}\"", Operation, ParametersAt(look, count)))
            {
                case TesteeAnswer.Skip skip:
                    return Outcome(TestVerdict.Skipped, skip.Reason);
                case TesteeAnswer.Error error:
                    return Outcome(TestVerdict.Failed, $"answered the error {error.Code}{(error.Message is string message ? $" ({message})" : "")} to a valid query");
                case TesteeAnswer.NotANumber bare:
                    return Outcome(TestVerdict.Failed, $"answered {bare.Word} among the draws");
                case TesteeAnswer.Result result when Read(result.Members, count) is double[][] draws:
                    statistics.Add(draws);
                    break;
                default:
                    return Outcome(TestVerdict.Failed, $"draws must be an array of {count} arrays of {samplingCase.Gradient.Length} finite numbers");
            }

            if (Rejection(statistics, look) is string rejection)
            {
                return Outcome(TestVerdict.Failed, $"after {statistics.Draws.Count} draws: {rejection}") with { Suspects = SamplingDiagnosis.Of(samplingCase, statistics) };
            }

            if (statistics.Laws().All(law => KolmogorovTest.Distance(law.Uniform) <= SequentialPlan.Acceptance(law.Uniform.Count, look)))
            {
                break;
            }
        }

        return Outcome(TestVerdict.Passed, $"{statistics.Draws.Count} draws");
    }

    private string ParametersAt(int look, int count)
    {
        // Any injective scramble will do: seeds of different queries must differ, and so must those of different runs.
        ulong mixed = unchecked(((ulong)seed * 0x9E3779B97F4A7C15UL) + ((ulong)Id * 0xBF58476D1CE4E5B9UL) + ((ulong)look * 0x94D049BB133111EBUL));
        long querySeed = (long)((mixed ^ (mixed >> 31)) % (ulong)SeedRange);
        return JsonSerializer.Serialize(new { gradient = samplingCase.Gradient, rank = samplingCase.Rank, count, seed = querySeed });
    }

    private double[][]? Read(JsonElement result, int count)
    {
        if (!result.TryGetProperty("draws", out JsonElement draws) || draws.ValueKind != JsonValueKind.Array || draws.GetArrayLength() != count)
        {
            return null;
        }

        double[][] read = [.. draws.EnumerateArray().Select(draw => draw.ValueKind == JsonValueKind.Array ? draw.EnumerateArray().Select(JsonNumber.ReadOrNaN).ToArray() : [])];
        return Array.TrueForAll(read, draw => draw.Length == samplingCase.Gradient.Length && Array.TrueForAll(draw, double.IsFinite)) ? read : null;
    }

    private static string? Rejection(SamplingStatistics statistics, int look)
    {
        int cases = SamplingCase.All.Count;

        // Whole draws repeat with a probability that is out of reach, in single precision too.
        if (statistics.Repeats > statistics.Draws.Count / 100)
        {
            return $"{statistics.Repeats} draws repeat an earlier one";
        }

        foreach ((string name, IReadOnlyCollection<double> uniform) in statistics.Laws().Append(statistics.Succession()))
        {
            double distance = KolmogorovTest.Distance(uniform);
            double allowed = SequentialPlan.Rejection(uniform.Count, look, cases);
            if (distance > allowed)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name}: Kolmogorov distance {distance:0.000}, allowed {allowed:0.000}");
            }
        }

        foreach ((string name, double exact, double observed, double bound) in statistics.Moments(SequentialPlan.Share(look, cases)))
        {
            if (Math.Abs(observed - exact) > bound)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name} is {observed:0.####e+0}, exactly {exact:0.####e+0}, allowed ±{bound:0.##e+0}");
            }
        }

        return null;
    }
}
