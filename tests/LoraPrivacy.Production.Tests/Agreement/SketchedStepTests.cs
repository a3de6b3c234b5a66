namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// S1 on production: with A frozen, a step of gradient descent on B moves the effective weight by −η s² G AᵀA, whatever B is; with A trained
/// it does not, and what it does instead is S1's fourth item. Bounds are derived in <see cref="AdapterStep.Bound"/>.
/// </summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary = [typeof(TrainingCaseArbitrary)])]
public sealed class SketchedStepTests
{
    private const double LearningRate = 0.5;

    [Property]
    public void A_step_with_frozen_A_is_the_sketched_step_in_float64(TrainingCase problem)
        => AssertSketched(problem with { TrainsA = false }, ScalarType.Float64);

    [Property]
    [Trait("Speed", "Slow")]
    public void A_step_with_frozen_A_is_the_sketched_step_in_float32(TrainingCase problem)
        => AssertSketched(problem with { TrainsA = false }, ScalarType.Float32);

    [Property]
    [Trait("Speed", "Slow")]
    public void Both_kinds_of_step_are_those_of_the_reference(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem, ScalarType.Float64);
        MultilayerPerceptronStep reference = pair.ReferenceStep();
        IReadOnlyList<LoraUpdate> updates = reference.Update(LearningRate);
        IReadOnlyList<AdapterStep> steps = Step(pair);
        for (int l = 0; l < problem.LayerCount; l++)
        {
            Assert.InRange(Distance(updates[l].DeltaWeight, steps[l]), 0, 1e-12);
            if (!problem.TrainsA)
            {
                double[,] sketch = GradientSketch.Apply(reference.Gradients[l].Gradient, pair.Layers[l].A.ToMatrix());
                double factor = -LearningRate * pair.Layers[l].Scale * pair.Layers[l].Scale;
                Assert.InRange(Distance(Scaled(factor, sketch), steps[l]), 0, 1e-12);
            }
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void A_step_with_trained_A_differs_by_the_terms_of_B_and_by_nothing_at_B_0(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem with { TrainsA = true }, ScalarType.Float64);
        foreach (AdapterStep step in Step(pair))
        {
            double[,] extra = step.TrainedTerm();
            Assert.InRange(Distance(Sum(step.SketchedStep(), extra), step), 0, 1e-12);
            if (problem.AdapterSize == 0)
            {
                Assert.All(extra.Cast<double>(), value => Assert.Equal(0, value));
                Assert.InRange(step.Bound().Excess(step.SketchedStep(), step.Change()), 0, 1);
            }
            else if (problem.AdapterSize > 0.1 && Norm(step.Gradient) > 1e-3)
            {
                // Not a matter of rounding: the identity that holds to 1e-12 above fails by six orders of magnitude more.
                Assert.True(Distance(step.SketchedStep(), step) > 1e-6, $"distance {Distance(step.SketchedStep(), step)}");
            }
        }
    }

    [Property(MaxTest = 30)]
    public void The_bound_notices_a_scale_that_enters_once(TrainingCase problem)
    {
        using TrainingPair pair = TrainingPair.Create(problem with { TrainsA = false }, ScalarType.Float32);
        IReadOnlyList<AdapterStep> steps = Step(pair);
        foreach ((AdapterStep step, double scale) in steps.Zip(pair.Layers.Select(layer => layer.Scale)))
        {
            if (Norm(step.SketchedStep()) > 1e-3 && Math.Abs(scale - 1) > 0.01)
            {
                Assert.True(step.Bound().Excess(step.SketchedStep(1 / scale), step.Change()) > 1);
            }
        }
    }

    private static void AssertSketched(TrainingCase problem, ScalarType type)
    {
        using TrainingPair pair = TrainingPair.Create(problem, type);
        foreach (AdapterStep step in Step(pair))
        {
            Assert.InRange(step.Bound().Excess(step.SketchedStep(), step.Change()), 0, 1);
        }
    }

    private static IReadOnlyList<AdapterStep> Step(TrainingPair pair)
        => AdapterStep.Take(pair.Layers, () => pair.ExampleLosses().mean(), LearningRate);

    // Relative to the change and to B A, whose last digits the update of B rounds away.
    private static double Distance(double[,] expected, AdapterStep step)
        => Norm(Sum(expected, Scaled(-1, step.Change()))) / (Norm(step.Change()) + (Norm(step.BeforeB) * Norm(step.BeforeA)) + double.Epsilon);

    private static double Norm(double[,] matrix) => Math.Sqrt(matrix.Cast<double>().Sum(value => value * value));

    private static double[,] Scaled(double factor, double[,] matrix) => Map(matrix, matrix, (x, _) => factor * x);

    private static double[,] Sum(double[,] left, double[,] right) => Map(left, right, (x, y) => x + y);

    private static double[,] Map(double[,] left, double[,] right, Func<double, double, double> function)
    {
        double[,] result = new double[left.GetLength(0), left.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = function(left[i, j], right[i, j]);
            }
        }

        return result;
    }
}
