namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Bounds of a privacy curve h(t) = H_{log t}(P‖Q) at nodes t_i = e^{l_i} and between them, as k_i = h(t_i) − (1 − t_i)⁺, which keeps the digits of both
/// tails: k_i is the forward curve for l_i ≥ 0 and t_i times the reverse curve for l_i ≤ 0 (S27, item 2). Taken once for both sides of the curve, on all cores.
/// </summary>
internal sealed class CurveSamples
{
    // Fewer nodes than this are not worth a second core where the curve is a closed form.
    private const int Chunk = 256;

    private CurveSamples(PrivacyPair pair, double[] losses, Bracket[] nodes, double[] middles)
    {
        Pair = pair;
        Losses = losses;
        Nodes = nodes;
        Middles = middles;
    }

    /// <summary>The pair.</summary>
    public PrivacyPair Pair { get; }

    /// <summary>The losses l_i, rising, 0 among them.</summary>
    public double[] Losses { get; }

    /// <summary>k_i at the nodes in order, between bounds.</summary>
    public Bracket[] Nodes { get; }

    /// <summary>Lower bounds of k at √(t_i t_{i+1}); empty where only the upper side is wanted.</summary>
    public double[] Middles { get; }

    /// <summary>Samples the curve.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="losses">The losses of the nodes, rising, 0 among them; sums of two neighbours are exact.</param>
    /// <param name="withMiddles">Whether the middles are wanted, which only the lower side needs.</param>
    public static CurveSamples Of(PrivacyPair pair, double[] losses, bool withMiddles)
    {
        Bracket[] nodes = new Bracket[losses.Length];
        double[] middles = withMiddles ? new double[losses.Length - 1] : [];
        Parallel.For(0, (nodes.Length + Chunk - 1) / Chunk, chunk =>
        {
            for (int i = chunk * Chunk; i < Math.Min(nodes.Length, (chunk + 1) * Chunk); i++)
            {
                ComputationLimit.ThrowIfReached();
                nodes[i] = At(pair, losses[i]);
                if (i < middles.Length)
                {
                    middles[i] = At(pair, 0.5 * (losses[i] + losses[i + 1])).Lower;
                }
            }
        });
        return new CurveSamples(pair, losses, nodes, middles);
    }

    // k between bounds.
    private static Bracket At(PrivacyPair pair, double loss)
    {
        if (loss >= 0)
        {
            return pair.Forward.Delta(loss);
        }

        Bracket reverse = pair.Reverse.Delta(-loss);
        double factor = Math.Exp(loss);
        return new Bracket(
            reverse.Lower * factor * (1 - OutwardRounding.Unit), reverse.Upper > 0 ? OutwardRounding.Up(reverse.Upper * factor) : 0);
    }
}
