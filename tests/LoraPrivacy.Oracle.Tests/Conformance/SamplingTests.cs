using LoraPrivacy.Oracle.Conformance.Sampling;

namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>The sequential tests of noise/sample: right samplers pass, wrong ones are caught, and at what price.</summary>
public class SamplingTests(ITestOutputHelper output)
{
    private delegate double[] Sampler(double[] gradient, int rank, Random random);

    [Fact]
    [Trait("Statement", "S6")]
    [Trait("Speed", "Slow")]
    public void The_reference_passes_after_few_draws()
    {
        TestOutcome[] outcomes = [.. SamplingTest.All(seed: 3).Select(test => test.Run(new Answering(Operations.Reference)))];
        Assert.All(outcomes, outcome => Assert.True(outcome.Verdict == TestVerdict.Passed, $"{outcome.Test.Id}: {outcome.Message}"));

        // Many fewer than the 6,400 of the last look.
        double mean = outcomes.Average(outcome => int.Parse(outcome.Message.Split(' ')[0], CultureInfo.InvariantCulture));
        output.WriteLine($"{mean} draws a case");
        Assert.InRange(mean, 400, 1600);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_variance_of_one_over_r_squared_is_caught()
        => AssertCaught((q, r, random) => GradientSketch.Sample(q, r, Initialization.PeftGaussian, random), "1/r²", mostDraws: 800, passes: [90001]);

    [Fact]
    public void Rademacher_for_Gaussian_is_caught()
        => AssertCaught((q, r, random) => Sketch(q, r, () => (random.Next(2) == 0 ? -1 : 1) / Math.Sqrt(r)), "few values, such as ±1/√r", mostDraws: 6400, passes: []);

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_variance_of_1_is_caught()
        => AssertCaught((q, r, random) => Sketch(q, r, () => Normal(random)), "variance 1 and not 1/r", mostDraws: 400, passes: [90001]);

    [Fact]
    public void Kaiming_uniform_is_caught()
        => AssertCaught((q, r, random) => Sketch(q, r, () => ((2 * random.NextDouble()) - 1) / Math.Sqrt(q.Length)), "Kaiming-uniform", mostDraws: 6400, passes: []);

    /// <summary>Mean and covariance of S3, and a normal law: what a Gaussian approximation draws. At rank 32 it is nearer than the distance that counts.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void A_normal_approximation_is_caught()
        => AssertCaught(
            (q, r, random) =>
            {
                double norm = Math.Sqrt(q.Sum(entry => entry * entry));
                double along = Normal(random);
                return [.. q.Select(entry => entry + (((norm * Normal(random)) + (entry * along)) / Math.Sqrt(r)))];
            },
            "the law is not", mostDraws: 6400, passes: [90008]);

    /// <summary>Mistakes that are in no list are rejected, and nothing is named.</summary>
    [Theory]
    [InlineData("Laplace entries of A")]
    [InlineData("a variance of 1.3/r")]
    [InlineData("the gradient added")]
    [Trait("Speed", "Slow")]
    public void Draws_of_another_mistake_are_given_no_name(string mistake)
    {
        TestOutcome[] outcomes = Outcomes(
            (q, r, random) => mistake[0] == 'L' ? Sketch(q, r, () => Laplace(random) / Math.Sqrt(2 * r))
                : mistake[0] == 'a' ? Sketch(q, r, () => Normal(random) * Math.Sqrt(1.3 / r))
                : [.. Sketch(q, r, () => Normal(random) / Math.Sqrt(r)).Zip(q, (y, entry) => y + entry)],
            heedsSeed: true);
        Assert.Contains(outcomes, outcome => outcome.Verdict == TestVerdict.Failed);
        Assert.Empty(Named(outcomes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [Trait("Speed", "Slow")]
    public void A_reused_A_is_caught(int pool)
    {
        // The pool is the process's: nothing of it depends on the query's seed.
        int next = 0;
        AssertCaught((q, r, _) => GradientSketch.Sample(q, r, Initialization.Unbiased(r), new Random(next++ % pool)), "more than one draw", mostDraws: 400, passes: []);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_seed_that_is_not_looked_at_is_caught()
        => AssertCaught((q, r, random) => GradientSketch.Sample(q, r, Initialization.Unbiased(r), random), "more than one draw", mostDraws: 400, passes: [], heedsSeed: false);

    [Fact]
    public void Draws_that_depend_on_the_draw_before_are_caught()
    {
        double[]? last = null;
        Outcomes(
            (q, r, random) =>
            {
                // A second draw that is the first one, but for its sign of P⊥z.
                double[] draw = GradientSketch.Sample(q, r, Initialization.Unbiased(r), random);
                if (last is null || last.Length != q.Length)
                {
                    return last = draw;
                }

                double square = q.Sum(entry => entry * entry);
                double share = last.Zip(q, (y, entry) => y * entry).Sum() / square;
                double[] mirrored = [.. last.Zip(q, (y, entry) => (2 * share * entry) - y)];
                last = null;
                return mirrored;
            },
            heedsSeed: true).Where(outcome => outcome.Test.Id == 90003).ToList().ForEach(outcome => Assert.Contains("successive draws", outcome.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"draws":[[1,2]]}""")]
    [InlineData("""{"draws":"many"}""")]
    [InlineData("""{"draws":null}""")]
    [InlineData("{}")]
    public void Draws_of_another_shape_are_refused(string result)
    {
        TestOutcome outcome = SamplingTest.All(1).First().Run(new InProcessTestee(changeAnswer: answer =>
            $$"""{"id":{{JsonNode.Parse(answer)!["id"]!.ToJsonString()}},"result":{{result}}}"""));
        Assert.Equal(TestVerdict.Failed, outcome.Verdict);
        Assert.Contains("draws must be an array of 200 arrays of 4", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_beyond_all_bounds_are_refused_and_break_nothing()
    {
        foreach (double extreme in (double[])[double.MaxValue, -double.MaxValue, double.Epsilon, 0])
        {
            Assert.All(Outcomes((q, _, random) => [.. q.Select(_ => extreme)], heedsSeed: true), outcome => Assert.Equal(TestVerdict.Failed, outcome.Verdict));
        }
    }

    /// <summary>The looks' shares of the false-alarm rate add up to at most 1e-9, and at the last look every check is settled.</summary>
    [Fact]
    public void The_plan_keeps_its_promises()
    {
        int cases = SamplingCase.All.Count;
        double spent = Enumerable.Range(0, SequentialPlan.Looks)
            .Sum(look => cases * SequentialPlan.MostChecks * (SequentialPlan.FalseAlarmRate / SequentialPlan.Share(look, cases)));
        Assert.InRange(spent, 0, 1e-9);
        int last = SequentialPlan.Looks - 1;
        Assert.True(SequentialPlan.Rejection(SequentialPlan.Draws(last), last, cases) <= SequentialPlan.Acceptance(SequentialPlan.Draws(last), last));

        Assert.All(SamplingCase.All, samplingCase =>
        {
            SamplingStatistics statistics = new(samplingCase);
            statistics.Add([samplingCase.Gradient, samplingCase.Gradient]);
            Assert.InRange(1 + statistics.Laws().Count() + statistics.Moments(1).Count(), 1, SequentialPlan.MostChecks);
        });
    }

    private static void AssertCaught(Sampler sampler, string diagnosis, int mostDraws, int[] passes, bool heedsSeed = true)
    {
        TestOutcome[] outcomes = Outcomes(sampler, heedsSeed);
        Assert.Equal(passes, outcomes.Where(outcome => outcome.Verdict == TestVerdict.Passed).Select(outcome => outcome.Test.Id));
        Assert.All(outcomes.Where(outcome => outcome.Verdict != TestVerdict.Passed), outcome =>
        {
            Assert.Equal(TestVerdict.Failed, outcome.Verdict);
            Assert.InRange(int.Parse(outcome.Message.Split(' ')[1], CultureInfo.InvariantCulture), 1, mostDraws);
        });
        Assert.Contains(diagnosis, Assert.Single(Named(outcomes)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Named(TestOutcome[] outcomes) => Explanation.Of(new(new() { Testee = [], Tests = [] }, null, outcomes, 0, TimeSpan.Zero))
        .Where(explanation => explanation.Kind == ExplanationKind.Mistake).Select(explanation => explanation.Bug);

    private static TestOutcome[] Outcomes(Sampler sampler, bool heedsSeed)
    {
        Drawing testee = new(sampler, heedsSeed);
        return [.. SamplingTest.All(seed: 5).Select(test => test.Run(testee))];
    }

    private static double[] Sketch(double[] q, int rank, Func<double> entry)
    {
        double[,] a = new double[rank, q.Length];
        for (int k = 0; k < rank; k++)
        {
            for (int j = 0; j < q.Length; j++)
            {
                a[k, j] = entry();
            }
        }

        return GradientSketch.Apply(q, a);
    }

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Laplace(Random random) => Math.Log(1 - random.NextDouble()) - Math.Log(1 - random.NextDouble());

    /// <summary>Draws with a sampler.</summary>
    private sealed class Drawing(Sampler sampler, bool heedsSeed) : ITestee
    {
        public TesteeIdentity Greet() => new("sampler", "0", new HashSet<string> { SamplingOperation.Name });

        public TesteeAnswer Ask(string id, string operation, string parameters)
        {
            JsonNode query = JsonNode.Parse(parameters)!;
            double[] gradient = [.. query["gradient"]!.AsArray().Select(entry => entry!.GetValue<double>())];
            Random random = new(heedsSeed ? query["seed"]!.GetValue<long>().GetHashCode() : 1);
            JsonArray draws = [.. Enumerable.Range(0, query["count"]!.GetValue<int>())
                .Select(_ => new JsonArray([.. sampler(gradient, query["rank"]!.GetValue<int>(), random).Select(value => JsonValue.Create(value))]))];
            return new TesteeAnswer.Result(System.Text.Json.JsonDocument.Parse(new JsonObject { ["draws"] = draws }.ToJsonString()).RootElement);
        }
    }

    /// <summary>Answers with some operations of the command, without a process.</summary>
    private sealed class Answering(OperationSet operations) : ITestee
    {
        public TesteeIdentity Greet() => new("in process", "0", operations.Listed.Select(operation => operation.Name).ToHashSet());

        public TesteeAnswer Ask(string id, string operation, string parameters)
            => AnswerReader.Read(
                QueryAnswerer.Answer(System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{id}},"op":"{{operation}}","params":{{parameters}}}"""), operations), id);
    }
}
