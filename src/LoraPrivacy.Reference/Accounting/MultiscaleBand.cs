namespace LoraPrivacy.Reference.Accounting;

/// <summary>Masses at consecutive points of a grid, of one side of a bound.</summary>
/// <param name="First">The index of the first one.</param>
/// <param name="Values">The masses, none negative.</param>
internal readonly record struct MultiscaleBand(int First, double[] Values)
{
    private const double Unit = OutwardRounding.Unit;

    /// <summary>No mass.</summary>
    public static MultiscaleBand Empty => new(0, []);

    /// <summary>One past the last index.</summary>
    public int End => First + Values.Length;

    /// <summary>The sum of the masses, roughly.</summary>
    public double Total => Values.Sum();

    /// <summary>This band and another on the same grid.</summary>
    public MultiscaleBand Plus(MultiscaleBand other, bool up, double factor = 1)
    {
        if (other.Values.Length == 0)
        {
            return this;
        }

        int first = Values.Length == 0 ? other.First : Math.Min(First, other.First);
        int end = Values.Length == 0 ? other.End : Math.Max(End, other.End);
        double[] sum = new double[end - first];
        Values.CopyTo(sum, Values.Length == 0 ? 0 : First - first);
        double rounding = up ? 1 + Unit / 4 : 1 - Unit / 4;
        int offset = other.First - first;
        for (int i = 0; i < other.Values.Length; i++)
        {
            sum[offset + i] = (sum[offset + i] + factor * other.Values[i]) * rounding;
        }

        return new MultiscaleBand(first, sum);
    }

    /// <summary>The part at the indices [from, to), without zeros at its ends.</summary>
    public MultiscaleBand Slice(int from, int to)
    {
        int first = Math.Max(First, from);
        int end = Math.Min(End, to);
        while (first < end && Values[first - First] == 0)
        {
            first++;
        }

        while (end > first && Values[end - 1 - First] == 0)
        {
            end--;
        }

        return end <= first ? Empty : new MultiscaleBand(first, Values[(first - First)..(end - First)]);
    }

    /// <summary>The convolution with another band.</summary>
    public MultiscaleBand Times(MultiscaleBand other, bool up, double noise)
        => new(First + other.First, DirectedConvolution.Of(Values, other.Values, up, noise));

    /// <summary>The same law at the points below, where it is given at points a fraction of Δ above them (S32, items 2 and 3).</summary>
    /// <param name="fraction">The fraction, in (0, 1).</param>
    /// <param name="spacing">Δ.</param>
    /// <param name="tilt">λ.</param>
    /// <param name="up">The side.</param>
    public MultiscaleBand Shifted(double fraction, double spacing, double tilt, bool up)
    {
        if (Values.Length == 0 || fraction == 0)
        {
            return this;
        }

        double below = fraction * spacing;
        double above = (1 - fraction) * spacing;
        double fall = Math.Exp(-tilt * below);
        double rise = Math.Exp(tilt * above);
        double slack = Unit * (2 + tilt * spacing);
        double[] result = new double[Values.Length + 1];
        if (up)
        {
            double ratio = -ElementaryFunctions.ExpMinusOne(-above) / ElementaryFunctions.ExpMinusOne(below);
            double toLow = 1 / (1 + 1 / ratio);
            double toHigh = 1 / (1 + ratio);
            for (int k = 0; k < result.Length; k++)
            {
                double right = k < Values.Length ? Values[k] : 0;
                double left = k > 0 ? Values[k - 1] : 0;
                result[k] = (toLow * fall * right + toHigh * rise * left) * (1 + slack);
            }
        }
        else
        {
            double[] between = new double[result.Length];
            Values.CopyTo(between, 0);
            result = MeanPreservingMerge.Below(result, between, spacing, below, tilt);
        }

        return new MultiscaleBand(First, result);
    }

    /// <summary>
    /// The same law on every second point (S32, items 2 and 3): for an upper bound what is at an odd point is split between its neighbours, such that E e^{−l} stays;
    /// for a lower one what its two odd neighbours have in balance is merged into an even point, and the rest is moved down.
    /// </summary>
    /// <param name="spacing">Δ of this band.</param>
    /// <param name="tilt">λ.</param>
    /// <param name="up">The side.</param>
    /// <param name="cost">By how much it may move ε, roughly, if the law is of one step.</param>
    public MultiscaleBand Coarsen(double spacing, double tilt, bool up, out double cost)
    {
        cost = 0;
        if (Values.Length == 0)
        {
            return this;
        }

        int first = First >> 1;
        double[] result = new double[(End >> 1) - first + 1];
        double[] values = Values;
        int start = First;
        double At(int index) => index >= start && index < start + values.Length ? values[index - start] : 0;
        double down = Math.Exp(-tilt * spacing);
        double raise = Math.Exp(tilt * spacing);
        double rounding = (up ? 1 : -1) * Unit * (2 + tilt * spacing);
        if (up)
        {
            double toLeft = down / (1 + Math.Exp(spacing));
            double toRight = raise / (1 + Math.Exp(-spacing));
            for (int k = 0; k < result.Length; k++)
            {
                int node = 2 * (first + k);
                double right = At(node + 1);
                result[k] = (At(node) + toLeft * right + toRight * At(node - 1)) * (1 + rounding);
            }
        }
        else
        {
            double[] between = new double[result.Length];
            for (int k = 0; k < result.Length; k++)
            {
                (result[k], between[k]) = (At(2 * (first + k)), At(2 * (first + k) + 1));
            }

            result = MeanPreservingMerge.Below(result, between, 2 * spacing, spacing, tilt);
        }

        cost = Math.Abs(result.Sum() - Values.Sum()) / tilt;
        return new MultiscaleBand(first, result).Slice(int.MinValue / 2, int.MaxValue / 2);
    }
}
