using System.Text.Json;
using LoraPrivacy.Protocol;
using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>
/// The operation noise/sample: independent draws of AᵀA q, each with a fresh A of independent N(0, 1/r) entries. It has no stored vectors:
/// the draws are tested against the exact law.
/// </summary>
internal static class SamplingOperation
{
    /// <summary>The operation's name.</summary>
    public const string Name = "noise/sample";

    /// <summary>Draws from the definition, with the reference's own Gaussian A.</summary>
    public static Dictionary<string, Action<Arguments, Utf8JsonWriter>> All => new()
    {
        [Name] = Of((gradient, rank, count, seed) =>
        {
            Random random = new((int)(seed ^ (seed >> 31)) & int.MaxValue);
            GradientLaw law = new(gradient, rank);
            return Enumerable.Range(0, count).Select(_ => law.SampleDirect(random));
        }),
    };

    /// <summary>The operation with a sampler.</summary>
    /// <param name="sample">q, r, how many and the seed, to the draws.</param>
    public static Action<Arguments, Utf8JsonWriter> Of(Func<double[], int, int, long, IEnumerable<double[]>> sample) => (arguments, result) =>
    {
        result.WriteStartArray("draws");
        foreach (double[] draw in sample(arguments.Vector("gradient"), arguments.Size("rank"), arguments.Size("count"), arguments.Count("seed")))
        {
            result.WriteVectorValue(draw);
        }

        result.WriteEndArray();
    };
}
