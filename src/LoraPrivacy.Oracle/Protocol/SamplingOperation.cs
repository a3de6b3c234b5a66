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

    private const int MostDraws = 100_000;
    private const double LargestSeed = (1L << 53) - 1;

    /// <summary>Draws from the definition, with the reference's own Gaussian A.</summary>
    public static Operation OfReference { get; } = Of((gradient, rank, count, seed) =>
    {
        Random random = new((int)(seed ^ (seed >> 31)) & int.MaxValue);
        GradientLaw law = new(gradient, rank);
        return Enumerable.Range(0, count).Select(_ => law.SampleDirect(random));
    });

    /// <summary>The operation with a sampler.</summary>
    /// <param name="sample">q, r, how many and the seed, to the draws.</param>
    public static Operation Of(Func<double[], int, int, long, IEnumerable<double[]>> sample)
        => new(Name, "S6", ["gradient", "rank", "count", "seed"], (parameters, result) =>
        {
            double[] gradient = parameters.Vector("gradient");
            int rank = parameters.Size("rank");
            int count = Count(parameters);
            long seed = Seed(parameters);
            result.WriteStartArray("draws");
            foreach (double[] draw in sample(gradient, rank, count, seed))
            {
                result.WriteStartArray();
                foreach (double entry in draw)
                {
                    result.WriteRealValue(entry);
                }

                result.WriteEndArray();
            }

            result.WriteEndArray();
        });

    private static int Count(ParameterReader parameters)
    {
        int count = parameters.Size("count");
        return count <= MostDraws ? count : throw parameters.Outside("count", $"an integer in [1, {MostDraws}]");
    }

    private static long Seed(ParameterReader parameters)
    {
        double seed = parameters.Between("seed", 0, LargestSeed);
        return seed == Math.Floor(seed) ? (long)seed : throw parameters.Outside("seed", $"an integer in [0, {LargestSeed:R}]");
    }
}
