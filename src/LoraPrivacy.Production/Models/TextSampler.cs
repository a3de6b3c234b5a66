using LoraPrivacy.Production.Data;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>Draws text from a model, byte by byte.</summary>
public static class TextSampler
{
    /// <summary>Continues a text. The model sees at most its context: the last tokens before each new one.</summary>
    /// <param name="model">A model of at least 256 tokens; left in the mode it is in, but run without dropout.</param>
    /// <param name="prompt">The text to continue, at least one byte.</param>
    /// <param name="count">The number of bytes to draw, at least 0.</param>
    /// <param name="temperature">
    /// What the logits are divided by, at least 0 and finite: 1 draws from the model's own law, less is bolder, 0 takes the likeliest byte.
    /// </param>
    /// <param name="sequence">Where the chance comes from: one uniform number a byte, none at temperature 0.</param>
    /// <returns>The bytes drawn, without the prompt. Tokens of the model that are no byte are never drawn.</returns>
    /// <exception cref="ArgumentException">The prompt is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the model has fewer than 256 tokens.</exception>
    /// <exception cref="InvalidOperationException">The model's logits are not finite.</exception>
    public static byte[] Sample(GptModel model, ReadOnlySpan<byte> prompt, int count, double temperature, RandomSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequence);
        ByteTokenizer tokenizer = ByteTokenizer.For(model.Configuration.Vocabulary);
        if (prompt.IsEmpty)
        {
            throw new ArgumentException("prompt must have at least one byte, but is empty", nameof(prompt));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!(temperature >= 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "temperature must be at least 0 and finite");
        }

        bool wasTraining = model.training;
        model.eval();
        try
        {
            List<long> tokens = [.. tokenizer.Encode(prompt)];
            for (int i = 0; i < count; i++)
            {
                double[] logits = LastLogits(model, tokens);
                tokens.Add(temperature == 0 ? logits.IndexOf(logits.Max()) : Draw(logits, temperature, sequence));
            }

            return tokenizer.Decode([.. tokens.Skip(prompt.Length)]);
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    /// <summary>The logits of the bytes after the last token.</summary>
    private static double[] LastLogits(GptModel model, List<long> tokens)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        long[] window = [.. tokens.TakeLast(model.Configuration.Context)];
        Tensor logits = model.call(tensor(window, device: model.Device).unsqueeze(0));
        double[] values = [.. logits[0, -1].narrow(0, 0, ByteTokenizer.TokenCount).to(ScalarType.Float64).cpu().data<double>()];
        return values.All(double.IsFinite)
            ? values
            : throw new InvalidOperationException("the model's logits are not finite: its weights have diverged");
    }

    /// <summary>The first token at which the distribution function passes a uniform number.</summary>
    private static int Draw(double[] logits, double temperature, RandomSequence sequence)
    {
        double most = logits.Max();
        double[] weights = [.. logits.Select(logit => Math.Exp((logit - most) / temperature))];
        double left = sequence.NextUniform() * weights.Sum();
        for (int token = 0; token < weights.Length; token++)
        {
            left -= weights[token];
            if (left < 0)
            {
                return token;
            }
        }

        // Rounding has used up the sum: the last token that can be drawn at all.
        return Array.FindLastIndex(weights, weight => weight > 0);
    }
}
