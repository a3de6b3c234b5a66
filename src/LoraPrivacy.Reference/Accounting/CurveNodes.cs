using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A privacy curve h(t) = H_{log t}(P‖Q) at the nodes t_i = e^{iΔ}, as k_i = h(t_i) − (1 − t_i)⁺, which keeps the digits of both tails: k_i is
/// the forward curve for i ≥ 0 and t_i times the reverse curve for i ≤ 0 (S27, item 2).
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
    public static CurveNodes Above(PrivacyPair pair, LossGrid grid, int first, int last)
    {
        double[] excess = new double[last - first + 1];
        for (int i = first; i <= last; i++)
        {
            excess[i - first] = At(pair, grid, i).Upper;
        }

        return new CurveNodes(grid, first, excess);
    }

    /// <summary>Nodes whose every chord lies on or below the curve: their lower convex envelope is a curve that it dominates.</summary>
    public static CurveNodes Below(PrivacyPair pair, LossGrid grid, int first, int last)
    {
        int count = last - first + 1;
        double[] excess = new double[count];
        double[] sagitta = new double[count - 1];
        double root = 1 + grid.Growth(0.5);
        Bracket left = At(pair, grid, first);
        excess[0] = left.Lower;
        for (int i = 0; i < count - 1; i++)
        {
            Bracket right = At(pair, grid, first + i + 1);
            double middle = At(pair, grid, first + i + 0.5).Lower;

            // A chord less the curve is concave in t, so at most 1 + e^{Δ/2} times its value at the middle node (S27, item 3).
            double chord = OutwardRounding.Up((left.Upper * root + right.Upper) / (root + 1));
            sagitta[i] = OutwardRounding.Up(Math.Max(0, chord - middle) * (1 + root));
            excess[i + 1] = right.Lower;
            left = right;
        }

        return Lower(pair, grid, first, excess, sagitta);
    }

    // Every node is lowered by the larger sagitta of its two cells; a cell that cannot be has both its nodes on the base line, which
    // is the constant P(L = ∞) on the right and (1 − t)⁺ on the left.
    private static CurveNodes Lower(PrivacyPair pair, LossGrid grid, int first, double[] excess, double[] sagitta)
    {
        int count = excess.Length;
        bool[] grounded = new bool[count];
        grounded[0] = true;
        grounded[count - 1] = true;
        double floor = pair.Forward.InfiniteLoss;
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
