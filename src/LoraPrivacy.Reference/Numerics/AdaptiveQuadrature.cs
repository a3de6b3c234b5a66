namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Globally adaptive Gauss–Kronrod quadrature (7, 15 points) of the panels the caller names, with QUADPACK's error
/// estimate (Piessens et al. 1983). MathNet's GaussKronrodRule takes a delegate, allocates, and has one starting
/// panel; the integrals here have known kinks and run inside root finding.
/// </summary>
public static class AdaptiveQuadrature
{
    private const int MostPanels = 600;
    private const double Negligible = 1e-17;

    // Kronrod abscissae and weights for 15 points; every second abscissa is one of the 7-point Gauss rule.
    private static ReadOnlySpan<double> Nodes =>
    [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
        0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
        0.586087235467691130294144838258730, 0.405845151377397166906606412076961,
        0.207784955007898467600689403773245, 0,
    ];

    private static ReadOnlySpan<double> KronrodWeights =>
    [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
        0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
        0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
        0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ];

    private static ReadOnlySpan<double> GaussWeights =>
    [
        0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
        0.381830050505118944950369775488975, 0.417959183673469387755102040816327,
    ];

    /// <summary>∫ f over [low, high].</summary>
    /// <typeparam name="T">The integrand's type.</typeparam>
    /// <param name="integrand">The integrand; finite on the interval.</param>
    /// <param name="low">Lower end, finite.</param>
    /// <param name="high">Upper end, finite, at least low.</param>
    /// <param name="relativeTolerance">The error aimed at, relative to the integral.</param>
    /// <returns>The integral.</returns>
    /// <exception cref="ArithmeticException">The tolerance is not reached with 600 panels.</exception>
    public static double Integrate<T>(ref T integrand, double low, double high, double relativeTolerance)
        where T : struct, IIntegrand
    {
        ReadOnlySpan<(double, double)> panels = [(low, high)];
        return Integrate(ref integrand, panels, relativeTolerance, 0);
    }

    /// <summary>∫ f over the union of panels.</summary>
    /// <typeparam name="T">The integrand's type.</typeparam>
    /// <param name="integrand">The integrand; finite on the panels.</param>
    /// <param name="starts">Disjoint panels, best with the ones that hold most of the integral first: a later panel
    /// whose bound is below the rounding of what was found already is skipped.</param>
    /// <param name="relativeTolerance">The error aimed at, relative to |∫f| + <paramref name="known"/>.</param>
    /// <param name="known">A non-negative amount that the caller will add to the integral.</param>
    /// <returns>The integral, without <paramref name="known"/>.</returns>
    /// <exception cref="ArithmeticException">The tolerance is not reached with 600 panels.</exception>
    public static double Integrate<T>(
        ref T integrand, ReadOnlySpan<(double Low, double High)> starts, double relativeTolerance, double known)
        where T : struct, IIntegrand
    {
        Span<Panel> panels = stackalloc Panel[MostPanels];
        int count = 0;
        double total = 0;
        double error = 0;
        foreach ((double low, double high) in starts)
        {
            if (high > low && integrand.Bound(low, high) > Negligible * (Math.Abs(total) + known))
            {
                panels[count] = Evaluate(ref integrand, low, high);
                total += panels[count].Value;
                error += panels[count].Error;
                count++;
            }
        }

        while (error > relativeTolerance * (Math.Abs(total) + known) && total != 0)
        {
            int worst = 0;
            for (int i = 1; i < count; i++)
            {
                worst = panels[i].Error > panels[worst].Error ? i : worst;
            }

            Panel panel = panels[worst];
            double middle = 0.5 * (panel.Low + panel.High);
            if (count == MostPanels)
            {
                throw new ArithmeticException("the quadrature did not reach its tolerance");
            }

            if (!(middle > panel.Low && middle < panel.High))
            {
                // The panel cannot be halved in doubles: what it holds is below rounding.
                error -= panel.Error;
                panels[worst].Error = 0;
                continue;
            }

            panels[worst] = Evaluate(ref integrand, panel.Low, middle);
            panels[count] = Evaluate(ref integrand, middle, panel.High);
            count++;
            total = 0;
            error = 0;
            for (int i = 0; i < count; i++)
            {
                total += panels[i].Value;
                error += panels[i].Error;
            }
        }

        return total;
    }

    private static Panel Evaluate<T>(ref T integrand, double low, double high)
        where T : struct, IIntegrand
    {
        ComputationLimit.ThrowIfReached();
        double centre = 0.5 * (low + high);
        double half = 0.5 * (high - low);
        Span<double> left = stackalloc double[7];
        Span<double> right = stackalloc double[7];
        double middle = integrand.At(centre);
        double kronrod = KronrodWeights[7] * middle;
        double gauss = GaussWeights[3] * middle;
        double absolute = KronrodWeights[7] * Math.Abs(middle);
        for (int i = 0; i < 7; i++)
        {
            double offset = half * Nodes[i];
            left[i] = integrand.At(centre - offset);
            right[i] = integrand.At(centre + offset);
            kronrod += KronrodWeights[i] * (left[i] + right[i]);
            absolute += KronrodWeights[i] * (Math.Abs(left[i]) + Math.Abs(right[i]));
            if (i % 2 == 1)
            {
                gauss += GaussWeights[i / 2] * (left[i] + right[i]);
            }
        }

        double mean = 0.5 * kronrod;
        double spread = KronrodWeights[7] * Math.Abs(middle - mean);
        for (int i = 0; i < 7; i++)
        {
            spread += KronrodWeights[i] * (Math.Abs(left[i] - mean) + Math.Abs(right[i] - mean));
        }

        spread *= half;
        double difference = Math.Abs(kronrod - gauss) * half;
        double error = spread > 0 && difference > 0
            ? spread * Math.Min(1, Math.Pow(200 * difference / spread, 1.5))
            : difference;

        // Below the rounding of the sum itself no halving helps.
        error = error < 2e-15 * absolute * half ? 0 : error;
        return new Panel { Low = low, High = high, Value = kronrod * half, Error = error };
    }

    private struct Panel
    {
        public double Low;
        public double High;
        public double Value;
        public double Error;
    }
}
