namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The nodes of a piecewise linear function on one side of a privacy curve h(t) = H_{log t}(P‖Q), as k_i = h(t_i) − (1 − t_i)⁺ at t_i = e^{iΔ} (S27,
/// items 2 and 3).
/// </summary>
internal sealed class CurveNodes
{
    private CurveNodes(LossGrid grid, int first, double[] excess)
    {
        Grid = grid;
        First = first;
        Excess = excess;
    }

    /// <summary>The grid.</summary>
    public LossGrid Grid { get; }

    /// <summary>The index of the first node, below 0; the last one is above 0.</summary>
    public int First { get; }

    /// <summary>k_i at the nodes in order; what lies beyond the last node is constant, and before the first it is 0 at t = 0.</summary>
    public double[] Excess { get; }

    /// <summary>Nodes on or above the curve: their lower convex envelope is a curve that dominates it.</summary>
    public static CurveNodes Above(CurveSamples samples)
        => new(samples.Grid, samples.First, Array.ConvertAll(samples.Nodes, node => node.Upper));

    /// <summary>Nodes whose every chord lies on or below the curve: their lower convex envelope is a curve that it dominates.</summary>
    public static CurveNodes Below(CurveSamples samples)
    {
        Bracket[] nodes = samples.Nodes;
        double[] excess = Array.ConvertAll(nodes, node => node.Lower);
        double[] sagitta = new double[nodes.Length - 1];
        double root = 1 + samples.Grid.Growth(0.5);
        for (int i = 0; i < sagitta.Length; i++)
        {
            // A chord less the curve is concave in t, so at most 1 + e^{Δ/2} times its value at the middle node (S27, item 3).
            double chord = OutwardRounding.Up((nodes[i].Upper * root + nodes[i + 1].Upper) / (root + 1));
            sagitta[i] = OutwardRounding.Up(Math.Max(0, chord - samples.Middles[i]) * (1 + root));
        }

        return Lower(samples.Pair, samples.Grid, samples.First, excess, sagitta);
    }

    // Every node is lowered by the larger sagitta of its two cells; a cell that cannot be has both its nodes on the base line, which
    // is the constant P(L = ∞) on the right and (1 − t)⁺ on the left.
    private static CurveNodes Lower(PrivacyPair pair, LossGrid grid, int first, double[] excess, double[] sagitta)
    {
        int count = excess.Length;
        bool[] grounded = new bool[count];
        grounded[0] = true;
        grounded[count - 1] = true;
        double floor = pair.Forward.Floor;
        for (int i = 0; i < count - 1; i++)
        {
            if (excess[i] - Base(first + i) < sagitta[i] || excess[i + 1] - Base(first + i + 1) < sagitta[i])
            {
                grounded[i] = true;
                grounded[i + 1] = true;
            }
        }

        if (grounded[-first])
        {
            // Too coarse a grid: nothing is known but h(t) ≥ (1 − t)⁺.
            return new CurveNodes(grid, first, new double[count]);
        }

        double[] lowered = new double[count];
        for (int i = 0; i < count; i++)
        {
            double most = Math.Max(i > 0 ? sagitta[i - 1] : 0, i < count - 1 ? sagitta[i] : 0);
            double value = (excess[i] - most) * (1 - OutwardRounding.Unit);
            lowered[i] = grounded[i] ? Base(first + i) : Math.Max(Base(first + i), value);
        }

        return new CurveNodes(grid, first, lowered);

        double Base(int index) => index < 0 ? 0 : floor;
    }
}
