namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Bounds of a privacy curve h(t) = H_{log t}(P‖Q) at the nodes t_i = e^{iΔ} and between them, as k_i = h(t_i) − (1 − t_i)⁺, which keeps the digits of both
/// tails: k_i is the forward curve for i ≥ 0 and t_i times the reverse curve for i ≤ 0 (S27, item 2). Taken once for both sides of the curve, on all cores.
/// </summary>
internal sealed class CurveSamples
{
    // Fewer nodes than this are not worth a second core where the curve is a closed form.
    private const int Chunk = 256;

    private CurveSamples(PrivacyPair pair, LossGrid grid, int first, Bracket[] nodes, double[] middles)
    {
        Pair = pair;
        Grid = grid;
        First = first;
        Nodes = nodes;
        Middles = middles;
    }

    /// <summary>The pair.</summary>
    public PrivacyPair Pair { get; }

    /// <summary>The grid.</summary>
    public LossGrid Grid { get; }

    /// <summary>The index of the first node, below 0; the last one is above 0.</summary>
    public int First { get; }

    /// <summary>k_i at the nodes in order, between bounds.</summary>
    public Bracket[] Nodes { get; }

    /// <summary>Lower bounds of k at √(t_i t_{i+1}); empty where only the upper side is wanted.</summary>
    public double[] Middles { get; }

    /// <summary>Samples the curve at the nodes first … last.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="first">The first index, below 0.</param>
    /// <param name="last">The last index, above 0.</param>
    /// <param name="withMiddles">Whether the middles are wanted, which only the lower side needs.</param>
    public static CurveSamples Of(PrivacyPair pair, LossGrid grid, int first, int last, bool withMiddles)
    {
        Bracket[] nodes = new Bracket[last - first + 1];
        double[] middles = withMiddles ? new double[last - first] : [];
        Parallel.For(0, (nodes.Length + Chunk - 1) / Chunk, chunk =>
        {
            for (int i = chunk * Chunk; i < Math.Min(nodes.Length, (chunk + 1) * Chunk); i++)
            {
                ComputationLimit.ThrowIfReached();
                nodes[i] = At(pair, grid, first + i);
                if (i < middles.Length)
                {
                    middles[i] = At(pair, grid, first + i + 0.5).Lower;
                }
            }
        });
        return new CurveSamples(pair, grid, first, nodes, middles);
    }

    // k at the loss iΔ, between bounds.
    private static Bracket At(PrivacyPair pair, LossGrid grid, double index)
    {
        double loss = grid.Loss(index);
        if (index >= 0)
        {
            return pair.Forward.Delta(loss);
        }

        Bracket reverse = pair.Reverse.Delta(-loss);
        double factor = Math.Exp(loss);
        return new Bracket(
            reverse.Lower * factor * (1 - OutwardRounding.Unit), reverse.Upper > 0 ? OutwardRounding.Up(reverse.Upper * factor) : 0);
    }
}
