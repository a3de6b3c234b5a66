namespace LoraPrivacy.Production.Tests.Models;

public class LearningProblemTests
{
    private static readonly RandomSource Source = RandomSource.FromSeed(4);

    private static readonly GptConfiguration Small = new() { Vocabulary = 11, Context = 7, Width = 12, Depth = 1, Heads = 3 };

    [Fact]
    public void Text_is_cut_into_examples_that_follow_each_other()
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(Small, Source, ScalarType.Float64);
        long[] text = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7];
        TextProblem problem = new(model, tensor(text), 4);
        Assert.Equal(3, problem.ExampleCount);
        Assert.Equal(4, problem.UnitsPerExample);
        NaiveGpt naive = NaiveGpt.Of(model);
        double[] losses = [.. problem.ExampleLosses([2, 0, 2]).data<double>()];
        Assert.Equal(naive.Loss(text[8..13]), losses[0], 1e-12);
        Assert.Equal(naive.Loss(text[0..5]), losses[1], 1e-12);
        Assert.Equal(losses[0], losses[2], 1e-12);
        // One token fewer, and the third example has nothing left to predict at its end.
        Assert.Equal(2, new TextProblem(model, tensor(text[..12]), 4).ExampleCount);
    }

    [Fact]
    [Trait("Statement", "S31")]
    public void The_loss_and_gradient_of_a_unit_are_functions_of_its_own_tokens()
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(Small, Source, ScalarType.Float64);
        NaiveGpt naive = NaiveGpt.Of(model);
        long[][] units = [[3, 1, 4, 1, 5, 9, 2], [6, 5], [3, 5, 8, 9, 7], [9, 3, 2]];
        TextProblem problem = new(model, units, 4);
        Assert.Equal((4, 4), (problem.ExampleCount, problem.UnitsPerExample));
        double[] losses = [.. problem.ExampleLosses([0, 1, 2, 3]).data<double>()];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(naive.Loss(units[i][..Math.Min(5, units[i].Length)]), losses[i], 1e-12);
        }

        // Whatever stands around it, and however far beyond its end; at the end of the data as well.
        long[][] others = [[9, 9], [6, 5], [10, 10, 10, 10, 10, 10]];
        Assert.Equal(losses[1], new TextProblem(model, others, 4).ExampleLosses([1]).item<double>());
        Assert.Equal(losses[1], new TextProblem(model, [units[1]], 4).ExampleLosses([0]).item<double>());
        Assert.Equal(Gradient(new TextProblem(model, units, 4), 1), Gradient(new TextProblem(model, others, 4), 1));
        Assert.NotEqual(Gradient(new TextProblem(model, units, 4), 2), Gradient(new TextProblem(model, others, 4), 2));
        Assert.Equal(0, new TextProblem(model, Array.Empty<long[]>(), 4).ExampleCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, [[1]], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, [[1, 11]], 4));

        double[] Gradient(TextProblem data, long example)
            => [.. autograd.grad([data.ExampleLosses([example]).sum()], [.. model.parameters()]).SelectMany(part => part.flatten().data<double>().ToArray())];
    }

    [Fact]
    public void A_perceptron_computes_its_layers()
    {
        using var scope = NewDisposeScope();
        foreach (HiddenActivation activation in Enum.GetValues<HiddenActivation>())
        {
            using Perceptron model = new([3, 4, 2], activation, Source, ScalarType.Float64);
            Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"], model.named_parameters().Select(entry => entry.name));
            using (no_grad())
            {
                model.get_parameter("layers.0.bias")!.fill_(0.25);
                model.get_parameter("layers.1.bias")!.fill_(-0.5);
            }

            double[] first = [.. model.get_parameter("layers.0.weight")!.data<double>()];
            double[] second = [.. model.get_parameter("layers.1.weight")!.data<double>()];
            double[] input = [0.5, -1, 2];
            double[] hidden = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 3).Sum(j => first[(3 * i) + j] * input[j]) + 0.25)
                .Select(x => activation == HiddenActivation.Relu ? Math.Max(0, x) : Math.Tanh(x))];
            double[] outputs = [.. Enumerable.Range(0, 2).Select(i => Enumerable.Range(0, 4).Sum(j => second[(4 * i) + j] * hidden[j]) - 0.5)];
            Assert.All(outputs.Zip(model.call(tensor(input).unsqueeze(0)).data<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-14));

            ClassificationProblem problem = new(model, tensor(input).unsqueeze(0).repeat(2, 1), tensor(new long[] { 0, 1 }), "images");
            Assert.Equal((2, 1, "images"), (problem.ExampleCount, problem.UnitsPerExample, problem.UnitName));
            double loss = Math.Log(outputs.Sum(Math.Exp)) - outputs[1];
            Assert.Equal(loss, problem.ExampleLosses([1]).item<double>(), 1e-14);
        }
    }

    [Fact]
    public void A_perceptron_outlives_the_scope_it_was_made_in()
    {
        Perceptron model;
        using (NewDisposeScope())
        {
            model = new Perceptron([3, 4, 2], HiddenActivation.Relu, Source);
        }

        Parameter[] parameters = [.. model.parameters()];
        Assert.Equal(4, parameters.Length);
        model.call(zeros(1, 3)).Dispose();
        model.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void Wrong_texts_and_examples_are_refused()
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(Small, Source);
        Tensor text = arange(0, 11, ScalarType.Int64);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, text, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, text, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, text[..4], 4));
        Assert.Throws<ArgumentException>(() => new TextProblem(model, text.to(ScalarType.Int32), 4));
        Assert.Throws<ArgumentException>(() => new TextProblem(model, text.unsqueeze(0), 4));
        ArgumentOutOfRangeException failure = Assert.Throws<ArgumentOutOfRangeException>(() => new TextProblem(model, text + 1, 4));
        Assert.Contains("must be in [0, 10]", failure.Message, StringComparison.Ordinal);
        TextProblem problem = new(model, text, 4);
        Assert.Throws<ArgumentException>(() => problem.ExampleLosses([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => problem.ExampleLosses([0, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => problem.ExampleLosses([-1]));
    }

    [Fact]
    public void Wrong_labels_and_inputs_are_refused()
    {
        using var scope = NewDisposeScope();
        using Perceptron model = new([3, 2], HiddenActivation.Relu, Source);
        Assert.Throws<ArgumentException>(() => new ClassificationProblem(model, zeros(2, 3), tensor(new long[] { 0 })));
        Assert.Equal(0, new ClassificationProblem(model, zeros(0, 3), zeros([0], ScalarType.Int64)).ExampleCount);
        Assert.Throws<ArgumentException>(() => new ClassificationProblem(model, zeros(2, 3), zeros(2)));
        // −100 would silently be passed over by the loss.
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassificationProblem(model, zeros(2, 3), tensor(new long[] { 0, -100 })));
        ClassificationProblem problem = new(model, zeros(2, 3), tensor(new long[] { 0, 2 }));
        Assert.Contains("label 2 must be in [0, 1]", Assert.Throws<InvalidOperationException>(() => problem.ExampleLosses([0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.call(zeros(2, 4)));
        Assert.Throws<ArgumentException>(() => model.call(zeros(3)));
        Assert.Throws<ArgumentException>(() => new Perceptron([3], HiddenActivation.Relu, Source));
        Assert.Throws<ArgumentException>(() => new Perceptron([3, 0], HiddenActivation.Relu, Source));
        Assert.Throws<ArgumentException>(() => new Perceptron([3, 2], (HiddenActivation)7, Source));
    }
}
