namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// The moments of ‖AᵀA q − q‖²/‖q‖² for Gaussian A of variance 1/r, by S6: (S − 1)² + (S/r) Y with r S ~ χ²_r and Y ~ χ²_{m−1}
/// independent. Its mean is (m + 1)/r (S4).
/// </summary>
/// <param name="rank">r.</param>
/// <param name="dimension">m.</param>
internal sealed class RelativeNoise(int rank, int dimension)
{
    /// <summary>(m + 1)/r.</summary>
    public double Mean { get; } = GradientMoments.TotalNoise(1, dimension, rank);

    /// <summary>The exact standard deviation of the mean of draws.</summary>
    public double StandardError(long count) => Math.Sqrt(CentralMoments(2)[2] / count);

    /// <summary>How far the mean of draws is from <see cref="Mean"/> but for a probability of 10⁻⁹, shared among checks.</summary>
    public double Tolerance(long count, int checks) => MeanBound.Of(CentralMoments(MeanBound.HighestMoment), count, checks);

    /// <summary>E(T − E T)ⁿ for n = 0 to <paramref name="highest"/>.</summary>
    public double[] CentralMoments(int highest)
    {
        // With s = S − 1 and w = Y − (m − 1): T − E T = (s² + (m − 1) s/r − 2/r) + (1 + s) w/r.
        double[] ofShare = ChiSquareMoments(rank, 2 * highest);
        for (int n = 0; n < ofShare.Length; n++)
        {
            ofShare[n] /= Math.Pow(rank, n);
        }

        double[] ofRest = ChiSquareMoments(dimension - 1, highest);
        double[][] first = Powers([-2.0 / rank, (dimension - 1.0) / rank, 1], highest);
        double[][] second = Powers([1, 1], highest);
        double[] moments = new double[highest + 1];
        for (int n = 0; n <= highest; n++)
        {
            double binomial = 1;
            for (int j = 0; j <= n; j++)
            {
                double[] product = Product(first[n - j], second[j]);
                double expectation = product.Select((coefficient, power) => coefficient * ofShare[power]).Sum();
                moments[n] += binomial * expectation * ofRest[j] / Math.Pow(rank, j);
                binomial = binomial * (n - j) / (j + 1);
            }
        }

        return moments;
    }

    /// <summary>The central moments of χ²_k, whose cumulants are 2^{n−1}(n − 1)! k.</summary>
    private static double[] ChiSquareMoments(int degrees, int highest)
    {
        double[] cumulants = new double[highest + 1];
        double factor = degrees;
        for (int n = 1; n <= highest; n++)
        {
            cumulants[n] = factor;
            factor *= 2.0 * n;
        }

        return MeanBound.Moments(cumulants);
    }

    private static double[][] Powers(double[] polynomial, int highest)
    {
        double[][] powers = new double[highest + 1][];
        powers[0] = [1];
        for (int n = 1; n <= highest; n++)
        {
            powers[n] = Product(powers[n - 1], polynomial);
        }

        return powers;
    }

    private static double[] Product(double[] left, double[] right)
    {
        double[] product = new double[left.Length + right.Length - 1];
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                product[i + j] += left[i] * right[j];
            }
        }

        return product;
    }
}
