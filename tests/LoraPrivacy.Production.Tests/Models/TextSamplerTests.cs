using LoraPrivacy.Production.Data;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Tests.Models;

public class TextSamplerTests
{
    private static readonly RandomSource Source = RandomSource.FromSeed(3);

    private static readonly GptConfiguration Small = new() { Context = 8, Width = 8, Depth = 1, Heads = 2 };

    private static byte[] Sample(GptModel model, int count, double temperature, long number = 0)
    {
        using RandomSequence sequence = Source.Sequence("sample", number);
        return TextSampler.Sample(model, "ab"u8, count, temperature, sequence);
    }

    [Fact]
    public void A_sample_is_reproducible_and_leaves_the_model_as_it_was()
    {
        using GptModel model = new(Small, Source);
        model.train();
        byte[] text = Sample(model, 20, 1);
        Assert.Equal(20, text.Length);
        Assert.Equal(text, Sample(model, 20, 1));
        Assert.NotEqual(text, Sample(model, 20, 1, number: 1));
        Assert.True(model.training);
        Assert.Empty(Sample(model, 0, 1));
    }

    [Fact]
    public void Temperature_0_takes_the_likeliest_byte()
    {
        using GptModel model = new(Small, Source, ScalarType.Float64);
        List<long> tokens = [.. ByteTokenizer.Plain.Encode("ab"u8)];
        NaiveGpt naive = NaiveGpt.Of(model);
        for (int i = 0; i < 12; i++)
        {
            double[] last = naive.Logits([.. tokens.TakeLast(Small.Context)])[^1];
            tokens.Add(Array.IndexOf(last, last.Max()));
        }

        Assert.Equal(ByteTokenizer.Plain.Decode([.. tokens.Skip(2)]), Sample(model, 12, 0));
    }

    [Fact]
    public void Bytes_are_drawn_by_their_probabilities()
    {
        // With a last norm of weight 0 the logits are the embedding's first column, whatever went before.
        using var scope = NewDisposeScope();
        using GptModel model = new(Small, Source, ScalarType.Float64);
        using (no_grad())
        {
            model.get_parameter("ln_f.weight")!.zero_();
            model.get_parameter("ln_f.bias")![0] = 1;
            model.get_parameter("wte.weight")!.fill_(-40);
            model.get_parameter("wte.weight")![65, 0] = Math.Log(3);
            model.get_parameter("wte.weight")![66, 0] = 0;
        }

        const int count = 600;
        byte[] text = Sample(model, count, 1);
        int first = text.Count(value => value == 65);
        Assert.Equal(count, first + text.Count(value => value == 66));
        // P(65) = 3/4. Hoeffding: a deviation of √(ln(2e9)/(2·count)) = 0.1336 has probability at most 1e-9. At temperature 1/3 the
        // weights are cubed, P(65) = 27/28: each probability is out of the other's reach, and so is 1/2.
        Assert.Equal(0.75, (double)first / count, 0.1336);
        Assert.Equal(27.0 / 28, (double)Sample(model, count, 1.0 / 3).Count(value => value == 65) / count, 0.1336);
    }

    [Fact]
    public void Only_bytes_are_drawn_from_a_larger_vocabulary()
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(Small with { Vocabulary = 300 }, Source);
        using (no_grad())
        {
            model.get_parameter("wte.weight")!.narrow(0, 256, 44).add_(1);
            model.get_parameter("ln_f.bias")!.fill_(10);
        }

        Assert.Equal(30, Sample(model, 30, 1).Length);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using GptModel model = new(Small, Source);
        using GptModel tiny = new(Small with { Vocabulary = 255 }, Source);
        using RandomSequence sequence = Source.Sequence("sample");
        Assert.Throws<ArgumentException>(() => TextSampler.Sample(model, [], 1, 1, sequence));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(model, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(model, 1, -0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(model, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(tiny, 1, 1));
        using (no_grad())
        {
            model.get_parameter("ln_f.bias")!.fill_(float.NaN);
        }

        Assert.Contains("not finite", Assert.Throws<InvalidOperationException>(() => Sample(model, 1, 1)).Message, StringComparison.Ordinal);
    }
}
