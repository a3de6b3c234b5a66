namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Rényi divergence of one step of the Poisson-subsampled Gaussian mechanism under addition or removal of one example, and the
/// (ε, δ) that it proves for T steps (S19, items 3 and 4).
/// </summary>
/// <remarks>
/// <para>At an integer order α the moment of (1 − q)N(0, σ²) + qN(1, σ²) relative to N(0, σ²) is a sum of α + 1 terms (Mironov, Talwar and
/// Zhang, 2019), and the other direction's is not larger. The conversion is that of Canonne, Kamath and Steinke (2020) at the
/// best of the orders 2 to 4096. The bound is loose where the best order would be a fraction near 1 (large ε), or beyond 4096 (ε below
/// about 0.005 at δ = 1e-5).</para>
/// <para>Every result is an upper bound: sums and conversions are rounded towards less private.</para>
/// </remarks>
[Statement("S19")]
public readonly record struct SubsampledGaussianRenyi
{
    /// <summary>The largest order that is tried, 4096.</summary>
    public const int LargestOrder = 4096;

    // A larger ε is treated as this one, which bounds its δ and cannot overflow.
    private const double LargestEpsilon = 1e300;

    private static readonly double[] LogFactorials = TabulateLogFactorials();

    /// <summary>The step of a noise multiplier and a sampling rate.</summary>
    /// <param name="noiseMultiplier">σ, the standard deviation of the noise over the sensitivity C, positive and finite.</param>
    /// <param name="samplingRate">q, the probability with which each example enters a batch, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SubsampledGaussianRenyi(double noiseMultiplier, double samplingRate)
    {
        NoiseMultiplier = Argument.Positive(noiseMultiplier);
        SamplingRate = Argument.Rate(samplingRate);
    }

    /// <summary>σ &gt; 0.</summary>
    public double NoiseMultiplier { get; }

    /// <summary>q in (0, 1].</summary>
    public double SamplingRate { get; }

    /// <summary>An upper bound of D_α of one step, in the direction in which it is larger.</summary>
    /// <param name="order">α, in [2, 4096].</param>
    /// <returns>D_α &gt; 0, above the exact value by at most 1e-10 of it as long as the order is below 1024 (1e-9 up to 4096); +∞
    /// where it would exceed the largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside its range.</exception>
    public double RenyiDivergence(int order) => OutwardRounding.Up(LogMoment(order) / (order - 1));

    /// <summary>An upper bound of log E[(dP/dQ)^α] = (α − 1) D_α for P = (1 − q)N(0, σ²) + qN(1, σ²) and Q = N(0, σ²).</summary>
    /// <param name="order">α, in [2, 4096].</param>
    /// <returns>The logarithm, as accurate as <see cref="RenyiDivergence"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside its range.</exception>
    public double LogMoment(int order)
    {
        Argument.InRange(order, 2, LargestOrder, nameof(order));
        if (SamplingRate == 1)
        {
            return OutwardRounding.Up(0.5 * order * (order - 1) / NoiseMultiplier / NoiseMultiplier);
        }

        // The binomial weights sum to 1, so the moment less 1 is a sum of positive terms: weight · (e^{k(k−1)/(2σ²)} − 1).
        double logRate = Math.Log(SamplingRate);
        double logRest = ElementaryFunctions.LogOnePlus(-SamplingRate);
        Span<double> terms = stackalloc double[order - 1];
        double largest = double.NegativeInfinity;
        for (int k = 2; k <= order; k++)
        {
            terms[k - 2] = LogTerm(order, k, logRate, logRest);
            largest = Math.Max(largest, terms[k - 2]);
        }

        if (double.IsPositiveInfinity(largest))
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        foreach (double term in terms)
        {
            sum += Math.Exp(term - largest);
        }

        // Adding up the terms costs a rounding each.
        double logExcess = OutwardRounding.Up(largest + Math.Log(sum), Math.Abs(largest) + order);
        double logMoment = logExcess > 40 ? logExcess + Math.Exp(-logExcess) : ElementaryFunctions.LogOnePlus(Math.Exp(logExcess));
        return OutwardRounding.Up(logMoment);
    }

    /// <summary>An upper bound of the ε of T steps at a δ; the orders' best.</summary>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε ≥ 0, or +∞.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double EpsilonUpperBound(long steps, double delta)
    {
        Argument.NonNegative(steps);
        double logDelta = Math.Log(Argument.Probability(delta));
        return steps == 0 ? 0 : Math.Max(0, SmallestOverOrders(new EpsilonAtOrder(this, steps, logDelta)));
    }

    /// <summary>An upper bound of log δ of T steps at an ε; the orders' best.</summary>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>log δ ≤ 0; −∞ for no steps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double LogDeltaUpperBound(long steps, double epsilon)
    {
        Argument.NonNegative(steps);
        Argument.NonNegative(epsilon);
        return steps == 0 ? double.NegativeInfinity : Math.Min(0, SmallestOverOrders(new LogDeltaAtOrder(this, steps, Math.Min(epsilon, LargestEpsilon))));
    }

    // log[C(α, k) (1 − q)^{α−k} q^k (e^x − 1)], x = k(k − 1)/(2σ²), rounded up.
    private double LogTerm(int order, int k, double logRate, double logRest)
    {
        double exponent = 0.5 * k * (k - 1) / NoiseMultiplier / NoiseMultiplier;
        if (double.IsInfinity(exponent))
        {
            return double.PositiveInfinity;
        }

        double binomial = LogFactorials[order] - LogFactorials[k] - LogFactorials[order - k];
        double weight = (order - k) * logRest + k * logRate;

        // Where the exponent underflows, the smallest double stands for it.
        double growth = Math.Log(-ElementaryFunctions.ExpMinusOne(-Math.Max(exponent, double.Epsilon)));
        double magnitude = LogFactorials[order] - weight + exponent - growth + 1;
        return OutwardRounding.Up(binomial + weight + exponent + growth, 2 * magnitude);
    }

    // Both functions of the order are quasi-convex (S19, item 4): the sign of one difference tells on which side the least value is.
    private static double SmallestOverOrders<T>(T function)
        where T : struct, IFunctionOfOrder
    {
        int low = 2;
        int high = 4;
        while (high < LargestOrder && function.At(high + 1) < function.At(high))
        {
            low = high;
            high *= 2;
        }

        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (function.At(middle + 1) < function.At(middle))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return function.At(low);
    }

    private static double[] TabulateLogFactorials()
    {
        double[] table = new double[LargestOrder + 1];
        CompensatedSum sum = default;
        for (int n = 1; n < table.Length; n++)
        {
            sum.AddProduct(1, Math.Log(n));
            table[n] = sum.Value;
        }

        return table;
    }

    private interface IFunctionOfOrder
    {
        double At(int order);
    }

    private readonly struct EpsilonAtOrder(SubsampledGaussianRenyi step, long steps, double logDelta) : IFunctionOfOrder
    {
        public double At(int order) => RenyiConversion.Epsilon(order, steps * step.RenyiDivergence(order), logDelta);
    }

    private readonly struct LogDeltaAtOrder(SubsampledGaussianRenyi step, long steps, double epsilon) : IFunctionOfOrder
    {
        public double At(int order) => RenyiConversion.LogDelta(order, steps * step.LogMoment(order), epsilon);
    }
}
