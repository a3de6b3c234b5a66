namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// How the LoRA matrix A (rank × dimension) is drawn, independently of the data. Every initialisation here satisfies
/// E[AᵀA] = rank · <see cref="EntryVariance"/> · I, so that one LoRA step with scale s and frozen A moves the weight
/// along the gradient multiplied by s² · rank · variance on average (statement S1).
/// </summary>
/// <remarks>
/// Instances are immutable and compare by value. Initialisations that look at the data or at the weights (EVA, CorDA,
/// LoRA-GA, PiSSA) are absent on purpose: they void every statement that needs A independent of the data.
/// </remarks>
public abstract record Initialization
{
    private protected Initialization()
    {
    }

    /// <summary>The default of PEFT: uniform on [−1/√m, 1/√m], variance 1/(3m), whatever the rank.</summary>
    public static Initialization KaimingUniform { get; } = new KaimingUniformInitialization();

    /// <summary>PEFT's <c>init_lora_weights="gaussian"</c>: standard deviation 1/r, that is variance 1/r², not 1/r.</summary>
    public static Initialization PeftGaussian { get; } = new PeftGaussianInitialization();

    /// <summary>The name and the parameters, for example <c>gaussian(0.125)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the entries of A are independent and identically distributed, as statements S2–S5 ask.</summary>
    public abstract bool HasIndependentEntries { get; }

    /// <summary>E a⁴/(E a²)² of one entry a of A, at least 1: the κ of statements S3–S5.</summary>
    /// <exception cref="InvalidOperationException">The entries are dependent, so that no kurtosis determines the moments.</exception>
    public abstract double Kurtosis { get; }

    /// <summary>Independent normal entries with mean 0.</summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <returns>The initialisation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public static Initialization Gaussian(double variance) => new GaussianInitialization(variance);

    /// <summary>
    /// Independent normal entries with variance 1/(s² r): the only variance at which the expected LoRA step equals the
    /// full step, E[s² G AᵀA] = G.
    /// </summary>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <param name="scale">The LoRA scale s, positive and finite; 1 gives the variance 1/r of the statements.</param>
    /// <returns>The initialisation, which is unbiased at this rank and scale only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S1")]
    public static Initialization Unbiased(int rank, double scale = 1)
        => new GaussianInitialization(1 / (Argument.Positive(scale) * scale * Argument.Rank(rank)));

    /// <summary>Independent entries ±√variance, each sign with probability ½; kurtosis 1, the smallest there is.</summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <returns>The initialisation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public static Initialization Rademacher(double variance) => new RademacherInitialization(variance);

    /// <summary>
    /// Independent entries ±√(3 · variance) with probability 1/6 each and 0 otherwise (Achlioptas); kurtosis 3, so that
    /// its first two gradient moments are those of the Gaussian.
    /// </summary>
    /// <param name="variance">The variance of one entry, positive and finite.</param>
    /// <returns>The initialisation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is not positive and finite.</exception>
    public static Initialization Sparse(double variance) => new SparseInitialization(variance);

    /// <summary>
    /// Orthogonal rows of length <paramref name="factor"/> spanning a uniformly distributed subspace: AᵀA is factor²
    /// times a projection (statement S25). The rank must not exceed the dimension.
    /// </summary>
    /// <param name="factor">The length of each row, positive and finite; √(m/r) makes E[AᵀA] = I.</param>
    /// <returns>The initialisation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not positive and finite.</exception>
    public static Initialization Orthonormal(double factor = 1) => new OrthonormalInitialization(factor);

    /// <summary>The variance of one entry of A.</summary>
    /// <param name="rank">The number of rows r of A, in [1, 1048576].</param>
    /// <param name="dimension">The number of columns m of A, in [1, 1048576].</param>
    /// <returns>The variance, positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or no such A exists.</exception>
    public abstract double EntryVariance(int rank, int dimension);

    /// <summary>Draws A.</summary>
    /// <param name="rank">The number of rows r, in [1, 1048576].</param>
    /// <param name="dimension">The number of columns m, in [1, 1048576].</param>
    /// <param name="random">The source of randomness; a seeded one makes the draw reproducible.</param>
    /// <returns>A new rank × dimension matrix.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or no such A exists.</exception>
    public abstract double[,] Sample(int rank, int dimension, Random random);

    /// <summary>Draws AᵀA q with the A that <see cref="Sample"/> draws.</summary>
    internal virtual double[] Sketch(ReadOnlySpan<double> gradient, int rank, Random random)
        => GradientSketch.Apply(gradient, Sample(rank, gradient.Length, random));

    /// <summary>The same as <see cref="Name"/>.</summary>
    /// <returns>The name and the parameters.</returns>
    public sealed override string ToString() => Name;
}
