namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The nodes of a piecewise linear function on one side of a privacy curve h(t) = H_{log t}(P‖Q), as k_i = h(t_i) − (1 − t_i)⁺ at t_i = e^{l_i} (S27,
/// items 2 and 3).
/// </summary>
internal sealed class CurveNodes
{
    private CurveNodes(double[] losses, double[] excess)
    {
        Losses = losses;
        Excess = excess;
    }

    /// <summary>The losses l_i in order, 0 among them.</summary>
    public double[] Losses { get; }

    /// <summary>k_i at the nodes in order; what lies beyond the last node is constant, and before the first it is 0 at t = 0.</summary>
    public double[] Excess { get; }

    /// <summary>Nodes on or above the curve: their lower convex envelope is a curve that dominates it.</summary>
    public static CurveNodes Above(CurveSamples samples)
        => new(samples.Losses, Array.ConvertAll(samples.Nodes, node => node.Upper));

    /// <summary>Nodes whose every chord lies on or below the curve: their lower convex envelope is a curve that it dominates.</summary>
    public static CurveNodes Below(CurveSamples samples)
    {
        Bracket[] nodes = samples.Nodes;
        double[] excess = Array.ConvertAll(nodes, node => node.Lower);
        double[] sagitta = new double[nodes.Length - 1];
        double before = double.NaN;
        double root = 1;
        for (int i = 0; i < sagitta.Length; i++)
        {
            double gap = samples.Losses[i + 1] - samples.Losses[i];
            if (gap != before)
            {
                (before, root) = (gap, Math.Exp(0.5 * gap));
            }

            // A chord less the curve is concave in t, so at most 1 + e^{Δ/2} times its value at the middle node (S27, item 3).
            double weight = 1 / (1 + root);
            double chord = OutwardRounding.Up(nodes[i].Upper * (1 - weight) + nodes[i + 1].Upper * weight);
            sagitta[i] = chord <= samples.Middles[i] ? 0 : OutwardRounding.Up((chord - samples.Middles[i]) * (1 + root));
        }

        return Lower(samples, excess, sagitta);
    }

    // Every node is lowered by the larger sagitta of its two cells; a cell that cannot be has both its nodes on the base line, which
    // is the constant P(L = ∞) on the right and (1 − t)⁺ on the left.
    private static CurveNodes Lower(CurveSamples samples, double[] excess, double[] sagitta)
    {
        int count = excess.Length;
        bool[] grounded = new bool[count];
        grounded[0] = true;
        grounded[count - 1] = true;
        double floor = samples.Pair.Forward.Floor;
        for (int i = 0; i < count - 1; i++)
        {
            if (excess[i] - Base(i) < sagitta[i] || excess[i + 1] - Base(i + 1) < sagitta[i])
            {
                grounded[i] = true;
                grounded[i + 1] = true;
            }
        }

        if (grounded[Array.IndexOf(samples.Losses, 0)])
        {
            // Too coarse a grid: nothing is known but h(t) ≥ (1 − t)⁺.
            return new CurveNodes(samples.Losses, new double[count]);
        }

        double[] lowered = new double[count];
        for (int i = 0; i < count; i++)
        {
            double most = Math.Max(i > 0 ? sagitta[i - 1] : 0, i < count - 1 ? sagitta[i] : 0);
            double value = (excess[i] - most) * (1 - OutwardRounding.Unit);
            lowered[i] = grounded[i] ? Base(i) : Math.Max(Base(i), value);
        }

        return new CurveNodes(samples.Losses, lowered);

        double Base(int index) => samples.Losses[index] < 0 ? 0 : floor;
    }
}
