namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The first two moments of the sketched gradient Y = G AᵀA, exact for every A with independent, identically
/// distributed entries of mean 0, variance 1/r and kurtosis κ = E a⁴/(E a²)² ≥ 1 (statements S2–S5).
/// </summary>
/// <remarks>
/// For another variance v and a LoRA scale s, multiply means by the bias b = <see cref="Bias"/> and covariances by b².
/// A smaller variance at a higher rank is a statement about noise, not about privacy: see S12 and S15.
/// Every result is a sum of terms of one sign wherever the moment is one, and is accurate to a few units in the last
/// place; squares beyond the double range give +∞.
/// </remarks>
public static class GradientMoments
{
    /// <summary>The factor s² r v by which the expected step with entry variance v exceeds the full step.</summary>
    /// <param name="scale">The LoRA scale s, finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="entryVariance">The variance v of an entry of A, positive and finite.</param>
    /// <returns>s² r v; 1 means unbiased.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S1")]
    public static double Bias(double scale, int rank, double entryVariance)
        => Argument.Finite(scale) * scale * Argument.Rank(rank) * Argument.Positive(entryVariance);

    /// <summary>E[AᵀA q] = q.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <returns>A copy of q.</returns>
    /// <exception cref="ArgumentException">q is empty or not finite.</exception>
    [Statement("S2")]
    public static double[] Mean(ReadOnlySpan<double> gradient) => Checked(gradient).ToArray();

    /// <summary>The variance (‖q‖² + (κ − 2) qᵢ²)/r of one entry of AᵀA q.</summary>
    /// <param name="entry">The gradient's entry qᵢ, finite, |qᵢ| ≤ ‖q‖.</param>
    /// <param name="norm">The gradient row's norm ‖q‖, finite and not negative.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>
    /// The variance. It is 0 only for q = 0, or for κ = 1 with |qᵢ| = ‖q‖ (then AᵀA q has entry qᵢ exactly);
    /// otherwise it falls strictly with the rank.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S4")]
    public static double EntryVariance(double entry, double norm, int rank, double kurtosis = 3)
    {
        Argument.NonNegative(norm);
        Argument.InRange(entry, -norm, norm);
        CheckedKurtosis(kurtosis);
        double size = Math.Abs(entry);

        // ‖q‖² + (κ − 2) qᵢ² = (‖q‖² − qᵢ²) + (κ − 1) qᵢ², two terms that are not negative.
        return (((norm - size) * (norm + size)) + ((kurtosis - 1) * entry * entry)) / Argument.Rank(rank);
    }

    /// <summary>The covariance of entries i and j of AᵀA q: (δᵢⱼ‖q‖² + qᵢqⱼ + (κ − 3) δᵢⱼ qᵢ²)/r.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <param name="i">The first entry, in [0, m).</param>
    /// <param name="j">The second entry, in [0, m).</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The covariance.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or q is empty or not finite.</exception>
    [Statement("S3")]
    public static double RowCovariance(ReadOnlySpan<double> gradient, int i, int j, int rank, double kurtosis = 3)
    {
        Checked(gradient);
        CheckedIndex(i, gradient.Length, nameof(i));
        CheckedIndex(j, gradient.Length, nameof(j));
        CheckedKurtosis(kurtosis);
        return RowCovarianceTimesRank(gradient, i, j, kurtosis) / Argument.Rank(rank);
    }

    /// <summary>The covariance matrix of AᵀA q, (‖q‖² I + q qᵀ + (κ − 3) diag(qᵢ²))/r.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The m × m covariance matrix.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or q is empty or not finite.</exception>
    [Statement("S3")]
    public static double[,] RowCovariance(ReadOnlySpan<double> gradient, int rank, double kurtosis = 3)
    {
        Checked(gradient);
        CheckedKurtosis(kurtosis);
        double r = Argument.Rank(rank);
        double[,] covariance = new double[gradient.Length, gradient.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            for (int j = 0; j < gradient.Length; j++)
            {
                covariance[i, j] = RowCovarianceTimesRank(gradient, i, j, kurtosis) / r;
            }
        }

        return covariance;
    }

    /// <summary>
    /// Cov(Y_ai, Y_bj) = (δᵢⱼ (GGᵀ)_ab + G_aj G_bi + (κ − 3) δᵢⱼ G_ai G_bi)/r for Y = G AᵀA.
    /// </summary>
    /// <param name="gradient">G, finite, n × m.</param>
    /// <param name="a">The row of the first entry, in [0, n).</param>
    /// <param name="i">The column of the first entry, in [0, m).</param>
    /// <param name="b">The row of the second entry, in [0, n).</param>
    /// <param name="j">The column of the second entry, in [0, m).</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The covariance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gradient"/> is null.</exception>
    /// <exception cref="ArgumentException">An argument is outside its range, or G is empty or not finite.</exception>
    [Statement("S5")]
    public static double MatrixCovariance(
        double[,] gradient, int a, int i, int b, int j, int rank, double kurtosis = 3)
    {
        Argument.AllFinite(gradient, nameof(gradient));
        CheckedIndex(a, gradient.GetLength(0), nameof(a));
        CheckedIndex(b, gradient.GetLength(0), nameof(b));
        CheckedIndex(i, gradient.GetLength(1), nameof(i));
        CheckedIndex(j, gradient.GetLength(1), nameof(j));
        CheckedKurtosis(kurtosis);
        double r = Argument.Rank(rank);
        if (i != j)
        {
            return gradient[a, j] * gradient[b, i] / r;
        }

        double others = 0;
        for (int k = 0; k < gradient.GetLength(1); k++)
        {
            others += k == i ? 0 : gradient[a, k] * gradient[b, k];
        }

        return (others + ((kurtosis - 1) * (gradient[a, i] * gradient[b, i]))) / r;
    }

