namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>
/// All r × m matrices whose entries are ±c with probability p each and 0 otherwise, with their probabilities. With
/// p = 1/(2κ) and c² = κ v the entries have mean 0, variance v and kurtosis κ, so that an expectation over A can be
/// computed by summing over every A, for any κ ≥ 1: κ = 1 is Rademacher, κ = 3 the sparse initialisation.
/// </summary>
internal sealed class EnumeratedSketch
{
    private readonly int rank;
    private readonly int dimension;
    private readonly double value;
    private readonly double edgeProbability;

    public EnumeratedSketch(int rank, int dimension, double variance, double kurtosis)
    {
        this.rank = rank;
        this.dimension = dimension;
        value = Math.Sqrt(kurtosis * variance);
        edgeProbability = 1 / (2 * kurtosis);
    }

    /// <summary>E[statistic(A)].</summary>
    public double Expectation(Func<double[,], double> statistic)
    {
        double sum = 0;
        int count = (int)Math.Pow(3, rank * dimension);
        for (int code = 0; code < count; code++)
        {
            double probability = 1;
            double[,] a = new double[rank, dimension];
            for (int entry = 0, rest = code; entry < rank * dimension; entry++, rest /= 3)
            {
                int sign = (rest % 3) - 1;
                a[entry / dimension, entry % dimension] = sign * value;
                probability *= sign == 0 ? 1 - (2 * edgeProbability) : edgeProbability;
            }

            sum += probability == 0 ? 0 : probability * statistic(a);
        }

        return sum;
    }
}
