namespace LoraPrivacy.Reference.Tests.Privacy;

/// <summary>λ and θ, all that the product release of a vector depends on, and their invariances.</summary>
[Properties(Arbitrary = [typeof(VectorPairArbitrary)], MaxTest = 200)]
public class VectorPairProperties
{
    [Property]
    [Trait("Statement", "S10")]
    public void A_pair_is_recovered_from_vectors_in_any_scale_and_rotation(VectorPair pair, int seed)
    {
        Random random = new(seed);
        int dimension = random.Next(2, 40);
        double scale = Math.Exp(200 * (random.NextDouble() - 0.5));
        double[] first = Unit(random, dimension);
        double[] second = Orthogonal(Unit(random, dimension), first);
        double[] q = [.. first.Select(x => scale * x)];
        double[] qPrime = [.. first.Zip(second, (x, y) =>
            scale / pair.NormRatio * (Math.Cos(pair.Angle) * x + Math.Sin(pair.Angle) * y))];
        VectorPair found = VectorPair.Between(q, qPrime);
        Assert.Equal(pair.NormRatio, found.NormRatio, 1e-13 * pair.NormRatio);
        Assert.Equal(pair.Angle, found.Angle, 1e-13);
    }

    [Property]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Swapping_the_queries_reverses_the_pair(VectorPair pair)
    {
        double[] q = [1, 0];
        double[] qPrime = [Math.Cos(pair.Angle) / pair.NormRatio, Math.Sin(pair.Angle) / pair.NormRatio];
        ProductRelease release = new(7, 30);
        double swapped = release.Delta(VectorPair.Between(qPrime, q), 0.3);
        Assert.Equal(release.Delta(pair.Reverse(), 0.3), swapped, 1e-9);
        Assert.Equal(
            Math.Max(release.Delta(pair, 0.3), release.Delta(pair.Reverse(), 0.3)), release.BothDirections(pair).Delta(0.3).Upper, 1e-15);
    }

    [Fact]
    [Trait("Statement", "S10")]
    public void A_tiny_angle_keeps_its_digits()
    {
        VectorPair pair = VectorPair.Between([1, 0, 0], [1, 1e-9, 0]);
        Assert.Equal(1e-9, pair.Angle, 1e-23);
        Assert.Equal(0, VectorPair.Between([1, 2], [1, 2]).Angle);
        Assert.Equal(Math.PI, VectorPair.Between([1, 2], [-1, -2]).Angle, 1e-15);
        Assert.Throws<ArgumentException>("q", () => VectorPair.Between([0, 0], [1, 0]));
        Assert.Throws<ArgumentException>("qPrime", () => VectorPair.Between([1, 0], [1, 0, 0]));
    }

    private static double[] Unit(Random random, int dimension)
    {
        double[] values = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
        double norm = Math.Sqrt(values.Sum(x => x * x));
        return [.. values.Select(x => x / norm)];
    }

    private static double[] Orthogonal(double[] vector, double[] to)
    {
        double[] result = vector;
        for (int pass = 0; pass < 2; pass++)
        {
            double inner = result.Zip(to, (x, y) => x * y).Sum();
            result = [.. result.Zip(to, (x, y) => x - inner * y)];
        }

        double norm = Math.Sqrt(result.Sum(x => x * x));
        return [.. result.Select(x => x / norm)];
    }
}
