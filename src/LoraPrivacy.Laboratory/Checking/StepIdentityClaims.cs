namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S1 on real steps of whole models: exact with frozen A, and off by the predicted terms with trained A.</summary>
internal static class StepIdentityClaims
{
    private const double LearningRate = 0.2;
    private const double Rounding = 1e-11;

    public static IEnumerable<Claim> Of(BundledTask task, RandomSource source, int first, int count)
    {
        using AdaptedModel frozen = Adapt(task, source, trainsA: false, first, count);
        yield return Claim.AtMost(
            "S1", $"{task.Name}: frozen A, a step is −η s² G AᵀA", "ΔW = −η s² G AᵀA", Deviation(frozen, Sketch), Rounding) with
        {
            Detail = $"the third step of all adapted layers at rank {frozen.Adapters.Layers[0].Rank}, relative, against the reference's sketch of the full gradient",
        };
        using AdaptedModel trained = Adapt(task, source, trainsA: true, first, count);
        yield return Claim.AtMost(
            "S1", $"{task.Name}: trained A, it moves by the terms in B too", "ΔW = −η s² (G AᵀA + B BᵀG) + η² s³ G AᵀBᵀG",
            Deviation(trained, Update), Rounding) with
        {
            Detail = "the third step, relative, against the reference's update of A and B",
        };
        using AdaptedModel again = Adapt(task, source, trainsA: true, first, count);
        yield return Claim.AtLeast(
            "S1", $"{task.Name}: trained A, the sketch alone is off", "ΔW ≠ −η s² G AᵀA once B ≠ 0", Deviation(again, Sketch), 1e3 * Rounding) with
        {
            Detail = "the third step, relative, against the reference's sketch of the full gradient",
        };
    }

    /// <summary>The largest relative distance, over layers, of the third step to what the reference predicts.</summary>
    private static double Deviation(AdaptedModel model, Func<LoraLayer, double[,], double[,]> predict)
    {
        using Trainer trainer = model.FullBatchTrainer(LearningRate, 3);
        trainer.Step();
        trainer.Step();
        double[][,] gradients = model.FullGradients(model.AllExamples);
        LoraLayer[] before = [.. model.Adapters.Layers.Select(ReferenceModel.LayerOf)];
        double[][,] weights = [.. model.Adapters.Layers.Select(AdaptedModel.AdapterWeight)];
        trainer.Step();
        return model.Adapters.Layers.Select((layer, l) =>
        {
            double[,] change = MatrixParts.Combine(AdaptedModel.AdapterWeight(layer), -1, weights[l]);
            return TensorMatrix.RelativeDistance(change, predict(before[l], gradients[l]));
        }).Max();
    }

    private static double[,] Sketch(LoraLayer layer, double[,] gradient)
        => MatrixParts.Scaled(-LearningRate * layer.Scale * layer.Scale, GradientSketch.Apply(gradient, layer.A));

    private static double[,] Update(LoraLayer layer, double[,] gradient)
    {
        LoraGradients gradients = new(
            gradient,
            MatrixParts.Scaled(layer.Scale, MatrixParts.TimesTransposed(gradient, layer.A)),
            MatrixParts.Scaled(layer.Scale, MatrixParts.TimesTransposed(MatrixParts.Transposed(layer.B), MatrixParts.Transposed(gradient))));
        return LoraUpdate.Of(layer, gradients, LearningRate).DeltaWeight;
    }

    private static AdaptedModel Adapt(BundledTask task, RandomSource source, bool trainsA, int first, int count)
    {
        LoraConfiguration configuration = new() { Rank = 4, Alpha = 8, TrainsA = trainsA, Targets = task.Targets };
        return task.Adapt(configuration, source, ScalarType.Float64, first, count);
    }
}
