namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The lower convex envelope of the nodes of a curve, and the law of the privacy loss whose curve it is: at the node t_i the mass t_i times
/// the change of slope (S27, item 2).
/// </summary>
internal readonly ref struct ConvexEnvelope
{
    private readonly double[] losses;
    private readonly double[] k;

    // 1/(e^{gap} − 1) of every cell.
    private readonly double[] rates;
    private readonly Span<int> corners;
    private readonly int zero;

    private ConvexEnvelope(CurveNodes nodes, Span<int> corners)
    {
        losses = nodes.Losses;
        k = nodes.Excess;
        this.corners = corners;
        zero = Array.IndexOf(losses, 0);
        rates = new double[losses.Length - 1];
        double gap = double.NaN;
        for (int i = 0; i < rates.Length; i++)
        {
            double next = losses[i + 1] - losses[i];
            rates[i] = next == gap ? rates[i - 1] : 1 / ElementaryFunctions.ExpMinusOne(next);
            gap = next;
        }
    }

    /// <summary>The masses at the nodes, rounded up or down, and the mass at infinity.</summary>
    public static (double[] Masses, double InfinityMass) Masses(CurveNodes nodes, bool up)
    {
        int count = nodes.Excess.Length;
        double[] masses = new double[count];
        var envelope = new ConvexEnvelope(nodes, new int[count]);
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
        double below = nodes.Losses[end] < 0 ? -ElementaryFunctions.ExpMinusOne(nodes.Losses[end]) : 0;
        return (masses, Math.Min(1, nodes.Excess[end] + below));
    }

    // Drops every node at which the slope would not rise (Graham's scan); returns how many are left.
    private int Scan()
    {
        int top = 0;
        for (int i = 0; i <= k.Length; i++)
        {
            // After the last node the curve is constant.
            int next = i < k.Length ? i : -1;
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
        double baseMass = BaseMass(left, node, right);
        if (left >= 0 && right >= 0 && node - left == 1 && right - node == 1 && rates[left] == rates[node])
        {
            // α ((k_right − k) − (k − k_left)) − (k − k_left), with the differences exact to twice the working precision.
            (double after, double afterLow) = Difference(k[right], k[node]);
            (double before, double beforeLow) = Difference(k[node], k[left]);
            (double second, double secondLow) = Difference(after, before);
            double bend = rates[node] * (second + (secondLow + (afterLow - beforeLow)));
            error = OutwardRounding.Unit * (Math.Abs(bend) + Math.Abs(before) + baseMass);
            return bend - before + baseMass;
        }

        double rise = right < 0 ? 0 : (k[right] - k[node]) * Rate(node, right);
        double fall = left < 0 ? k[node] : (k[node] - k[left]) * (1 + Rate(left, node));
        error = OutwardRounding.Unit * (Math.Abs(rise) + Math.Abs(fall) + baseMass);
        return rise - fall + baseMass;
    }

    private double Rate(int from, int to) => to == from + 1 ? rates[from] : 1 / ElementaryFunctions.ExpMinusOne(losses[to] - losses[from]);

    // The part of (1 − t)⁺, whose slope rises from −1 to 0 at t = 1.
    private double BaseMass(int left, int node, int right)
    {
        if (node == zero)
        {
            return 1;
        }

        return node < zero && (right < 0 || right > zero)
            ? (right < 0 ? Math.Exp(losses[node]) : Ratio(losses[right], losses[right] - losses[node]))
            : node > zero && left < zero
                ? (left < 0 ? 1 : -ElementaryFunctions.ExpMinusOne(losses[left]) * (1 + Rate(left, node)))
                : 0;
    }

    // (e^a − 1)/(e^b − 1), 0 < a < b, also where both overflow.
    private static double Ratio(double a, double b) => b < 700
        ? ElementaryFunctions.ExpMinusOne(a) / ElementaryFunctions.ExpMinusOne(b)
        : Math.Exp(a - b) * -ElementaryFunctions.ExpMinusOne(-a);

    // a − b as a double and its rounding error (Knuth's two-sum).
    private static (double Value, double Error) Difference(double a, double b)
    {
        double value = a - b;
        double part = value - a;
        return (value, (a - (value - part)) - (b + part));
    }
}
