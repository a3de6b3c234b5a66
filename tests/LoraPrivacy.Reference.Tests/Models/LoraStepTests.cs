namespace LoraPrivacy.Reference.Tests.Models;

/// <summary>S1: the change of the effective weight is the noisy full step −η s² G AᵀA, and when it is not.</summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary =
    [typeof(RankArbitrary), typeof(DimensionArbitrary), typeof(InitializationArbitrary), typeof(RandomSourceArbitrary)])]
public sealed class LoraStepTests
{
    private const double LearningRate = 0.25;

    [Property]
    public void With_frozen_A_the_step_is_the_sketched_full_step(
        Rank rank, Dimension dimension, Initialization initialization, RandomSource source)
    {
        int r = initialization.HasIndependentEntries ? rank.Value : Math.Min(rank.Value, dimension.Value);
        Random random = source.Create();
        LoraStep step = Step(random, initialization.Sample(r, dimension.Value, random), outputs: 3, trainsA: false);
        AssertClose(step.SketchedStep(LearningRate), step.Update(LearningRate).DeltaWeight, 1e-12);
    }

    [Fact]
    public void With_trained_A_the_step_is_not_the_sketched_full_step()
    {
        // W = 0, A = B = s = 1, x = 1, target 0: G = 1, so ΔA = ΔB = −η and ΔW = −2η + η², where S1 says −η.
        LoraStep step = LoraStep.Compute(
            new(Scalar(0), Scalar(1), Scalar(1), 1, trainsA: true), Scalar(1), Scalar(0), LossFunction.SquaredError);
        Assert.Equal(-0.25, step.SketchedStep(LearningRate)[0, 0]);
        Assert.Equal(-0.4375, step.Update(LearningRate).DeltaWeight[0, 0]);
    }

    [Property(MaxTest = 50)]
    public void From_B_zero_the_step_with_trained_A_is_the_sketched_full_step_exactly(RandomSource source)
    {
        // B = 0 makes the gradient of A vanish as well, so that the first step does not move A.
        Random random = source.Create();
        LoraStep step = Step(
            random, RandomSource.Matrix(random, 2, 4), outputs: 3, trainsA: true, b: new double[3, 2]);
        Assert.All(step.GradientA.Cast<double>(), value => Assert.Equal(0, value));
        AssertClose(step.SketchedStep(LearningRate), step.Update(LearningRate).DeltaWeight, 1e-12);
    }

    [Fact]
    public void From_small_B_the_step_with_trained_A_is_off_in_first_order_of_B()
    {
        double Gap(double b)
        {
            LoraStep step = LoraStep.Compute(
                new(Scalar(0), Scalar(1), Scalar(b), 1, trainsA: true), Scalar(1), Scalar(1), LossFunction.SquaredError);
            return step.Update(LearningRate).DeltaWeight[0, 0] - step.SketchedStep(LearningRate)[0, 0];
        }

        // G = b − 1; the B-terms are s(B·ΔA + ΔB·ΔA) = −η G b² + η² G² b, linear in b with slope η².
        Assert.Equal(LearningRate * LearningRate, Gap(1e-6) / 1e-6, 1e-5);
        Assert.Equal(0, Gap(0));
    }

    [Property(MaxTest = 50)]
    public void Gradients_are_those_of_the_naive_formula(Rank rank, Dimension dimension, RandomSource source)
    {
        Random random = source.Create();
        double[,] a = RandomSource.Matrix(random, rank.Value, dimension.Value), b = RandomSource.Matrix(random, 3, rank.Value);
        double[,] weight = RandomSource.Matrix(random, 3, dimension.Value);
        double[,] x = RandomSource.Matrix(random, 5, dimension.Value), target = RandomSource.Matrix(random, 5, 3);
        const double Scale = 1.5;
        LoraStep step = LoraStep.Compute(new(weight, a, b, Scale), x, target, LossFunction.SquaredError);
        double loss = 0;
        double[,] g = new double[3, dimension.Value];
        for (int n = 0; n < 5; n++)
        {
            for (int i = 0; i < 3; i++)
            {
                double residual = -target[n, i];
                for (int j = 0; j < dimension.Value; j++)
                {
                    residual += x[n, j] * (weight[i, j]
                        + (Scale * Enumerable.Range(0, rank.Value).Sum(k => b[i, k] * a[k, j])));
                }

                loss += residual * residual / 10;
                for (int j = 0; j < dimension.Value; j++)
                {
                    g[i, j] += residual * x[n, j] / 5;
                }
            }
        }

        double tolerance = 1e-12 * rank.Value * dimension.Value;
        Assert.Equal(loss, step.Loss, tolerance * (1 + loss));
        AssertClose(g, step.Gradient, tolerance);
        for (int k = 0; k < rank.Value; k++)
        {
            int row = k;
            Assert.Equal(
                Scale * Enumerable.Range(0, dimension.Value).Sum(j => g[1, j] * a[row, j]), step.GradientB[1, k], 10 * tolerance);
            Assert.Equal(
                Scale * Enumerable.Range(0, 3).Sum(i => b[i, row] * g[i, 0]), step.GradientA[k, 0], 10 * tolerance);
        }
    }

    [Property(MaxTest = 50)]
    public void Gradients_are_the_mean_of_the_per_example_gradients(RandomSource source)
    {
        Random random = source.Create();
        LoraStep step = Step(random, RandomSource.Matrix(random, 2, 4), outputs: 3, trainsA: true);
        foreach (Func<LoraGradients, double[,]> part in (Func<LoraGradients, double[,]>[])
            [gradients => gradients.Gradient, gradients => gradients.GradientB, gradients => gradients.GradientA])
        {
            double[,] mean = new double[part(step.Gradients).GetLength(0), part(step.Gradients).GetLength(1)];
            foreach (LoraGradients example in step.Examples)
            {
                for (int i = 0; i < mean.GetLength(0); i++)
                {
                    for (int j = 0; j < mean.GetLength(1); j++)
                    {
                        mean[i, j] += part(example)[i, j] / step.Examples.Count;
                    }
                }
            }

            AssertClose(mean, part(step.Gradients), 1e-13);
        }

        Assert.Equal(step.ExampleLosses.Average(), step.Loss);
    }

    private static LoraStep Step(Random random, double[,] a, int outputs, bool trainsA, double[,]? b = null)
    {
        int r = a.GetLength(0), m = a.GetLength(1);
        LoraLayer layer = new(
            RandomSource.Matrix(random, outputs, m), a, b ?? RandomSource.Matrix(random, outputs, r), 0.5, trainsA);
        return LoraStep.Compute(
            layer, RandomSource.Matrix(random, 4, m), RandomSource.Matrix(random, 4, outputs), LossFunction.SquaredError);
    }

    private static double[,] Scalar(double value) => new[,] { { value } };

    // Relative to the largest element.
    private static void AssertClose(double[,] expected, double[,] actual, double tolerance)
    {
        double size = Math.Max(1e-3, expected.Cast<double>().Max(Math.Abs));
        Assert.All(
            expected.Cast<double>().Zip(actual.Cast<double>()),
            pair => Assert.Equal(pair.First, pair.Second, tolerance * size));
    }
}
