namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The noise of real training steps at one rank.</summary>
/// <param name="Rank">r.</param>
/// <param name="Exact">(m + κ − 2)/r with κ = 3.</param>
/// <param name="Measured">The mean of ‖ΔW/(−η) − G‖²/‖G‖² over steps and layers.</param>
/// <param name="StandardError">The standard deviation of the steps' means, divided by the root of their number.</param>
/// <param name="Tolerance">How far the mean is from the exact value but for a probability of 10⁻⁹.</param>
internal sealed record NoisePoint(int Rank, double Exact, double Measured, double StandardError, double Tolerance);

/// <summary>Measures the noise of real training steps against the rank (S4).</summary>
internal static class NoiseByRank
{
    public static IReadOnlyList<int> Ranks { get; } = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>
    /// At each rank: fresh A in every adapted layer, one real step from B = 0, and how far each layer moved from where full descent would
    /// have taken it.
    /// </summary>
    /// <param name="task">The model and its data.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="steps">Steps at each rank, at least 2.</param>
    /// <param name="batch">The examples of every step.</param>
    /// <param name="source">Where A comes from.</param>
    /// <param name="initialization">How A is drawn.</param>
    /// <param name="report">Told the part that is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static NoisePoint[] Measure(
        BundledTask task, IReadOnlyList<int> ranks, int steps, (int First, int Count) batch, RandomSource source, AInitialization initialization, Action<double> report, CancellationToken cancellation)
    {
        const double learningRate = 0.1;
        List<NoisePoint> points = [];
        foreach (int rank in ranks)
        {
            LoraConfiguration configuration = new() { Rank = rank, Alpha = 16, Initialization = initialization, Targets = task.Targets };
            using AdaptedModel model = task.Adapt(configuration, source, ScalarType.Float64, batch.First, batch.Count);
            using Trainer trainer = model.FullBatchTrainer(learningRate, steps);
            double[][,] full = model.FullGradients(model.AllExamples);
            double[] noise = new double[steps];
            for (int step = 0; step < steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                CollectionSchedule.BetweenSteps();
                Redraw(model, source, rank, step);
                trainer.Step();
                noise[step] = model.Adapters.Layers.Select((layer, l) => Noise(layer, full[l], learningRate)).Average();
            }

            // Every layer has an A of its own, so the layers of all steps are independent draws.
            RelativeNoise law = new(rank, task.Inputs);
            double mean = noise.Average();
            double spread = Math.Sqrt(noise.Sum(value => (value - mean) * (value - mean)) / (steps - 1) / steps);
            report((points.Count + 1.0) / ranks.Count);
            points.Add(new(rank, law.Mean, mean, spread, law.Tolerance((long)steps * full.Length, ranks.Count)));
        }

        return [.. points];
    }

    /// <summary>The claims: each rank's noise is the exact one, and it falls at every doubling.</summary>
    public static IEnumerable<Claim> Claims(string task, IReadOnlyList<NoisePoint> points, int steps)
    {
        NoisePoint worst = points.MaxBy(point => double.IsNaN(point.Measured) ? double.PositiveInfinity : Math.Abs(point.Measured - point.Exact) / point.Tolerance)!;
        yield return Claim.Near(
            "S4", $"{task}: noise of real steps, the worst of {points.Count} ranks", "E‖G AᵀA − G‖² = (m + κ − 2)‖G‖²/r", worst.Exact, worst.Measured, worst.Tolerance) with
        {
            StandardError = worst.StandardError,
            FalseAlarmRate = MeanBound.FalseAlarmRate,
            Detail = $"here rank {worst.Rank}; ranks {string.Join(", ", points.Select(point => point.Rank))}: {steps} real steps each, all adapted layers",
        };
        double smallest = points.Zip(points.Skip(Math.Min(2, points.Count - 1)), (one, next) => one.Measured / next.Measured).Min();
        yield return Claim.AtLeast("S4", $"{task}: noise falls from each rank to the fourfold", "(m + κ − 2)/r is strictly decreasing in r", smallest, 1 + 1e-9) with
        {
            Detail = "the smallest ratio of one rank's noise to that of the fourfold rank, 4 exactly in the mean; no false alarm rate is claimed",
        };
    }

    private static void Redraw(AdaptedModel model, RandomSource source, int rank, int step)
    {
        using var frozen = no_grad();
        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            layer.B.zero_();
            using RandomSequence sequence = source.Sequence($"noise A {layer.Path} rank {rank}", step);
            layer.DrawA(sequence);
        }
    }

    private static double Noise(LoraLinear layer, double[,] gradient, double learningRate)
    {
        double[,] change = AdaptedModel.AdapterWeight(layer);
        double[,] difference = new double[change.GetLength(0), change.GetLength(1)];
        for (int i = 0; i < difference.GetLength(0); i++)
        {
            for (int j = 0; j < difference.GetLength(1); j++)
            {
                difference[i, j] = (change[i, j] / -learningRate) - gradient[i, j];
            }
        }

        double ratio = EuclideanNorm.Of(difference) / EuclideanNorm.Of(gradient);
        return ratio * ratio;
    }
}
