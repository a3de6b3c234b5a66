namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The digits perceptron of production against the reference's, which shares no code with it.</summary>
internal static class AgreementClaims
{
    private const int TrajectorySteps = 10;
    private const double LearningRate = 0.5;
    private const double DoubleRounding = 1e-12;

    /// <summary>
    /// 128 terms in the longest chain of sums (the 64 inputs of two layers), once forward and once backward, each rounded by 2⁻²⁴.
    /// </summary>
    private const double SingleRounding = 2 * 128 * (1.0 / (1 << 24));

    public static IEnumerable<Claim> Of(DigitsTask task, RandomSource source, int count)
    {
        long[] batch = [.. Enumerable.Range(0, count).Select(example => (long)example)];
        return [.. OneStep(task, source, batch, ScalarType.Float64), .. OneStep(task, source, batch, ScalarType.Float32), .. Trajectories(task, source, batch)];
    }

    private static IEnumerable<Claim> OneStep(DigitsTask task, RandomSource source, long[] batch, ScalarType type)
    {
        double tolerance = type == ScalarType.Float64 ? DoubleRounding : SingleRounding;
        string name = type == ScalarType.Float64 ? "float64" : "float32";
        string detail = $"{batch.Length} images, rank 4, B ≠ 0, all layers, relative (Frobenius)";
        using AdaptedModel model = Adapt(task, source, trainsA: true, type, batch.Length);
        RandomizeB(model, source);
        MultilayerPerceptronStep exact = ReferenceModel.PerceptronOf(model.Adapters).Step(task.PixelsOf(batch), task.OneHotLabels(batch));
        yield return Claim.Near("S1", $"{name}: loss", "the mean cross-entropy of the batch", exact.Loss, model.Loss(batch), tolerance * exact.Loss) with { Detail = detail };

        using var scope = NewDisposeScope();
        LoraLinear[] layers = [.. model.Adapters.Layers];
        Tensor[] inB = model.Gradients(batch, [.. layers.Select(layer => (Tensor)layer.B)]);
        Tensor[] inA = model.Gradients(batch, [.. layers.Select(layer => (Tensor)layer.A)]);
        double[][,] inW = model.FullGradients(batch);
        yield return Gradient($"{name}: gradients of B", "∂loss/∂B = s G Aᵀ", inB.Select(TensorMatrix.Of), step => step.GradientB);
        yield return Gradient($"{name}: gradients of A", "∂loss/∂A = s BᵀG", inA.Select(TensorMatrix.Of), step => step.GradientA);
        yield return Gradient($"{name}: gradients of W", "G = ∂loss/∂W", inW, step => step.Gradient);
        yield return Claim.AtMost(
            "S1", $"{name}: each example's gradients of A and B", "∂lossᵢ/∂B = s gᵢ (A xᵢ)ᵀ, ∂lossᵢ/∂A = s Bᵀgᵢ xᵢᵀ", ExampleDistance(model, batch, exact), tolerance) with
        {
            Detail = $"from the activations that the layers save; the worst of the examples; {detail}",
        };

        Claim Gradient(string title, string formula, IEnumerable<double[,]> observed, Func<LoraGradients, double[,]> expected)
            => Claim.AtMost(
                "S1", title, formula, observed.Zip(exact.Gradients, (gradient, step) => TensorMatrix.RelativeDistance(gradient, expected(step))).Max(), tolerance) with
            {
                Detail = detail,
            };
    }

    private static double ExampleDistance(AdaptedModel model, long[] batch, MultilayerPerceptronStep exact)
    {
        using var scope = NewDisposeScope();
        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            layer.SavesActivations = true;
        }

        // One tensor a parameter: A and B of the first layer, then of the next.
        IReadOnlyList<Tensor> gradients = PerExampleGradients.Compute(model.Adapters, model.Problem.ExampleLosses(batch));
        double distance = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            for (int l = 0; l < exact.Gradients.Count; l++)
            {
                LoraGradients expected = exact.Examples[i][l];
                distance = Math.Max(distance, TensorMatrix.RelativeDistance(TensorMatrix.Of(gradients[2 * l][i]), expected.GradientA));
                distance = Math.Max(distance, TensorMatrix.RelativeDistance(TensorMatrix.Of(gradients[(2 * l) + 1][i]), expected.GradientB));
            }
        }

        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            layer.SavesActivations = false;
        }

        return distance;
    }

    private static IEnumerable<Claim> Trajectories(DigitsTask task, RandomSource source, long[] batch)
    {
        foreach (bool trainsA in new[] { false, true })
        {
            using AdaptedModel model = Adapt(task, source, trainsA, ScalarType.Float64, batch.Length);
            using Trainer trainer = model.FullBatchTrainer(LearningRate, TrajectorySteps);
            MultilayerPerceptron exact = ReferenceModel.PerceptronOf(model.Adapters);
            double[,] input = task.PixelsOf(batch);
            double[,] target = task.OneHotLabels(batch);
            for (int step = 0; step < TrajectorySteps; step++)
            {
                trainer.Step();
                exact = new MultilayerPerceptron([.. exact.Step(input, target).Update(LearningRate).Select(update => update.Layer)], exact.Activation);
            }

            double distance = model.Adapters.Layers.Select((layer, l) => Math.Max(
                TensorMatrix.RelativeDistance(TensorMatrix.Of(layer.B), exact.Layers[l].B),
                TensorMatrix.RelativeDistance(TensorMatrix.Of(layer.A), exact.Layers[l].A))).Max();
            yield return Claim.AtMost(
                "S1", $"float64: A and B after {TrajectorySteps} steps, A {(trainsA ? "trained" : "frozen")}", "B ← B − η s G Aᵀ, A ← A − η s BᵀG",
                distance, TrajectorySteps * DoubleRounding) with
            {
                Detail = $"rate {LearningRate}, {batch.Length} images, rank 4, relative (Frobenius)",
            };
        }
    }

    private static AdaptedModel Adapt(DigitsTask task, RandomSource source, bool trainsA, ScalarType type, int count)
        => task.Adapt(new LoraConfiguration { Rank = 4, Alpha = 8, TrainsA = trainsA, Targets = task.Targets }, source, type, 0, count);

    private static void RandomizeB(AdaptedModel model, RandomSource source)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            using RandomSequence sequence = source.Sequence($"agreement B {layer.Path}");
            layer.B.copy_(sequence.Normal(layer.B.shape).mul_(0.1));
        }
    }
}