    /// <summary>The total noise E‖AᵀA q − q‖² = (m + κ − 2)‖q‖²/r.</summary>
    /// <param name="norm">‖q‖, finite and not negative; the Frobenius norm gives E‖G AᵀA − G‖² of a matrix G.</param>
    /// <param name="dimension">The dimension m, in [1, 1048576].</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The total noise; 0 only for q = 0, or for m = κ = 1. Otherwise it falls strictly with the rank.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S4")]
    public static double TotalNoise(double norm, int dimension, int rank, double kurtosis = 3)
        => NoiseDirections(dimension, kurtosis) * Argument.NonNegative(norm) * norm / Argument.Rank(rank);

    /// <summary>The variances of all entries of AᵀA q, (‖q‖² + (κ − 2) qᵢ²)/r, in O(m) operations.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The m variances; every term is a square, so nothing cancels, and small integers give exact results.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or q is empty or not finite.</exception>
    [Statement("S4")]
    public static double[] EntryVariances(ReadOnlySpan<double> gradient, int rank, double kurtosis = 3)
    {
        Checked(gradient);
        CheckedKurtosis(kurtosis);
        double r = Argument.Rank(rank);
        double[] variances = new double[gradient.Length];
        double before = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            variances[i] = before;
            before += gradient[i] * gradient[i];
        }

        double after = 0;
        for (int i = gradient.Length - 1; i >= 0; i--)
        {
            variances[i] = (variances[i] + after + ((kurtosis - 1) * gradient[i] * gradient[i])) / r;
            after += gradient[i] * gradient[i];
        }

        return variances;
    }

    /// <summary>The total noise E‖AᵀA q − q‖² = (m + κ − 2)‖q‖²/r, from q itself.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The sum of the variances of the entries.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or q is empty or not finite.</exception>
    [Statement("S4")]
    public static double TotalNoise(ReadOnlySpan<double> gradient, int rank, double kurtosis = 3)
    {
        Checked(gradient);
        double square = 0;
        foreach (double entry in gradient)
        {
            square += entry * entry;
        }

        return NoiseDirections(gradient.Length, kurtosis) * square / Argument.Rank(rank);
    }

    /// <summary>The ratio of signal to noise, ‖q‖²/E‖AᵀA q − q‖² = r/(m + κ − 2), whatever q ≠ 0 is.</summary>
    /// <param name="dimension">The dimension m, in [1, 1048576].</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>The ratio of powers (not of amplitudes); +∞ for m = κ = 1, where there is no noise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S4")]
    public static double SignalToNoise(int dimension, int rank, double kurtosis = 3)
        => Argument.Rank(rank) / NoiseDirections(dimension, kurtosis);

    /// <summary>Whether entry i of AᵀA q has variance 0, so that no rank makes it noisy.</summary>
    /// <param name="gradient">The gradient row q, finite.</param>
    /// <param name="i">The entry, in [0, m).</param>
    /// <param name="kurtosis">κ, finite and at least 1.</param>
    /// <returns>True exactly when q = 0, or when κ = 1 and q vanishes outside entry i.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range, or q is empty or not finite.</exception>
    [Statement("S4")]
    public static bool IsNoiseFree(ReadOnlySpan<double> gradient, int i, double kurtosis = 3)
    {
        Checked(gradient);
        CheckedIndex(i, gradient.Length, nameof(i));
        CheckedKurtosis(kurtosis);
        for (int j = 0; j < gradient.Length; j++)
        {
            if (gradient[j] != 0 && (j != i || kurtosis != 1))
            {
                return false;
            }
        }

        return true;
    }

    private static double RowCovarianceTimesRank(ReadOnlySpan<double> gradient, int i, int j, double kurtosis)
    {
        if (i != j)
        {
            return gradient[i] * gradient[j];
        }

        // ‖q‖² + (κ − 2) qᵢ², without the cancellation that κ < 2 would bring.
        double sum = (kurtosis - 1) * gradient[i] * gradient[i];
        for (int k = 0; k < gradient.Length; k++)
        {
            sum += k == i ? 0 : gradient[k] * gradient[k];
        }

        return sum;
    }

    // m + κ − 2, exactly 0 for m = κ = 1.
    private static double NoiseDirections(int dimension, double kurtosis)
        => Argument.Dimension(dimension) - 1 + (CheckedKurtosis(kurtosis) - 1);

    private static double CheckedKurtosis(double kurtosis)
        => Argument.InRange(kurtosis, 1, double.MaxValue, nameof(kurtosis));

    private static void CheckedIndex(int index, int length, string name)
    {
        if (index < 0 || index >= length)
        {
            throw Argument.OutOfRange(name, index, $"an integer in [0, {length - 1}]");
        }
    }

    private static ReadOnlySpan<double> Checked(ReadOnlySpan<double> gradient)
    {
        Argument.Length(gradient.Length, nameof(gradient));
        Argument.AllFinite(gradient, nameof(gradient));
        return gradient;
    }
}
