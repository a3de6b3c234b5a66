namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// Production in float32 against the reference in float64 on the same float32 numbers, element by element within the bound that
/// <see cref="RoundedPerceptron"/> derives from the depth of every sum. The same bound with float64's roundoff holds float64.
/// </summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary = [typeof(TrainingCaseArbitrary)])]
public sealed class SinglePrecisionTests
{
    [Property(MaxTest = 200)]
    public void Float32_stays_within_its_bound(TrainingCase problem)
        => Assert.InRange(Excess(problem, ScalarType.Float32, RoundedMatrix.Single, _ => { }), 0, 1);

    [Property]
    public void Float64_stays_within_its_bound(TrainingCase problem)
        => Assert.InRange(Excess(problem, ScalarType.Float64, RoundedMatrix.Double, _ => { }), 0, 1);

    [Property]
    public void Weights_rounded_to_float16_break_the_bound(TrainingCase problem)
    {
        using TrainingPair untouched = TrainingPair.Create(problem, ScalarType.Float32);
        // A softmax of one logit or one that is sure of its answer, and hidden units that are all off, have no gradient to be wrong about.
        if (untouched.ReferenceStep().Gradients.All(gradients => gradients.Gradient.Cast<double>().All(value => Math.Abs(value) < 1e-2)))
        {
            return;
        }

        Assert.True(Excess(problem, ScalarType.Float32, RoundedMatrix.Single, Halve) > 1);

        static void Halve(TrainingPair pair)
        {
            foreach (LoraLinear layer in pair.Layers)
            {
                using DisposeScope scope = NewDisposeScope();
                layer.Weight.copy_(layer.Weight.to(ScalarType.Float16));
                layer.Bias?.copy_(layer.Bias.to(ScalarType.Float16));
            }
        }
    }

    // The largest ratio of an error to its bound, over the loss and the gradients of W, B and A in every layer.
    private static double Excess(TrainingCase problem, ScalarType type, double unit, Action<TrainingPair> disturb)
    {
        using TrainingPair pair = TrainingPair.Create(problem, type);
        MultilayerPerceptronStep expected = pair.ReferenceStep();
        RoundedPerceptron bound = RoundedPerceptron.Of(
            pair.Reference(), pair.Inputs.ToMatrix(), pair.Targets.ToMatrix(), problem.Loss, unit);
        disturb(pair);
        ProductionStep actual = ProductionStep.Of(pair);
        double worst = actual.Loss == expected.Loss ? 0 : Math.Abs(actual.Loss - expected.Loss) / bound.LossError;
        for (int l = 0; l < problem.LayerCount; l++)
        {
            RoundedGradients rounded = bound.Gradients[l];
            worst = Math.Max(worst, rounded.Gradient.Excess(expected.Gradients[l].Gradient, actual.Gradients[l].Gradient));
            worst = Math.Max(worst, rounded.GradientB.Excess(expected.Gradients[l].GradientB, actual.Gradients[l].GradientB));
            worst = Math.Max(worst, rounded.GradientA.Excess(expected.Gradients[l].GradientA, actual.Gradients[l].GradientA));
        }

        return worst;
    }
}
