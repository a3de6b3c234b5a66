namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// The law of N = ‖y − q‖²/‖q‖² for Gaussian A. By S6, N = (S − 1)² + S X/r with S ~ χ²_r/r and X ~ χ²_{m−1} independent, so
/// P(N ≤ x) = E[P(X ≤ r (x − (S − 1)²)/S)], an integral over t = log S by the trapezoidal rule.
/// </summary>
internal sealed class NoiseLaw
{
    private const int Nodes = 120;

    private readonly int rank, dimension;
    private readonly double[] shares = new double[Nodes];
    private readonly double[] weights = new double[Nodes];

    public NoiseLaw(int rank, int dimension)
    {
        this.rank = rank;
        this.dimension = dimension;

        // The density of t is const·exp((r/2)(t − e^t)), largest at 0; it is cut off at e⁻³⁶ of that.
        double low = End(-0.01), high = End(0.01);
        double total = 0;
        for (int k = 0; k < Nodes; k++)
        {
            double t = low + ((high - low) * (k + 0.5) / Nodes);
            shares[k] = Math.Exp(t);
            weights[k] = Math.Exp(rank / 2.0 * (t + 1 - shares[k]));
            total += weights[k];
        }

        for (int k = 0; k < Nodes; k++)
        {
            weights[k] /= total;
        }

        Mean = GradientMoments.TotalNoise(1, dimension, rank);
    }

    /// <summary>E N = (m + 1)/r, by the reference (S4).</summary>
    public double Mean { get; }

    /// <summary>
    /// E N² = E(S − 1)⁴ + 2 E[(S − 1)²S](m − 1)/r + E S² (m² − 1)/r², with E S² = 1 + 2/r, E S³ = E S² (1 + 4/r) and E(S − 1)⁴ =
    /// 12/r² + 48/r³.
    /// </summary>
    public double SecondMoment
    {
        get
        {
            double r = rank, m = dimension, second = 1 + (2 / r), third = second * (1 + (4 / r));
            return (12 / (r * r)) + (48 / (r * r * r)) + (2 * (third - (2 * second) + 1) * (m - 1) / r) + (second * ((m * m) - 1) / (r * r));
        }
    }

    public double CumulativeDistribution(double noise)
    {
        double sum = 0;
        for (int k = 0; k < Nodes; k++)
        {
            double rest = noise - ((shares[k] - 1) * (shares[k] - 1));
            sum += rest <= 0 ? 0 : weights[k] * IncompleteGamma.RegularizedP((dimension - 1) / 2.0, rank * rest / shares[k] / 2);
        }

        return Math.Min(1, sum);
    }

    /// <summary>
    /// Where the mean of N over independent draws lies, but for a probability of <paramref name="alarm"/>; also the mean of ‖Y − G‖²_F/‖G‖²_F
    /// for a G of at most <paramref name="rows"/> rows. That is Σ_l w_l N_l over the right singular vectors of G, each N_l of this law
    /// and Σ w_l = 1, so by Minkowski's inequality its second moment is no more than E N². Below: Maurer's inequality for
    /// variables that are not negative, t = √(2 E N² log(1/p)/n). Above: with probability 1 − p no S exceeds s and no X exceeds c, so N ≤
    /// R = max(1, (s − 1)²) + s c/r, and Bernstein's inequality for N·1{N ≤ R} gives n t² = 2 log(1/p)(E N² + R t/3).
    /// </summary>
    public (double Low, double High) MeanInterval(int draws, double alarm, int rows = 1)
    {
        double p = alarm / 3, log = Math.Log(1 / p);
        double tail = p / (2.0 * draws * rows);
        double share = UpperQuantile(rank, tail) / rank, length = UpperQuantile(dimension - 1, tail);
        double largest = Math.Max(1, (share - 1) * (share - 1)) + (share * length / rank);
        double linear = log * largest / (3 * draws);
        double above = linear + Math.Sqrt((linear * linear) + (2 * log * SecondMoment / draws));
        return (Mean - Math.Sqrt(2 * log * SecondMoment / draws), Mean + above);
    }

    private double End(double step)
    {
        double t = step;
        while (rank / 2.0 * (t + 1 - Math.Exp(t)) > -36)
        {
            t += step;
        }

        return t;
    }

    private static double UpperQuantile(int degrees, double tail)
    {
        double x = degrees + 1;
        while (IncompleteGamma.RegularizedQ(degrees / 2.0, x / 2) > tail)
        {
            x *= 1.01;
        }

        return x;
    }
}
