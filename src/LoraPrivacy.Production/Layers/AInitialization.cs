namespace LoraPrivacy.Production.Layers;

/// <summary>How the matrix A of an adapter (rank × inputs) is drawn, without a look at the data or the weights.</summary>
public abstract record AInitialization
{
    private protected AInitialization()
    {
    }

    /// <summary>PEFT's default: uniform on [−1/√m, 1/√m], variance 1/(3m), whatever the rank.</summary>
    public static AInitialization KaimingUniform { get; } = new KaimingUniformA();

    /// <summary>PEFT's <c>gaussian</c>: normal with standard deviation 1/r (variance 1/r², not 1/r).</summary>
    public static AInitialization PeftGaussian { get; } = new PeftGaussianA();

    /// <summary>
    /// Normal with variance 1/(s² r), s the adapter's scale: the one variance at which the expected step is the full step (S1).
    /// </summary>
    [Statement("S1")]
    public static AInitialization UnbiasedGaussian { get; } = new UnbiasedGaussianA();

    /// <summary>Normal with a given variance.</summary>
    /// <param name="variance">Positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static AInitialization Gaussian(double variance) => new GaussianA(variance);

    /// <summary>±√variance with probability ½ each.</summary>
    /// <param name="variance">Positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static AInitialization Rademacher(double variance) => new RademacherA(variance);

    /// <summary>±√(3 variance) with probability 1/6 each, else 0 (Achlioptas).</summary>
    /// <param name="variance">Positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static AInitialization Sparse(double variance) => new SparseA(variance);

    /// <summary>Orthogonal rows that span a uniformly distributed subspace (S25); the rank must not exceed the inputs.</summary>
    /// <param name="factor">The length of each row, positive and finite; √(m/r) makes E[AᵀA] = I.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    [Statement("S25")]
    public static AInitialization Orthonormal(double factor = 1) => new OrthonormalA(factor);

    /// <summary>The name and the parameters, such as <c>gaussian(0.125)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Draws A.</summary>
    /// <param name="rank">The number of rows r, at least 1.</param>
    /// <param name="inputs">The number of columns m, at least 1.</param>
    /// <param name="scale">The adapter's scale s, positive; only <see cref="UnbiasedGaussian"/> looks at it.</param>
    /// <param name="sequence">Where the chance comes from.</param>
    /// <returns>A float64 tensor on the CPU, rank × inputs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such A exists.</exception>
    public Tensor Sample(int rank, int inputs, double scale, RandomSequence sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        Positive(scale, nameof(scale));
        ArgumentNullException.ThrowIfNull(sequence);
        return Draw(rank, inputs, scale, sequence);
    }

    /// <summary>The same as <see cref="Name"/>.</summary>
    public sealed override string ToString() => Name;

    private protected abstract Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence);

    private static double Positive(double value, string name)
        => value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive and finite");

    private static Tensor Normal(int rank, int inputs, double deviation, RandomSequence sequence)
        => sequence.Normal(rank, inputs).mul_(HeldScalar.Of(deviation));

    private sealed record KaimingUniformA : AInitialization
    {
        public override string Name => "kaiming-uniform";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
            => sequence.Uniform(rank, inputs).sub_(HeldScalar.Of(0.5)).mul_(HeldScalar.Of(2 / Math.Sqrt(inputs)));
    }

    private sealed record PeftGaussianA : AInitialization
    {
        public override string Name => "peft-gaussian";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
            => Normal(rank, inputs, 1.0 / rank, sequence);
    }

    private sealed record UnbiasedGaussianA : AInitialization
    {
        public override string Name => "unbiased-gaussian";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
            => Normal(rank, inputs, 1 / (scale * Math.Sqrt(rank)), sequence);
    }

    private sealed record GaussianA(double Variance) : AInitialization
    {
        private readonly double deviation = Math.Sqrt(Positive(Variance, nameof(Variance)));

        public override string Name => $"gaussian({Variance:R})";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
            => Normal(rank, inputs, deviation, sequence);
    }

    private sealed record RademacherA(double Variance) : AInitialization
    {
        private readonly double deviation = Math.Sqrt(Positive(Variance, nameof(Variance)));

        public override string Name => $"rademacher({Variance:R})";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
            => sequence.Uniform(rank, inputs).sub_(HeldScalar.Of(0.5)).sign_().mul_(HeldScalar.Of(deviation));
    }

    private sealed record SparseA(double Variance) : AInitialization
    {
        private readonly double deviation = Math.Sqrt(3 * Positive(Variance, nameof(Variance)));

        public override string Name => $"sparse({Variance:R})";

        // 6u is uniform on (0, 6): its first unit gives +, its second −, the other four 0.
        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
        {
            using var scope = NewDisposeScope();
            Tensor u = sequence.Uniform(rank, inputs).mul_(HeldScalar.Of(6.0));
            Tensor signs = u.lt(HeldScalar.Of(1.0)).to(ScalarType.Float64) - u.ge(HeldScalar.Of(1.0)).logical_and(u.lt(HeldScalar.Of(2.0))).to(ScalarType.Float64);
            return signs.mul_(HeldScalar.Of(deviation)).MoveToOuterDisposeScope();
        }
    }

    private sealed record OrthonormalA(double Factor) : AInitialization
    {
        private readonly double length = Positive(Factor, nameof(Factor));

        public override string Name => $"orthonormal({Factor:R})";

        private protected override Tensor Draw(int rank, int inputs, double scale, RandomSequence sequence)
        {
            if (rank > inputs)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rank), rank, $"rank must be in [1, inputs = {inputs}] for orthonormal rows, but is {rank}");
            }

            using var scope = NewDisposeScope();
            (Tensor q, Tensor r) = linalg.qr(sequence.Normal(inputs, rank));
            // Only with a positive diagonal of R is the factorisation unique, hence Q Haar distributed (Mezzadri 2007).
            Tensor signs = r.diag().sign();
            return (q * signs).t().mul(HeldScalar.Of(length)).contiguous().MoveToOuterDisposeScope();
        }
    }
}
