using NoiseLattice = LoraPrivacy.Reference.Accounting.NoiseLattice;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S19: production's DP-SGD on B is the mechanism that the accounting is about.</summary>
internal static class DpSgdClaims
{
    private const double Delta = 1e-5;

    /// <summary>One step on the digits against one put together from the reference's gradients.</summary>
    public static Claim Step(DigitsTask task, RandomSource source)
    {
        const int examples = 200;
        DpSgdParameters mechanism = new(NoiseMultiplier: 0.8, SamplingRate: 0.2, ClippingNorm: 0.3, ExpectedBatchSize: 0.2 * examples);
        using AdaptedModel model = task.Adapt(Configuration(task), source, ScalarType.Float64, 0, examples);
        long[] batch;
        using (RandomSequence sequence = source.Sequence("batch"))
        {
            batch = PoissonSampling.Sample(examples, mechanism.SamplingRate, sequence);
        }

        NoiseLattice lattice = new(mechanism.NoiseMultiplier, mechanism.ClippingNorm);
        double[] exact;
        using (RandomSequence sequence = source.Sequence("noise"))
        {
            exact = TensorMatrix.Values(new Production.Privacy.NoiseLattice(mechanism).Noise(sequence, model.Adapters.Layers.Sum(layer => layer.B.numel())));
        }

        MultilayerPerceptronStep step = ReferenceModel.PerceptronOf(model.Adapters).Step(task.PixelsOf(batch), task.OneHotLabels(batch));
        foreach (IReadOnlyList<LoraGradients> example in step.Examples)
        {
            double[] gradient = [.. example.SelectMany(layer => layer.GradientB.Cast<double>())];

            // Production clips to C(1 − 2^−40), which the lattice tells from C.
            double factor = Math.Min(1, mechanism.ClippingNorm * (1 - Math.ScaleB(1, -40)) / EuclideanNorm.Of(gradient));
            for (int i = 0; i < exact.Length; i++)
            {
                exact[i] += lattice.Steps(factor * gradient[i]);
            }
        }

        using Trainer trainer = new(model.Problem, model.Adapters, Options(mechanism, 1, 0.1), source);
        trainer.Step();
        double[] observed = TensorMatrix.Values(trainer.Buffer.Gradient);
        double difference = EuclideanNorm.Of([.. observed.Zip(exact, (value, sum) => (value * mechanism.SamplingRate * examples / lattice.Granularity) - sum)]);
        return Claim.AtMost(
            "S19", "digits: one step of DP-SGD", "(Σ_{i∈batch} g_i min(1, C/‖g_i‖) + σ C z)/(q N)", difference / EuclideanNorm.Of(exact), 1e-10) with
        {
            Detail = $"float64, relative, against the reference's gradient of each of the {batch.Length} examples drawn, clipped, rounded to the lattice of S29 and summed; noise and batch from their streams; an entry that is rounded the other way makes 1.3e-11",
        };
    }

    /// <summary>No example's clipped gradient is longer than C.</summary>
    public static Claim Clipping(BundledTask task, int examples, double bound, RandomSource source)
    {
        using AdaptedModel model = task.Adapt(Configuration(task), source, ScalarType.Float32, 0, examples);
        using var scope = NewDisposeScope();
        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            layer.SavesActivations = true;
        }

