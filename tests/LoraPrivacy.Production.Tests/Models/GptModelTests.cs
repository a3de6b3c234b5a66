namespace LoraPrivacy.Production.Tests.Models;

public class GptModelTests
{
    private static readonly GptConfiguration Small = new() { Vocabulary = 11, Context = 7, Width = 12, Depth = 2, Heads = 3 };

    private static readonly long[] Tokens = [3, 1, 4, 1, 5, 9, 10];

    /// <summary>All parameters are random and of order 1, so that no part of the model is invisible.</summary>
    private static GptModel Random(GptConfiguration configuration, ScalarType dtype = ScalarType.Float64)
    {
        GptModel model = new(configuration, RandomSource.FromSeed(1), dtype);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using RandomSequence sequence = RandomSource.FromSeed(2).Sequence("test");
        foreach (Parameter parameter in model.parameters())
        {
            parameter.copy_(sequence.Normal(parameter.shape).mul_(0.5));
        }

        return model;
    }

    private static double[] Logits(GptModel model, long[] tokens)
    {
        using var scope = NewDisposeScope();
        return [.. model.call(tensor(tokens).unsqueeze(0)).detach().to(ScalarType.Float64).data<double>()];
    }

    [Theory]
    [InlineData(12, 3, 2, 1e-5)]
    [InlineData(12, 1, 1, 0.1)]
    [InlineData(8, 8, 3, 1e-5)]
    public void The_logits_are_those_of_plain_loops(int width, int heads, int depth, double epsilon)
    {
        using GptModel model = Random(Small with { Width = width, Heads = heads, Depth = depth, NormEpsilon = epsilon });
        double[] expected = [.. NaiveGpt.Of(model).Logits(Tokens).SelectMany(row => row)];
        double[] actual = Logits(model, Tokens);
        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * largest));
    }

    [Fact]
    public void Each_sequence_of_a_batch_is_on_its_own()
    {
        using var scope = NewDisposeScope();
        using GptModel model = Random(Small);
        long[] other = [2, 7, 1, 8, 2, 8, 1];
        double[] both = [.. model.call(tensor(Tokens.Concat(other).ToArray()).view(2, 7)).detach().data<double>()];
        double[] each = [.. Logits(model, Tokens), .. Logits(model, other)];
        Assert.All(each.Zip(both), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * each.Max(Math.Abs)));
    }

    [Fact]
    public void A_later_token_does_not_change_earlier_logits()
    {
        using GptModel model = Random(Small);
        double[] before = Logits(model, Tokens);
        for (int changed = 0; changed < Tokens.Length; changed++)
        {
            long[] tokens = [.. Tokens];
            tokens[changed] = (tokens[changed] + 1) % Small.Vocabulary;
            double[] after = Logits(model, tokens);
            int cut = changed * Small.Vocabulary;
            Assert.Equal(before[..cut], after[..cut]);
            // And every later position sees it.
            for (int t = changed; t < Tokens.Length; t++)
            {
                Assert.NotEqual(before[t * Small.Vocabulary], after[t * Small.Vocabulary]);
            }
        }
    }

    [Theory]
    [InlineData("attn.c_attn")]
    [InlineData("attn.c_proj")]
    [InlineData("mlp.c_fc")]
    [InlineData("mlp.c_proj")]
    [Trait("Speed", "Slow")]
    public void The_gradient_of_a_weight_is_the_slope_of_the_loss(string name)
    {
        using var scope = NewDisposeScope();
        using GptModel model = Random(Small);
        NaiveGpt naive = NaiveGpt.Of(model);
        TextProblem problem = new(model, tensor(Tokens), 6);
        problem.ExampleLosses([0]).sum().backward();
        double[] gradient = [.. model.get_parameter($"h.0.{name}.weight")!.grad!.data<double>()];
        double[] weight = naive[$"h.0.{name}.weight"];
        const double step = 1e-5;
        for (int i = 0; i < weight.Length; i += 17)
        {
            double kept = weight[i];
            weight[i] = kept + step;
            double above = naive.Loss(Tokens);
            weight[i] = kept - step;
            double below = naive.Loss(Tokens);
            weight[i] = kept;
            // Truncation step² times a third derivative, and rounding 1e-16/step: both near 1e-10.
            Assert.Equal((above - below) / (2 * step), gradient[i], 1e-8 * Math.Max(1, gradient.Max(Math.Abs)));
        }
    }

    [Fact]
    public void The_output_layer_is_the_token_embedding()
    {
        using var scope = NewDisposeScope();
        using GptModel model = Random(Small);
        Assert.DoesNotContain("lm_head.weight", model.named_parameters().Select(entry => entry.name));
        double[] before = Logits(model, [0, 1]);
        using (no_grad())
        {
            // Token 5 is not in the input: as an input row it is not looked at, as an output row it decides logit 5.
            model.get_parameter("wte.weight")![5].mul_(2);
        }

        double[] after = Logits(model, [0, 1]);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(i % Small.Vocabulary == 5 ? 2 * before[i] : before[i], after[i], 1e-12);
        }
    }

    [Fact]
    public void Gpt2_small_has_its_parameters_and_names()
    {
        // On the meta device there are shapes and no data.
        using GptModel model = new(GptConfiguration.Gpt2Small, ScalarType.Float32, new Device(DeviceType.META));
        Assert.Equal(124_439_808, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(124_439_808, GptConfiguration.Gpt2Small.ParameterCount);
        Assert.Equal(Small.ParameterCount, GptCheckpointLayout.ParameterShapes(Small).Sum(entry => entry.Shape.Aggregate((a, b) => a * b)));
        string[] names = [.. model.named_parameters().Select(entry => entry.name)];
        Assert.Equal(148, names.Length);
        Assert.Equal(
            ["wte.weight", "wpe.weight", "h.0.ln_1.weight", "h.0.ln_1.bias", "h.0.attn.c_attn.weight", "h.0.attn.c_attn.bias", "h.0.attn.c_proj.weight", "h.0.attn.c_proj.bias", "h.0.ln_2.weight", "h.0.ln_2.bias", "h.0.mlp.c_fc.weight", "h.0.mlp.c_fc.bias", "h.0.mlp.c_proj.weight", "h.0.mlp.c_proj.bias"],
            names[..14]);
        Assert.Equal(
            GptCheckpointLayout.ParameterShapes(GptConfiguration.Gpt2Small).Select(entry => $"{entry.Name} {string.Join("×", entry.Shape)}"),
            model.named_parameters().Select(entry => $"{entry.name} {string.Join("×", entry.parameter.shape)}"));
    }

    [Fact]
    public void The_weights_have_their_deviations_and_are_reproducible()
    {
        using var scope = NewDisposeScope();
        GptConfiguration configuration = new() { Width = 64, Depth = 2 };
        using GptModel model = new(configuration, RandomSource.FromSeed(7));
        using GptModel again = new(configuration, RandomSource.FromSeed(7), ScalarType.Float64);
        using GptModel other = new(configuration, RandomSource.FromSeed(8));
        // 256 × 64 numbers: the deviation's own is 0.55%, and 6.5 of these are passed with probability below 1e-10.
        Assert.Equal(0.02, model.get_parameter("wte.weight")!.std().item<float>(), 0.02 * 0.036);
        Assert.Equal(0.01, model.get_parameter("h.1.mlp.c_proj.weight")!.std().item<float>(), 0.01 * 0.036);
        Assert.True(again.get_parameter("wte.weight")!.to(ScalarType.Float32).equal(model.get_parameter("wte.weight")!).all().item<bool>());
        Assert.False(other.get_parameter("wte.weight")!.equal(model.get_parameter("wte.weight")!).any().item<bool>());
        Assert.True(model.get_parameter("h.0.ln_1.weight")!.eq(1).all().item<bool>());
        Assert.True(model.get_parameter("h.0.mlp.c_fc.bias")!.eq(0).all().item<bool>());
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.BFloat16, 0.1)]
    public void Narrower_types_compute_the_same_roughly(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        using GptModel model = Random(Small, dtype);
        double[] expected = [.. NaiveGpt.Of(model).Logits(Tokens).SelectMany(row => row)];
        double[] actual = Logits(model, Tokens);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * expected.Max(Math.Abs)));
    }

    [Fact]
    public void The_parameters_outlive_the_scope_they_were_made_in_and_not_the_model()
    {
        GptModel model;
        using (NewDisposeScope())
        {
            model = new GptModel(Small, RandomSource.FromSeed(1));
            LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("c_attn", "c_proj", "c_fc") }, RandomSource.FromSeed(1));
        }

        Parameter[] parameters = [.. model.parameters()];
        Assert.Equal(28 + (2 * 8), parameters.Length);
        Assert.Equal(77, Logits(model, Tokens).Length);
        model.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void A_forward_pass_leaves_nothing_behind()
    {
        using GptModel model = Random(Small);
        Logits(model, Tokens);
        long before = Tensor.TotalCount;
        for (int i = 0; i < 5; i++)
        {
            using var scope = NewDisposeScope();
            model.call(tensor(Tokens).unsqueeze(0)).sum().backward();
            model.zero_grad();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Wrong_inputs_are_refused_before_libtorch_sees_them()
    {
        using var scope = NewDisposeScope();
        using GptModel model = Random(Small);
        Assert.Contains("must be in [0, 10]", Assert.Throws<ArgumentOutOfRangeException>(() => Logits(model, [0, 11])).Message, StringComparison.Ordinal);
        Assert.Contains("must be in [0, 10]", Assert.Throws<ArgumentOutOfRangeException>(() => Logits(model, [-1, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("between 1 and 7", Assert.Throws<ArgumentOutOfRangeException>(() => Logits(model, new long[8])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.call(zeros([1, 0], ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => model.call(zeros([0, 1], ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => model.call(tensor(Tokens)));
        Assert.Throws<ArgumentException>(() => model.call(zeros(1, 3)));
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        RandomSource source = RandomSource.FromSeed(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GptModel(Small with { Width = 13 }, source));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GptModel(Small with { Depth = 0 }, source));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GptModel(Small with { Vocabulary = int.MaxValue }, source));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GptModel(Small with { NormEpsilon = double.NaN }, source));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GptModel(Small, source, ScalarType.Int32));
    }
}
