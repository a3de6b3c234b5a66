namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The bundled text and a transformer of two blocks on its bytes.</summary>
internal sealed class TextTask(Device device, RandomSource source) : BundledTask(device, source)
{
    /// <summary>The tokens of an example.</summary>
    public const int Length = 64;

    public static GptConfiguration Shape { get; } = new() { Vocabulary = 256, Context = Length, Width = 64, Depth = 2, Heads = 4 };

    public TextCorpus Corpus { get; } = TextCorpus.Bundled();

    /// <inheritdoc/>
    public override string Name => "text";

    /// <summary>Queries, keys and values, the attention's output and the perceptron's input: the layers of 64 inputs.</summary>
    public override TargetModules Targets { get; } = TargetModules.Named("attn.c_attn", "attn.c_proj", "mlp.c_fc");

    /// <inheritdoc/>
    public override string Layer => "h.1.attn.c_attn";

    /// <inheritdoc/>
    public override int Inputs => Shape.Width;

    /// <summary>The loss of the best guess without context on held-out examples: the training text's frequencies, in nats a byte.</summary>
    /// <param name="count">The examples, from the first held out.</param>
    public double UnigramLoss(int count)
    {
        double[] counts = new double[256];
        foreach (byte value in Corpus.Training.Span)
        {
            counts[value]++;
        }

        double loss = 0;
        foreach (byte value in Corpus.HeldOut.Span.Slice(1, count * Length))
        {
            loss -= Math.Log((counts[value] + 1) / (Corpus.Training.Length + 256.0));
        }

        return loss / (count * Length);
    }

    /// <inheritdoc/>
    protected override nn.Module Create(RandomSource source) => new GptModel(Shape, source);

    /// <inheritdoc/>
    public override int ExampleCount(bool heldOut) => ((heldOut ? Corpus.HeldOut : Corpus.Training).Length - 1) / Length;

    /// <inheritdoc/>
    protected override LearningProblem Problem(nn.Module model, ScalarType type, bool heldOut, int first, int count)
    {
        ReadOnlyMemory<byte> text = (heldOut ? Corpus.HeldOut : Corpus.Training).Slice(first * Length, (count * Length) + 1);
        return new TextProblem((GptModel)model, tensor(ByteTokenizer.Plain.Encode(text.Span), device: Device), Length);
    }
}