        IReadOnlyList<Tensor> gradients = PerExampleGradients.Compute(model.Adapters, model.Problem.ExampleLosses(model.AllExamples));
        double[] factors = TensorMatrix.Values(GradientClipping.Factors(gradients, bound));
        double[] lengths = [.. Enumerable.Range(0, examples).Select(i => factors[i] * EuclideanNorm.Of([.. gradients.SelectMany(part => TensorMatrix.Values(part[i]))]))];
        return Claim.AtMost("S19", $"{task.Name}: longest clipped gradient over C", "‖g min(1, C/‖g‖)‖ ≤ C", lengths.Max() / bound, 1) with
        {
            Detail = $"{examples} examples, of which {factors.Count(factor => factor < 1)} are clipped to C = {bound}; norms summed in float64",
        };
    }

    /// <summary>The noise, seen alone: at a sampling rate of 10⁻¹² every batch is empty.</summary>
    public static Claim Noise(DigitsTask task, int steps, NoiseSampler sampler, RandomSource source)
    {
        DpSgdParameters mechanism = new(NoiseMultiplier: 1.5, SamplingRate: 1e-12, ClippingNorm: 0.25, ExpectedBatchSize: 1e-10, sampler);
        using AdaptedModel model = task.Adapt(Configuration(task), source, ScalarType.Float64, 0, 100);
        using Trainer trainer = new(model.Problem, model.Adapters, Options(mechanism, steps, 1e-12), source);
        List<double> values = [];
        for (int step = 0; step < steps; step++)
        {
            CollectionSchedule.BetweenSteps();
            trainer.Step();
            values.AddRange(TensorMatrix.Values(trainer.Buffer.Gradient)
                .Select(value => NormalDistribution.Cdf(value * mechanism.SamplingRate * 100 / (mechanism.NoiseMultiplier * mechanism.ClippingNorm))));
        }

        (string statement, string name, string formula) = sampler == NoiseSampler.Exact
            ? ("S30", "digits: the discrete noise is normal beyond its lattice", "P(y) ∝ e^{−y²/(2s²)}, y whole")
            : ("S19", "digits: the noise is N(0, σ²C²)", "σ C z, z ~ N(0, I)");
        return LawClaim.Of(statement, name, formula, values, $"{steps} steps of DP-SGD without data, all entries of B");
    }

    /// <summary>The sizes of Poisson batches.</summary>
    public static Claim BatchSizes(int draws, RandomSource source)
    {
        const int examples = 1500;
        const double rate = 0.02;
        long[] sizes = new long[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            using RandomSequence sequence = source.Sequence("batch", draw);
            sizes[draw] = PoissonSampling.Sample(examples, rate, sequence).Length;
        }

        return Claim.AtMost(
            "S19", "batch sizes are binomial", "each example is drawn with probability q, independently", KolmogorovTest.Distance(sizes, size => BinomialInterval.Lower(examples, rate, size)),
            KolmogorovTest.Bound(draws)) with
        {
            FalseAlarmRate = KolmogorovTest.FalseAlarmRate,
            Detail = $"Kolmogorov distance of {draws} batches of {examples} examples at q = {rate}",
        };
    }

    /// <summary>A whole run: the ε that training reports, held against draws of the privacy loss for the σ, q and T asked for.</summary>
    public static IEnumerable<Claim> Run(BundledTask task, int examples, double rate, int steps, double learningRate, RandomSource source, CancellationToken cancellation)
    {
        DpSgdParameters mechanism = new(NoiseMultiplier: 1, rate, ClippingNorm: 0.5, rate * examples);
        using AdaptedModel model = task.Adapt(Configuration(task), source, ScalarType.Float32, 0, examples);
        LearningProblem heldOut = task.HeldOutOf(model.Problem, ScalarType.Float32, 256);
        double before = TrainingClaims.Loss(heldOut);
        LastProgress progress = new();
        using (Trainer trainer = new(model.Problem, model.Adapters, Options(mechanism, steps, learningRate), source, new DpSgdAccountant()))
        {
            trainer.Run(progress, cancellation: cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        double after = TrainingClaims.Loss(heldOut);
        string detail = FormattableString.Invariant($"{examples} examples; held-out loss {before:F3} before, {after:F3} after; ");
        return Epsilon(task.Name, mechanism, steps, progress.Epsilon ?? double.NaN, source).Select(claim => claim with { Detail = detail + claim.Detail });
    }

    /// <summary>
    /// An ε is the least one of its run but for 5 %: δ there, estimated from draws of the loss, which share nothing with the composition of its law, is not
    /// above δ, and a little below it δ is not kept.
    /// </summary>
    public static IEnumerable<Claim> Epsilon(string name, DpSgdParameters mechanism, int steps, double epsilon, RandomSource source)
    {
        int draws = 2_000_000 / steps;
        const double slack = 0.05;
        string setting = FormattableString.Invariant($"σ = {mechanism.NoiseMultiplier}, q = {mechanism.SamplingRate:G3}, T = {steps}, reported ε = {epsilon:G5}");
        DrawnLoss losses = new(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps, Delta);
        using RandomSequence sequence = source.Sequence($"loss {name}");
        losses.Draw(draws, sequence);
        yield return Claim.AtMost(
            "S19", $"{name}: δ at the ε that DP-SGD reports, from below", "E(1 − e^{ε−L})⁺ ≤ δ, L = Σ log(1 − q + q e^{(2z−1)/(2σ²)})", losses.DeltaInterval(epsilon).Lower, Delta) with
        {
            FalseAlarmRate = DrawnLoss.FalseAlarmRate,
            Detail = $"{setting}; a confidence bound from {draws} draws of the loss of all steps with the example, tilted towards large losses",
        };
        yield return Claim.AtLeast(
            "S19", $"{name}: δ 5 % below that ε, from above", "E(1 − e^{ε−L})⁺ > δ below the least ε", losses.DeltaInterval((1 - slack) * epsilon).Upper, Delta) with
        {
            FalseAlarmRate = DrawnLoss.FalseAlarmRate,
            Detail = "a confidence bound from the same draws: the reported ε is not far too large",
        };
    }

    private static LoraConfiguration Configuration(BundledTask task)
        => new() { Rank = 4, Alpha = 8, Initialization = Production.Layers.AInitialization.KaimingUniform, Targets = task.Targets };

    private static TrainingOptions Options(DpSgdParameters mechanism, int steps, double learningRate) => new()
    {
        Steps = steps,
        Privacy = mechanism,
        MicroBatchSize = 64,
        Optimizer = new SgdOptions(),
        Schedule = new LearningRateSchedule { Peak = learningRate },
        Delta = Delta,
        ReportEvery = steps,
    };

    private sealed class LastProgress : IProgress<TrainingProgress>
    {
        public double? Epsilon { get; private set; }

        public void Report(TrainingProgress value) => Epsilon = value.Epsilon;
    }
}
