namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A seed, printed with a counter-example so that it can be repeated.</summary>
public readonly record struct RandomSource(int Seed)
{
    public Random Create() => new(Seed);

    /// <summary>A matrix of independent numbers uniform on [−1, 1].</summary>
    public static double[,] Matrix(Random random, int rows, int columns)
    {
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = (2 * random.NextDouble()) - 1;
            }
        }

        return matrix;
    }
}

public static class RandomSourceArbitrary
{
    public static Arbitrary<RandomSource> Generate()
        => Gen.Choose(0, int.MaxValue - 1).Select(seed => new RandomSource(seed)).ToArbitrary();
}
