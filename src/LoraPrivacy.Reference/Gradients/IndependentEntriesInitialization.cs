namespace LoraPrivacy.Reference.Gradients;

/// <summary>An initialisation with independent, identically distributed entries of mean 0 (statements S2–S5).</summary>
public abstract record IndependentEntriesInitialization : Initialization
{
    private protected IndependentEntriesInitialization()
    {
    }

    /// <summary>True: S2–S5 hold with <see cref="Initialization.Kurtosis"/> and <see cref="Initialization.EntryVariance"/>.</summary>
    public sealed override bool HasIndependentEntries => true;

    /// <inheritdoc/>
    public sealed override double[,] Sample(int rank, int dimension, Random random)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        ArgumentNullException.ThrowIfNull(random);
        double standardDeviation = Math.Sqrt(EntryVariance(rank, dimension));
        double[,] a = new double[rank, dimension];
        for (int k = 0; k < rank; k++)
        {
            for (int j = 0; j < dimension; j++)
            {
                a[k, j] = standardDeviation * SampleStandardized(random);
            }
        }

        return a;
    }

    /// <summary>One draw of an entry divided by its standard deviation.</summary>
    internal sealed override double[] Sketch(ReadOnlySpan<double> gradient, int rank, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);

        // Row by row, as Sample draws them: A itself may be larger than the memory.
        double standardDeviation = Math.Sqrt(EntryVariance(Argument.Rank(rank), gradient.Length));
        double[] row = new double[gradient.Length];
        double[] sketched = new double[gradient.Length];
        for (int k = 0; k < rank; k++)
        {
            double product = 0;
            for (int j = 0; j < row.Length; j++)
            {
                if (j % 4096 == 0)
                {
                    ComputationLimit.ThrowIfReached();
                }

                row[j] = standardDeviation * SampleStandardized(random);
                product += row[j] * gradient[j];
            }

            for (int j = 0; j < row.Length; j++)
            {
                sketched[j] += product * row[j];
            }
        }

        return sketched;
    }

    private protected abstract double SampleStandardized(Random random);
}
