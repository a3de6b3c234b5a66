using static LoraPrivacy.Production.Tests.Agreement.MatrixConversion;

namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// Production in float64 against the reference: a matrix in the Frobenius norm relative to its own, a loss relative to 1 + itself (a
/// cross-entropy near 0 is a difference of logits of order 1). libtorch forms the derivative p − t of a cross-entropy from a p that it
/// has rounded, the reference from 1 − p: where a right prediction is so confident that 1 − p is small, the gradients agree to that
/// rounding, a few units of p's last place, divided by 1 − p.
/// </summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary = [typeof(TrainingCaseArbitrary)])]
public sealed class DoublePrecisionTests
{
    private const double Tolerance = 1e-12;
    private const double RoundedProbability = 8 * 1.2e-16;

    [Property(MaxTest = 200)]
    [Trait("Speed", "Slow")]
    public void Losses_and_gradients_are_those_of_the_reference(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem, torch.ScalarType.Float64);
        ProductionStep actual = ProductionStep.Of(pair);
        MultilayerPerceptronStep expected = pair.ReferenceStep();
        Assert.InRange(LossError(expected.Loss, actual.Loss), 0, Tolerance);
        for (int l = 0; l < problem.LayerCount; l++)
        {
            AssertClose(expected.Gradients[l], actual.Gradients[l], GradientTolerance(problem, expected.ExampleLosses.Max()));
        }

        for (int example = 0; example < problem.Batch; example++)
        {
            Assert.InRange(LossError(expected.ExampleLosses[example], actual.ExampleLosses[example]), 0, Tolerance);
            for (int l = 0; l < problem.LayerCount; l++)
            {
                AssertClose(
                    expected.Examples[example][l], actual.Examples[example][l], GradientTolerance(problem, expected.ExampleLosses[example]));
            }
        }
    }

    [Property(MaxTest = 50)]
    public void The_next_float32_is_far_outside_the_tolerance(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem, torch.ScalarType.Float64);
        double[,] gradient = pair.ReferenceStep().Gradients[0].Gradient;
        double[,] rounded = (double[,])gradient.Clone();
        for (int i = 0; i < rounded.GetLength(0); i++)
        {
            for (int j = 0; j < rounded.GetLength(1); j++)
            {
                rounded[i, j] = MathF.BitIncrement((float)rounded[i, j]);
            }
        }

        Assert.True(gradient.Cast<double>().All(value => value == 0) || RelativeError(gradient, rounded) > 1e4 * Tolerance);
    }

    [Property]
    public void The_layer_and_the_effective_weight_are_those_of_the_reference(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem, torch.ScalarType.Float64);
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.InRange(RelativeError(pair.ReferenceStep().Prediction, pair.Model.call(pair.Inputs).ToMatrix()), 0, Tolerance);
        for (int l = 0; l < problem.LayerCount; l++)
        {
            LoraLinear layer = pair.Layers[l];
            LoraLayer reference = TrainingPair.ReferenceLayer(layer);
            torch.Tensor weight = layer.EffectiveWeight();
            Assert.InRange(
                RelativeError(reference.EffectiveWeight, (layer.FanInFanOut ? weight.t() : weight).ToMatrix()), 0, Tolerance);
            Assert.Equal(
                problem.RankStabilized
                    ? Reference.Gradients.LoraScaling.RankStabilized(problem.Alphas[l], problem.Ranks[l])
                    : Reference.Gradients.LoraScaling.Standard(problem.Alphas[l], problem.Ranks[l]),
                layer.Scale);
        }
    }

    private static double LossError(double expected, double actual) => Math.Abs(actual - expected) / (1 + expected);

    // There is one right class, and the loss is −ln p.
    private static double GradientTolerance(TrainingCase problem, double loss)
        => problem.Loss == LossFunction.CrossEntropy ? Math.Max(Tolerance, RoundedProbability / (1 - Math.Exp(-loss))) : Tolerance;

    private static void AssertClose(LoraGradients expected, LoraGradients actual, double tolerance)
    {
        Assert.InRange(RelativeError(expected.Gradient, actual.Gradient), 0, tolerance);
        Assert.InRange(RelativeError(expected.GradientB, actual.GradientB), 0, tolerance);
        Assert.InRange(RelativeError(expected.GradientA, actual.GradientA), 0, tolerance);
    }
}
