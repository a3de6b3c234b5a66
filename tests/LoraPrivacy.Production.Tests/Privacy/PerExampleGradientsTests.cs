using LoraPrivacy.Production.Tests.Training;

namespace LoraPrivacy.Production.Tests.Privacy;

public class PerExampleGradientsTests
{
    [Theory]
    [InlineData("digits", false)]
    [InlineData("digits", true)]
    [InlineData("text", false)]
    [InlineData("text", true)]
    public void They_are_what_one_example_at_a_time_gives(string problem, bool trainsA)
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = Case(problem, trainsA, 0);
        MoveB(training.Adapters!);
        long[] batch = [3, 0, 7, 7, 5];
        IReadOnlyList<Tensor> gradients = Compute(training, batch);
        Parameter[] parameters = [.. training.Adapters!.TrainableParameters];
        Assert.Equal(parameters.Length, gradients.Count);
        for (int i = 0; i < batch.Length; i++)
        {
            IList<Tensor> alone = autograd.grad([training.Problem.ExampleLosses([batch[i]]).sum()], parameters);
            for (int p = 0; p < parameters.Length; p++)
            {
                AssertClose(alone[p], gradients[p][i], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("text")]
    public void With_dropout_they_add_up_to_the_batchs_gradient_of_the_same_masks(string problem)
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = Case(problem, trainsA: true, 0.4);
        MoveB(training.Adapters!);
        training.Problem.Model.train();
        long[] batch = [1, 2, 4];
        random.manual_seed(5);
        IReadOnlyList<Tensor> gradients = Compute(training, batch);
        random.manual_seed(5);
        Parameter[] parameters = [.. training.Adapters!.TrainableParameters];
        IList<Tensor> whole = autograd.grad([training.Problem.ExampleLosses(batch).sum()], parameters);
        for (int p = 0; p < parameters.Length; p++)
        {
            AssertClose(whole[p], gradients[p].sum(dim: 0), 1e-12);
        }
    }

    [Fact]
    public void A_layer_that_saved_another_batch_is_refused()
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = Case("digits", false, 0);
        Assert.Throws<InvalidOperationException>(() => PerExampleGradients.Compute(training.Adapters!, training.Problem.ExampleLosses([1, 2])));
    }

    private static TrainingCase Case(string problem, bool trainsA, double dropout)
        => problem == "digits" ? TrainingCase.Digits(trainsA: trainsA, dropout: dropout) : TrainingCase.Text(trainsA: trainsA, dropout: dropout);

    private static IReadOnlyList<Tensor> Compute(TrainingCase training, long[] batch)
    {
        foreach (LoraLinear layer in training.Adapters!.Layers)
        {
            layer.SavesActivations = true;
        }

        IReadOnlyList<Tensor> gradients = PerExampleGradients.Compute(training.Adapters, training.Problem.ExampleLosses(batch));
        foreach (LoraLinear layer in training.Adapters.Layers)
        {
            Assert.Null(layer.Saved);
            layer.SavesActivations = false;
        }

        return gradients;
    }

    // Away from B = 0, where the gradient of A is 0.
    private static void MoveB(LoraAdapters adapters)
    {
        using var frozen = no_grad();
        foreach (LoraLinear layer in adapters.Layers)
        {
            using RandomSequence sequence = RandomSource.FromSeed(3).Sequence(layer.Path);
            layer.B.copy_(sequence.Normal(layer.B.shape));
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        double scale = expected.abs().max().item<double>();
        Assert.True(scale > 0);
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, tolerance * scale);
    }
}
