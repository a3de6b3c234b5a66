using NoiseLattice = LoraPrivacy.Reference.Accounting.NoiseLattice;

namespace LoraPrivacy.Production.Tests.Privacy;

public class GradientClippingProperties
{
    /// <summary>The gradients of a batch in two parts, with scales from 1e-30 to 1e30 and some zeros.</summary>
    public sealed record Batch(double[][] Rows, double ClippingNorm, bool Single);

    public static class Arbitraries
    {
        public static Arbitrary<Batch> Batches() => Arb.From(
            from size in Gen.Choose(1, 6)
            from length in Gen.Choose(2, 40)
            from rows in Gen.ArrayOf(Row(length), size)
            from exponent in Gen.Choose(-30, 30)
            from digit in Gen.Choose(1, 9)
            from single in ArbMap.Default.GeneratorFor<bool>()
            select new Batch(rows, Math.Clamp(digit * Math.Pow(10, exponent), 1e-30, 1e30), single));

        private static Gen<double[]> Row(int length) =>
            from exponent in Gen.Choose(-30, 30)
            from zero in Gen.Choose(0, 9)
            from entries in Gen.ArrayOf(Gen.Choose(-1_000_000, 1_000_000), length)
            select Array.ConvertAll(entries, entry => zero == 0 ? 0 : entry * 1e-6 * Math.Pow(10, exponent));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Arbitraries)])]
    public void No_clipped_norm_exceeds_the_bound_and_short_gradients_stay(Batch batch)
    {
        using var scope = NewDisposeScope();
        (Tensor[] parts, double[][] rows) = Tensors(batch);
        double[] factors = GradientClipping.Factors(parts, batch.ClippingNorm).data<double>().ToArray();
        for (int i = 0; i < rows.Length; i++)
        {
            double factor = factors[i];
            double norm = Norm(rows[i]);
            Assert.True(Norm([.. rows[i].Select(entry => entry * factor)]) <= batch.ClippingNorm);

            // What is short is left as it is; what is long loses no more than 2e-12 of its length.
            Assert.InRange(factor, Math.Min(1, batch.ClippingNorm / norm) * (1 - 2e-12), 1);
            Assert.True(norm > 0.999 * batch.ClippingNorm || factor == 1);
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Arbitraries)])]
    [Trait("Statement", "S29")]
    public void The_sum_is_that_of_the_clipped_on_the_lattice_exactly_and_in_any_order(Batch batch, byte noise, int order)
    {
        using var scope = NewDisposeScope();
        (Tensor[] parts, double[][] rows) = Tensors(batch);
        Tensor factors = GradientClipping.Factors(parts, batch.ClippingNorm);
        double[] each = factors.data<double>().ToArray();
        NoiseLattice lattice = new(1 + noise, batch.ClippingNorm);
        double[] sum = Sum([.. Enumerable.Range(0, rows.Length)]);
        for (int j = 0; j < rows[0].Length; j++)
        {
            Assert.Equal(rows.Select((row, i) => (Int128)lattice.Steps(row[j] * each[i])).Aggregate((Int128)0, (a, b) => a + b), (Int128)sum[j]);
        }

        Assert.Equal(sum, Sum([.. Enumerable.Range(0, rows.Length).OrderBy(i => HashCode.Combine(i, order % 2))]));

        // One example alone is no longer than C.
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.True(Norm([.. Sum([i]).Select(steps => steps * lattice.Granularity)]) <= batch.ClippingNorm);
        }

        double[] Sum(long[] examples)
        {
            Tensor total = zeros(rows[0].Length, ScalarType.Float64);
            foreach (long[] piece in examples.Chunk(2))
            {
                GradientClipping.AddClipped([.. parts.Select(part => part[tensor(piece)])], factors[tensor(piece)], lattice.Granularity, total);
            }

            return total.data<double>().ToArray();
        }
    }

    [Fact]
    [Trait("Statement", "S29")]
    public void Rounding_to_the_nearest_point_would_lengthen_a_gradient()
    {
        // Entries of 0.7 steps, as many as make a norm of C: to the nearest, each would be one step.
        NoiseLattice lattice = new(1e6, 1);
        double entry = 0.7 * lattice.Granularity;
        int count = (int)(1 / (entry * entry));
        Assert.True(Math.Sqrt(count) * entry <= 1);
        Assert.True(Math.Sqrt(count) * Math.Round(entry / lattice.Granularity) * lattice.Granularity > 1.4);
        Assert.Equal(0, lattice.Steps(entry));
    }

    [Fact]
    public void What_is_not_finite_counts_as_zero_and_leaves_the_others_alone()
    {
        using var scope = NewDisposeScope();
        foreach (ScalarType type in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16 })
        {
            Tensor gradient = tensor(new[] { 1.0, 0, double.NaN, 1, double.PositiveInfinity, 0, 0, 0.5 }, [4, 2]).to(type);
            Tensor factors = GradientClipping.Factors([gradient], 1);
            Assert.Equal([1 - Math.ScaleB(1, -40), 0, 0, 1], factors.data<double>().ToArray());
            Tensor sum = zeros(2, ScalarType.Float64);
            GradientClipping.AddClipped([gradient], factors, Math.ScaleB(1, -40), sum);
            sum.mul_(Math.ScaleB(1, -40));
            Assert.Equal([1 - Math.ScaleB(1, -40), 0.5], sum.data<double>().ToArray());
            Assert.True(gradient[1, 0].isnan().item<bool>());
        }
    }

    private static (Tensor[] Parts, double[][] Rows) Tensors(Batch batch)
    {
        ScalarType type = batch.Single ? ScalarType.Float32 : ScalarType.Float64;
        int length = batch.Rows[0].Length;
        Tensor whole = tensor(batch.Rows.SelectMany(row => row).ToArray(), [batch.Rows.Length, length], ScalarType.Float64).to(type);
        double[] rounded = whole.to(ScalarType.Float64).data<double>().ToArray();
        return ([whole.narrow(1, 0, length / 2), whole.narrow(1, length / 2, length - (length / 2)).unsqueeze(2)], [.. rounded.Chunk(length)]);
    }

    // Scaled, so that squares neither overflow nor vanish.
    private static double Norm(double[] row)
    {
        double largest = row.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(row.Sum(entry => entry / largest * (entry / largest)));
    }
}
