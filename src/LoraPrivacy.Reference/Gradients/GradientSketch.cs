namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The random sketch G AᵀA through which LoRA with frozen A sees the full gradient G, computed from its definition:
/// the direct way to draw it, for any initialisation, in O(rank · dimension) operations a row.
/// </summary>
/// <remarks>
/// Neither the LoRA scale nor the learning rate is included; the step itself is
/// <see cref="Models.LoraStep.SketchedStep"/>.
/// </remarks>
public static class GradientSketch
{
    /// <summary>AᵀA q for one gradient row q.</summary>
    /// <param name="gradient">The row q, finite, of length m.</param>
    /// <param name="a">A, finite, r × m.</param>
    /// <returns>AᵀA q, of length m.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="a"/> is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not agree, or an element is not finite.</exception>
    [Statement("S1")]
    public static double[] Apply(ReadOnlySpan<double> gradient, double[,] a)
    {
        Argument.AllFinite(a, nameof(a));
        Argument.SameLength(gradient.Length, a.GetLength(1), nameof(gradient));
        Argument.AllFinite(gradient, nameof(gradient));
        double[] sketched = new double[gradient.Length];
        for (int k = 0; k < a.GetLength(0); k++)
        {
            double product = 0;
            for (int j = 0; j < gradient.Length; j++)
            {
                product += a[k, j] * gradient[j];
            }

            for (int j = 0; j < gradient.Length; j++)
            {
                sketched[j] += product * a[k, j];
            }
        }

        return sketched;
    }

    /// <summary>G AᵀA.</summary>
    /// <param name="gradient">G, finite, n × m.</param>
    /// <param name="a">A, finite, r × m.</param>
    /// <returns>G AᵀA, n × m.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not agree, or an element is not finite.</exception>
    [Statement("S1")]
    public static double[,] Apply(double[,] gradient, double[,] a)
    {
        Argument.AllFinite(gradient, nameof(gradient));
        Argument.AllFinite(a, nameof(a));
        if (gradient.GetLength(1) != a.GetLength(1))
        {
            throw new ArgumentException(
                $"gradient must have {a.GetLength(1)} columns like a, but has {gradient.GetLength(1)}", nameof(gradient));
        }

        return MatrixProduct.Of(MatrixProduct.WithTransposedRight(gradient, a), a);
    }

    /// <summary>Draws A and returns AᵀA q.</summary>
    /// <param name="gradient">The row q, finite, of length m in [1, 1048576].</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="initialization">The law of A.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>AᵀA q, of length m.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An argument is outside its range, or an element is not finite.</exception>
    public static double[] Sample(
        ReadOnlySpan<double> gradient, int rank, Initialization initialization, Random random)
    {
        ArgumentNullException.ThrowIfNull(initialization);
        Argument.Dimension(gradient.Length);
        Argument.AllFinite(gradient, nameof(gradient));
        return initialization.Sketch(gradient, rank, random);
    }

    /// <summary>Draws A and returns G AᵀA.</summary>
    /// <param name="gradient">G, finite, n × m.</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="initialization">The law of A.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>G AᵀA, n × m.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An argument is outside its range, or an element is not finite.</exception>
    public static double[,] Sample(double[,] gradient, int rank, Initialization initialization, Random random)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(initialization);
        return Apply(gradient, initialization.Sample(rank, gradient.GetLength(1), random));
    }
}
