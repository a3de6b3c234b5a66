using static LoraPrivacy.Reference.Tests.Models.NaivePerceptron;

namespace LoraPrivacy.Reference.Tests.Models;

/// <summary>Loss, gradients and steps against forward-mode differentiation of the definition, and differences of it.</summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary = [typeof(TrainingProblemArbitrary)])]
public sealed class MultilayerPerceptronTests
{
    [Property]
    public void Losses_are_those_of_the_definition(TrainingProblem problem)
    {
        MultilayerPerceptronStep step = Step(problem);
        double[] expected = [.. Enumerable.Range(0, problem.BatchSize)
            .Select(example => Loss(problem, example, Coordinate.None).Value)];
        for (int example = 0; example < problem.BatchSize; example++)
        {
            Assert.Equal(expected[example], step.ExampleLosses[example], Tolerance(problem));
        }

        Assert.Equal(expected.Average(), step.Loss, Tolerance(problem));
    }

    [Property]
    public void Per_example_gradients_are_the_forward_mode_derivatives(TrainingProblem problem)
    {
        MultilayerPerceptronStep step = Step(problem);
        foreach (Coordinate by in Coordinates(problem))
        {
            double sum = 0;
            for (int example = 0; example < problem.BatchSize; example++)
            {
                double expected = Loss(problem, example, by).Derivative;
                sum += expected;
                Assert.Equal(expected, Component(step.Examples[example], by), Tolerance(problem));
            }

            Assert.Equal(sum / problem.BatchSize, Component(step.Gradients, by), Tolerance(problem));
        }
    }

    [Property(MaxTest = 40)]
    public void Gradients_are_limits_of_central_differences(TrainingProblem problem)
    {
        // A kink of ReLU between the two points has no difference quotient; tanh has none.
        Activation activation = Activation.Tanh;
        MultilayerPerceptronStep step = new MultilayerPerceptron(problem.Layers, activation)
            .Step(problem.Input, problem.Target, problem.Loss);
        const double Width = 1e-5;
        foreach (Coordinate by in Coordinates(problem))
        {
            double difference = 0;
            for (int example = 0; example < problem.BatchSize; example++)
            {
                difference += Shifted(example, by, Width) - Shifted(example, by, -Width);
            }

            Assert.Equal(difference / (2 * Width * problem.BatchSize), Component(step.Gradients, by), 1e7 * Tolerance(problem));
        }

        double Shifted(int example, Coordinate by, double shift) => ExampleLoss(
            problem.Layers, activation, problem.Loss, problem.Input, problem.Target, example, by, shift).Value;
    }

    [Property]
    public void A_step_moves_B_against_its_gradient_and_A_only_where_it_is_trained(TrainingProblem problem)
    {
        const double LearningRate = 0.125;
        MultilayerPerceptronStep step = Step(problem);
        IReadOnlyList<LoraUpdate> updates = step.Update(LearningRate);
        for (int l = 0; l < problem.Layers.Count; l++)
        {
            LoraLayer before = problem.Layers[l], after = updates[l].Layer;
            double tolerance = 10 * Tolerance(problem);
            AssertClose(Minus(after.B, before.B), updates[l].DeltaB, tolerance);
            AssertClose(Minus(after.A, before.A), updates[l].DeltaA, tolerance);
            AssertClose(
                Minus(after.EffectiveWeight, before.EffectiveWeight), updates[l].DeltaWeight, tolerance * problem.Magnitude);
            Assert.Equal(before.Weight, after.Weight);
            for (int i = 0; i < before.B.GetLength(0); i++)
            {
                Assert.Equal(-LearningRate * step.Gradients[l].GradientB[i, 0], updates[l].DeltaB[i, 0]);
            }

            if (!before.TrainsA)
            {
                Assert.Equal(before.A, after.A);
            }
            else
            {
                Assert.Equal(-LearningRate * step.Gradients[l].GradientA[0, 0], updates[l].DeltaA[0, 0]);
            }
        }
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        TrainingProblem problem = Enumerable.Range(0, 100).Select(TrainingProblem.FromSeed).First(
            candidate => candidate.Layers.Count == 2 && candidate.Loss == LossFunction.CrossEntropy
                && candidate.Target.GetLength(1) > 2 && candidate.Activation == Activation.Tanh);
        MultilayerPerceptron model = new(problem.Layers, problem.Activation);
        double last = double.PositiveInfinity;
        for (int iteration = 0; iteration < 20; iteration++)
        {
            MultilayerPerceptronStep step = model.Step(problem.Input, problem.Target);
            Assert.True(step.Loss < last);
            last = step.Loss;
            model = new([.. step.Update(0.05).Select(update => update.Layer)], problem.Activation);
        }
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused()
    {
        LoraLayer layer = new(new double[2, 3], new double[1, 3], new double[2, 1], 1);
        Assert.Throws<ArgumentException>("layers", () => new MultilayerPerceptron([layer, layer], Activation.Relu));
        Assert.Throws<ArgumentException>("layers", () => new MultilayerPerceptron([], Activation.Relu));
        Assert.Throws<ArgumentOutOfRangeException>(
            "activation", () => new MultilayerPerceptron([layer], (Activation)7));
        MultilayerPerceptron model = new([layer], Activation.Relu);
        Assert.Throws<ArgumentException>("input", () => model.Step(new double[1, 2], new double[1, 2]));
        Assert.Throws<ArgumentException>("target", () => model.Step(new double[1, 3], new double[2, 2]));
    }

    // Squared errors and their gradients grow like the square of the predictions.
    private static double Tolerance(TrainingProblem problem) => 1e-15 * problem.Magnitude * problem.Magnitude;

    private static MultilayerPerceptronStep Step(TrainingProblem problem)
        => new MultilayerPerceptron(problem.Layers, problem.Activation)
            .Step(problem.Input, problem.Target, problem.Loss);

    private static Dual Loss(TrainingProblem problem, int example, Coordinate by) => ExampleLoss(
        problem.Layers, problem.Activation, problem.Loss, problem.Input, problem.Target, example, by);

    private static IEnumerable<Coordinate> Coordinates(TrainingProblem problem) =>
        from layer in Enumerable.Range(0, problem.Layers.Count)
        from matrix in new (string Name, double[,] Values)[]
        {
            ("W", problem.Layers[layer].Weight), ("B", problem.Layers[layer].B), ("A", problem.Layers[layer].A),
        }
        from row in Enumerable.Range(0, matrix.Values.GetLength(0))
        from column in Enumerable.Range(0, matrix.Values.GetLength(1))
        select new Coordinate(layer, matrix.Name, row, column);

    private static double Component(IReadOnlyList<LoraGradients> gradients, Coordinate by) => (by.Matrix switch
    {
        "W" => gradients[by.Layer].Gradient,
        "B" => gradients[by.Layer].GradientB,
        _ => gradients[by.Layer].GradientA,
    })[by.Row, by.Column];

    private static double[,] Minus(double[,] left, double[,] right)
    {
        double[,] difference = (double[,])left.Clone();
        for (int i = 0; i < left.GetLength(0); i++)
        {
            for (int j = 0; j < left.GetLength(1); j++)
            {
                difference[i, j] -= right[i, j];
            }
        }

        return difference;
    }

    private static void AssertClose(double[,] expected, double[,] actual, double tolerance) => Assert.All(
        expected.Cast<double>().Zip(actual.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
