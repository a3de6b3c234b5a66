namespace LoraPrivacy.Protocol;

/// <summary>
/// The operation noise/sample: independent draws of AᵀA q, each with a fresh A of independent N(0, 1/r) entries. It has no stored vectors:
/// the draws are tested against the exact law.
/// </summary>
public static class SamplingOperation
{
    /// <summary>The operation's name.</summary>
    public const string Name = "noise/sample";

    /// <summary>The most numbers in an answer: its line stays within some 20 MB.</summary>
    public const int MostNumbers = 1 << 20;

    /// <summary>The operation with a sampler.</summary>
    /// <param name="sample">q, r, how many and the seed, to the draws.</param>
    /// <returns>What reads the arguments, draws, and writes the draws one by one.</returns>
    public static Action<Arguments, Utf8JsonWriter> Of(Func<double[], int, int, long, IEnumerable<double[]>> sample) => (arguments, result) =>
    {
        double[] gradient = arguments.Vector("gradient");
        int count = arguments.Size("count");
        if (count > MostNumbers / gradient.Length)
        {
            throw ProtocolException.TooExpensive($"count must be at most {MostNumbers / gradient.Length} for a gradient of {gradient.Length} numbers: an answer holds at most {MostNumbers}");
        }

        result.WriteStartArray("draws");
        foreach (double[] draw in sample(gradient, arguments.Size("rank"), count, arguments.Count("seed")))
        {
            result.WriteVectorValue(draw);
        }

        result.WriteEndArray();
    };
}
