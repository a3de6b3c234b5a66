namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The lower convex envelope of the nodes of a curve, and the law of the privacy loss whose curve it is: at the node t_i the mass t_i times
/// the change of slope (S27, item 2).
/// </summary>
internal readonly ref struct ConvexEnvelope
{
    private readonly CurveNodes nodes;
    private readonly Span<int> corners;
    private readonly double growth;

    private ConvexEnvelope(CurveNodes nodes, Span<int> corners, double growth)
    {
        this.nodes = nodes;
        this.corners = corners;
        this.growth = growth;
    }

    /// <summary>The masses at the nodes, rounded up or down, and the mass at infinity.</summary>
    public static (double[] Masses, double InfinityMass) Masses(CurveNodes nodes, bool up)
    {
        int count = nodes.Excess.Length;
        double[] masses = new double[count];
        var envelope = new ConvexEnvelope(nodes, new int[count], 1 / nodes.Grid.Growth(1));
        int corners = envelope.Scan();
        for (int c = 0; c < corners; c++)
        {
            int left = c > 0 ? envelope.corners[c - 1] : -1;
            int right = c < corners - 1 ? envelope.corners[c + 1] : -1;
            int node = envelope.corners[c];
            double mass = envelope.Mass(left, node, right, out double error);
            masses[node] = Math.Max(0, up ? mass + error : mass - error);
        }

        int end = envelope.corners[corners - 1];
        double below = end + nodes.First < 0 ? -nodes.Grid.Growth(end + nodes.First) : 0;
        return (masses, Math.Min(1, nodes.Excess[end] + below));
    }

    // Drops every node at which the slope would not rise (Graham's scan); returns how many are left.
    private int Scan()
    {
        int top = 0;
        for (int i = 0; i <= nodes.Excess.Length; i++)
        {
            // After the last node the curve is constant.
            int next = i < nodes.Excess.Length ? i : -1;
            while (top > 0 && Mass(top > 1 ? corners[top - 2] : -1, corners[top - 1], next, out _) < 0)
            {
                top--;
            }

            if (next >= 0)
            {
                corners[top++] = i;
            }
        }

        return top;
    }

    // p = α (k_right − k) − (1 + α′)(k − k_left) + base, α = 1/(e^{gap} − 1). Without a left neighbour that is t = 0, where k = 0; without a
    // right one the curve is constant.
    private double Mass(int left, int node, int right, out double error)
    {
        double[] k = nodes.Excess;
        double baseMass = BaseMass(left, node, right);
        if (left >= 0 && right >= 0 && node - left == 1 && right - node == 1)
        {
            // α ((k_right − k) − (k − k_left)) − (k − k_left), with the differences exact to twice the working precision.
            (double after, double afterLow) = Difference(k[right], k[node]);
            (double before, double beforeLow) = Difference(k[node], k[left]);
            (double second, double secondLow) = Difference(after, before);
            double bend = growth * (second + (secondLow + (afterLow - beforeLow)));
            error = OutwardRounding.Unit * (Math.Abs(bend) + Math.Abs(before) + baseMass);
            return bend - before + baseMass;
        }

        double rise = right < 0 ? 0 : (k[right] - k[node]) / nodes.Grid.Growth(right - node);
        double fall = left < 0 ? k[node] : (k[node] - k[left]) * (1 + 1 / nodes.Grid.Growth(node - left));
        error = OutwardRounding.Unit * (Math.Abs(rise) + Math.Abs(fall) + baseMass);
        return rise - fall + baseMass;
    }

    // The part of (1 − t)⁺, whose slope rises from −1 to 0 at t = 1.
    private double BaseMass(int left, int node, int right)
    {
        int zero = -nodes.First;
        LossGrid grid = nodes.Grid;
        if (node == zero)
        {
            return 1;
        }

        return node < zero && (right < 0 || right > zero)
            ? (right < 0 ? Math.Exp(grid.Loss(node - zero)) : grid.Growth(right - zero) / grid.Growth(right - node))
            : node > zero && left < zero
                ? (left < 0 ? 1 : -grid.Growth(left - zero) * (1 + 1 / grid.Growth(node - left)))
                : 0;
    }

    // a − b as a double and its rounding error (Knuth's two-sum).
    private static (double Value, double Error) Difference(double a, double b)
    {
        double value = a - b;
        double part = value - a;
        return (value, (a - (value - part)) - (b + part));
    }
}
