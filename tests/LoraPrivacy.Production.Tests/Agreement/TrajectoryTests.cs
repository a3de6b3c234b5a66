namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// Forty steps of gradient descent in production and in the reference, each from its own previous state: effective weights agree at every
/// step. Cross-entropy is trained by the <see cref="Trainer"/>, squared error by autograd and a subtraction. To first order the difference after t steps is the sum of the rounding errors of the steps, each carried on by the steps
/// after it. The error of one step is bounded by <see cref="RoundedPerceptron"/>; how much the steps after it amplify a difference
/// is measured on the reference, as the largest growth of a small one in B, over <see cref="Directions"/> directions, and
/// <see cref="Margin"/> times that is allowed for directions not tried.
/// </summary>
[Trait("Statement", "S1")]
public sealed class TrajectoryTests
{
    private const int Steps = 40;
    private const int Batch = 12;
    private const int Directions = 4;
    private const double Margin = 8;
    private const double LearningRate = 0.2;

    /// <summary>What is trained, and how A is kept.</summary>
    public enum Training
    {
        FrozenA,
        TrainedA,
        FreshA,
    }

    public static TheoryData<Training, ScalarType, LossFunction> Cases
    {
        get
        {
            TheoryData<Training, ScalarType, LossFunction> cases = [];
            foreach (Training training in Enum.GetValues<Training>())
            {
                cases.Add(training, ScalarType.Float64, LossFunction.CrossEntropy);
                cases.Add(training, ScalarType.Float64, LossFunction.SquaredError);
                cases.Add(training, ScalarType.Float32, LossFunction.CrossEntropy);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    [Trait("Speed", "Slow")]
    public void Effective_weights_agree_at_every_step(Training training, ScalarType type, LossFunction loss)
    {
        TrainingCase problem = new(
            4, BaseKind.Perceptron, [7, 9, 5], [3, 2], [2, 1.5], Batch, Activation.Tanh, loss,
            InitializationPair.All[2], RankStabilized: false, TrainsA: training == Training.TrainedA, AdapterSize: 0.3);
        using TrainingPair pair = TrainingPair.Create(problem, type);
        double unit = type == ScalarType.Float64 ? RoundedMatrix.Double : RoundedMatrix.Single;
        MultilayerPerceptron model = pair.Reference();
        double growth = Margin * Growth(problem, model, pair);
        Assert.InRange(growth, 1, 1e4);
        double allowed = 0, largest = 0, moved = 0;
        List<double[,]> start = [.. model.Layers.Select(layer => layer.EffectiveWeight)];
        RandomSource source = RandomSource.FromSeed(11);
        using Trainer? trainer = pair.Problem is null ? null : new Trainer(pair.Problem, pair.Adapters!, Options(training), source);
        for (int step = 1; step <= Steps; step++)
        {
            if (training == Training.FreshA && step > 1)
            {
                model = Redraw(model, pair, source, step - 1);
            }

            allowed += growth * StepError(problem, model, pair, unit);
            model = ReferenceStep(problem, model, pair);
            if (trainer is not null)
            {
                trainer.Step();
            }
            else
            {
                if (training == Training.FreshA && step > 1)
                {
                    pair.Adapters!.MergeAndRedraw(source, step - 1);
                }

                AdapterStep.Take(pair.Layers, () => pair.ExampleLosses().mean(), LearningRate);
            }

            for (int l = 0; l < pair.Layers.Count; l++)
            {
                using Tensor weight = pair.Layers[l].EffectiveWeight();
                double distance = Distance(model.Layers[l].EffectiveWeight, weight.ToMatrix());
                Assert.InRange(distance, 0, allowed);
                largest = Math.Max(largest, distance);
                moved = Math.Max(moved, Distance(model.Layers[l].EffectiveWeight, start[l]));
            }
        }

        // Neither of a trajectory that stands still nor of a bound that allows anything.
        Assert.InRange(allowed / moved, largest / moved, type == ScalarType.Float64 ? 1e-9 : 0.2);
    }

    [Fact]
    public void A_learning_rate_off_by_a_millionth_leaves_the_bound()
    {
        TrainingCase problem = new(
            4, BaseKind.Perceptron, [7, 9, 5], [3, 2], [2, 1.5], Batch, Activation.Tanh, LossFunction.CrossEntropy,
            InitializationPair.All[2], RankStabilized: false, TrainsA: false, AdapterSize: 0.3);
        using TrainingPair pair = TrainingPair.Create(problem, ScalarType.Float64);
        MultilayerPerceptron model = pair.Reference();
        double growth = Margin * Growth(problem, model, pair), allowed = 0;
        for (int step = 1; step <= Steps; step++)
        {
            allowed += growth * StepError(problem, model, pair, RoundedMatrix.Double);
            model = ReferenceStep(problem, model, pair);
            AdapterStep.Take(pair.Layers, () => pair.ExampleLosses().mean(), LearningRate * (1 + 1e-6));
        }

        using Tensor weight = pair.Layers[0].EffectiveWeight();
        Assert.True(Distance(model.Layers[0].EffectiveWeight, weight.ToMatrix()) > allowed);
    }

    private static MultilayerPerceptron ReferenceStep(TrainingCase problem, MultilayerPerceptron model, TrainingPair pair) => new(
        [.. model.Step(pair.Inputs.ToMatrix(), pair.Targets.ToMatrix(), problem.Loss).Update(LearningRate).Select(update => update.Layer)],
        problem.Activation);

    private static TrainingOptions Options(Training training) => new()
    {
        Steps = Steps,
        BatchSize = Batch,
        MicroBatchSize = Batch,
        Optimizer = new SgdOptions(),
        Schedule = new LearningRateSchedule { Peak = LearningRate },
        FreshA = training == Training.FreshA,
    };

    // The reference merges; the next A is production's.
    private static MultilayerPerceptron Redraw(MultilayerPerceptron model, TrainingPair pair, RandomSource source, int number)
    {
        List<LoraLayer> layers = [];
        foreach ((LoraLinear layer, LoraLayer reference) in pair.Layers.Zip(model.Layers))
        {
            using RandomSequence sequence = source.Sequence($"A {layer.Path}", number);
            using Tensor a = layer.Initialization.Sample(layer.Rank, layer.InputFeatures, layer.Scale, sequence);
            using Tensor rounded = a.to(pair.Type);
            layers.Add(new LoraLayer(
                reference.EffectiveWeight, rounded.ToMatrix(), new double[reference.OutputDimension, reference.Rank], reference.Scale,
                reference.TrainsA, reference.Bias));
        }

        return new MultilayerPerceptron(layers, model.Activation);
    }

    /// <summary>
    /// The error of one step in the effective weights, in Frobenius norm and summed over layers. B⁺ is off by η times the bound on its
    /// gradient, plus γ₃(|B| + η|∂B|) for η, the product and the difference; A⁺ likewise; s B A takes them with |A| and |B|;
    /// and forming W + s B A, or merging it, rounds by γ_{r+2}(|W| + s|B||A|).
    /// </summary>
    private static double StepError(TrainingCase problem, MultilayerPerceptron model, TrainingPair pair, double unit)
    {
        RoundedPerceptron rounded = RoundedPerceptron.Of(
            model, pair.Inputs.ToMatrix(), pair.Targets.ToMatrix(), problem.Loss, unit);
        double total = 0;
        foreach ((LoraLayer layer, RoundedGradients gradients) in model.Layers.Zip(rounded.Gradients))
        {
            (double a, double b) = (Norm(layer.A), Norm(layer.B));
            total += layer.Scale * ((Moved(b, gradients.GradientB) * a) + (problem.TrainsA ? Moved(a, gradients.GradientA) * b : 0));
            total += gradients.Gradient.Gamma(layer.Rank + 2) * (Norm(layer.Weight) + (layer.Scale * a * b));
        }

        return total;

        double Moved(double size, RoundedMatrix gradient) => (LearningRate * Norm(gradient.Error))
            + (gradient.Gamma(3) * (size + (LearningRate * (Norm(gradient.Value) + Norm(gradient.Error)))));
    }

    // How much a difference in B at the start grows, in effective weights.
    private static double Growth(TrainingCase problem, MultilayerPerceptron model, TrainingPair pair)
    {
        double growth = 1;
        Random random = new(5);
        for (int direction = 0; direction < Directions; direction++)
        {
            MultilayerPerceptron first = model;
            MultilayerPerceptron second = new(
                [.. model.Layers.Select(layer => new LoraLayer(
                    layer.Weight, layer.A, Shifted(layer.B, random), layer.Scale, layer.TrainsA, layer.Bias))],
                problem.Activation);
            double start = Apart(first, second);
            for (int step = 0; step < Steps; step++)
            {
                (first, second) = (ReferenceStep(problem, first, pair), ReferenceStep(problem, second, pair));
                growth = Math.Max(growth, Apart(first, second) / start);
            }
        }

        return growth;
    }

    private static double[,] Shifted(double[,] matrix, Random random)
    {
        double[,] shifted = (double[,])matrix.Clone();
        for (int i = 0; i < shifted.GetLength(0); i++)
        {
            for (int j = 0; j < shifted.GetLength(1); j++)
            {
                shifted[i, j] += 1e-6 * ((2 * random.NextDouble()) - 1);
            }
        }

        return shifted;
    }

    private static double Apart(MultilayerPerceptron first, MultilayerPerceptron second)
        => first.Layers.Zip(second.Layers).Sum(pair => Distance(pair.First.EffectiveWeight, pair.Second.EffectiveWeight));

    private static double Norm(double[,] matrix) => Math.Sqrt(matrix.Cast<double>().Sum(value => value * value));

    private static double Distance(double[,] left, double[,] right)
        => Math.Sqrt(left.Cast<double>().Zip(right.Cast<double>()).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
