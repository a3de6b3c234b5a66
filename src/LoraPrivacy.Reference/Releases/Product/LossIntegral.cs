namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>What is integrated over the direction of the release.</summary>
internal enum LossFunctional
{
    /// <summary>(1 − e^{ε − L})₊.</summary>
    HockeyStick,

    /// <summary>−d/dε of the above.</summary>
    Slope,

    /// <summary>The event L &gt; l.</summary>
    Survival,

    /// <summary>The event L ≤ l.</summary>
    Distribution,
}

/// <summary>
/// Expectations of functions of the privacy loss over h &gt; 0: the one-dimensional integrals of S11 and S13.
/// </summary>
[Statement("S11")]
[Statement("S13")]
internal readonly struct LossIntegral
{
    private const int MostEnds = 128;
    private const double Widening = 1.6;

    private readonly SketchDirection direction;
    private readonly ConditionalLoss conditional;
    private readonly double logRatio;

    public LossIntegral(SketchDirection direction, ConditionalLoss conditional, double logRatio)
    {
        this.direction = direction;
        this.conditional = conditional;
        this.logRatio = logRatio;
    }

    /// <summary>E[f(L); h &gt; 0] to the given tolerance, relative to the result plus <paramref name="known"/>.</summary>
    public double Evaluate(LossFunctional functional, double threshold, double tolerance, double known)
    {
        Span<double> ends = stackalloc double[MostEnds];
        int count = Ends(threshold, ends);
        Span<(double, double)> panels = stackalloc (double, double)[count - 1];
        CentreOut(ends[..count], direction.Centre, panels);
        Integrand integrand = new(this, functional, threshold);
        return Math.Max(0, AdaptiveQuadrature.Integrate(ref integrand, panels, tolerance, known));
    }

    // Panels grow geometrically from the mode; further ends stand where the loss passes the threshold (x = 0, x = a)
    // and where the two conditional laws agree (v = 0), where the integrand is flat but not analytic.
    private int Ends(double threshold, Span<double> ends)
    {
        int count = 0;
        ends[count++] = direction.Low;
        ends[count++] = direction.High;
        ends[count++] = direction.Centre;
        double offset = direction.Scale;
        while ((direction.Centre - offset > direction.Low || direction.Centre + offset < direction.High)
            && count + 2 < MostEnds - 24)
        {
            Add(direction.Centre - offset, ends, ref count);
            Add(direction.Centre + offset, ends, ref count);
            offset *= Widening;
        }

        double a = conditional.Shape;
        AddRatio(0, ends, ref count);
        double atEqual = threshold + conditional.Exponent * logRatio;
        double slope = a - conditional.Exponent;
        if (slope != 0)
        {
            AddRatio(-atEqual / slope, ends, ref count);
        }

        // Close to v = 0 the integrand bends on the scales where x − a = atEqual/v is of the order of √a or r; where
        // atEqual is small these are far narrower than any panel, and no node would see them.
        AddBend(Math.Abs(atEqual) / Math.Sqrt(a), ends, ref count);
        if (conditional.Exponent > 0)
        {
            AddBend(Math.Abs(atEqual) / conditional.Exponent, ends, ref count);
        }

        if (atEqual > 0)
        {
            double level = atEqual / a;
            double up = level < 1 ? Math.Sqrt(2 * level) : Math.Log(1 + level + Math.Log(1 + level));
            double down = level < 1 ? Math.Sqrt(2 * level) : 1 + level;
            double width = 1 / Math.Sqrt(a);
            AddRatio(up, ends, ref count);
            AddRatio(-down, ends, ref count);
            AddRatio(up + 4 * width, ends, ref count);
            AddRatio(-down - 4 * width, ends, ref count);
            AddRatio(Math.Max(up - 4 * width, up / 2), ends, ref count);
            AddRatio(Math.Min(-down + 4 * width, -down / 2), ends, ref count);
        }

        ends[..count].Sort();
        return count;
    }

    private void AddBend(double scale, Span<double> ends, ref int count)
    {
        foreach (double v in (ReadOnlySpan<double>)[scale / 3, scale, 3 * scale])
        {
            AddRatio(v, ends, ref count);
            AddRatio(-v, ends, ref count);
        }
    }

    private void AddRatio(double v, Span<double> ends, ref int count)
        => Add(direction.AtLogRatio(logRatio - v), ends, ref count);

    private void Add(double t, Span<double> ends, ref int count)
    {
        if (t > direction.Low && t < direction.High)
        {
            ends[count++] = t;
        }
    }

    private static void CentreOut(ReadOnlySpan<double> ends, double centre, Span<(double, double)> panels)
    {
        int right = 0;
        while (right < ends.Length - 1 && ends[right] < centre)
        {
            right++;
        }

        int left = right - 1;
        for (int i = 0; i < panels.Length; i++)
        {
            bool takeRight = left < 0
                || (right < ends.Length - 1 && ends[right] - centre <= centre - ends[left + 1]);
            if (takeRight)
            {
                panels[i] = (ends[right], ends[right + 1]);
                right++;
            }
            else
            {
                panels[i] = (ends[left], ends[left + 1]);
                left--;
            }
        }
    }

    private readonly struct Integrand(LossIntegral owner, LossFunctional functional, double threshold) : IIntegrand
    {
        public double At(double t)
        {
            double density = owner.direction.Density(t, out double u);
            if (density == 0)
            {
                return 0;
            }

            double v = owner.logRatio - u;
            double value = functional switch
            {
                LossFunctional.HockeyStick => owner.conditional.HockeyStick(u, v, threshold),
                LossFunctional.Slope => owner.conditional.Slope(u, v, threshold),
                LossFunctional.Survival => owner.conditional.Survival(u, v, threshold),
                _ => owner.conditional.Distribution(u, v, threshold),
            };
            return density * value;
        }

        // The density has one mode and the rest of the integrand is at most 1.
        public double Bound(double low, double high)
        {
            double reach = 2 * owner.direction.Scale;
            if (low - reach < owner.direction.Centre && high + reach > owner.direction.Centre)
            {
                return double.PositiveInfinity;
            }

            return (high - low) * Math.Max(owner.direction.Density(low, out _), owner.direction.Density(high, out _));
        }
    }
}
