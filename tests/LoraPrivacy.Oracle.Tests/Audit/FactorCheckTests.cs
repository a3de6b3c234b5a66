using LoraPrivacy.Oracle.Audit;

namespace LoraPrivacy.Oracle.Tests.Audit;

/// <summary>Each test of a right draw raises a false alarm with probability at most 1e-9 over the choice of the seed.</summary>
public class FactorCheckTests
{
    private const int Rank = 16;
    private const int Inputs = 400;

    public static TheoryData<ElementType> Types => [ElementType.Float16, ElementType.BFloat16, ElementType.Float32, ElementType.Float64];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_right_draw_is_consistent_in_every_type(ElementType type)
    {
        Random random = new(3);
        Assert.True(Check(FactorLaw.KaimingUniform, SampleAdapter.Kaiming(Rank, Inputs, random), type).IsConsistent);
        Assert.True(Check(FactorLaw.Gaussian, SampleAdapter.Gaussian(Rank, Inputs, random), type).IsConsistent);
        Assert.True(Check(FactorLaw.HalfRank, SampleAdapter.Orthogonal(Rank, Inputs, random), type).IsConsistent);

        // The extremes of the uniform law, as PyTorch rounds them.
        double[] corners = SampleAdapter.Kaiming(Rank, Inputs, random);
        corners[0] = 1 / Math.Sqrt(Inputs);
        corners[1] = -corners[0];
        Assert.True(Check(FactorLaw.KaimingUniform, corners, type).IsConsistent);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void One_entry_beyond_the_uniform_bound_is_seen(ElementType type)
    {
        double[] a = SampleAdapter.Kaiming(Rank, Inputs, new Random(3));
        a[17] = 1.03 / Math.Sqrt(Inputs);
        FactorCheck check = Check(FactorLaw.KaimingUniform, a, type);
        Assert.False(check.IsConsistent);
        Assert.True(check.Extreme > check.ExtremeLimit);
    }

    [Fact]
    public void Another_variance_is_seen()
    {
        Random random = new(3);

        // 1/r in place of PEFT's 1/r², and a uniform law that is a fifth too narrow.
        Assert.False(Check(FactorLaw.Gaussian, SampleAdapter.Flat(Initialization.Gaussian(1.0 / Rank).Sample(Rank, Inputs, random))).IsConsistent);
        Assert.False(Check(FactorLaw.Gaussian, [.. SampleAdapter.Gaussian(Rank, Inputs, random).Select(x => 1.3 * x)]).IsConsistent);
        Assert.False(Check(FactorLaw.KaimingUniform, [.. SampleAdapter.Kaiming(Rank, Inputs, random).Select(x => 0.8 * x)]).IsConsistent);
    }

    [Fact]
    public void Another_law_of_the_same_variance_is_seen()
    {
        Random random = new(3);
        Assert.False(Check(FactorLaw.Gaussian, SampleAdapter.Flat(Initialization.Rademacher(1.0 / (Rank * Rank)).Sample(Rank, Inputs, random))).IsConsistent);
        Assert.False(Check(FactorLaw.Gaussian, [.. SampleAdapter.Kaiming(Rank, Inputs, random).Select(x => x * Math.Sqrt(3.0 * Inputs) / Rank)]).IsConsistent);
        Assert.False(Check(FactorLaw.KaimingUniform, SampleAdapter.Flat(Initialization.Gaussian(1.0 / (3 * Inputs)).Sample(Rank, Inputs, random))).IsConsistent);
        Assert.False(Check(FactorLaw.KaimingUniform, new double[Rank * Inputs]).IsConsistent);
    }

    [Fact]
    public void An_orthogonal_A_that_was_trained_has_more_than_half_the_rank()
    {
        Random random = new(3);
        double[] a = SampleAdapter.Orthogonal(Rank, Inputs, random);
        FactorCheck check = Check(FactorLaw.HalfRank, [.. a.Select(x => x + (1e-4 * random.NextDouble()))]);
        Assert.False(check.IsConsistent);
        Assert.False(Check(FactorLaw.HalfRank, SampleAdapter.Gaussian(Rank, Inputs, random)).IsConsistent);
        Assert.False(Check(FactorLaw.HalfRank, new double[Rank * Inputs]).IsConsistent);
    }

    [Fact]
    public void The_sketch_of_PEFTs_orthogonal_A_has_half_the_rank_and_variance_one_hundredth()
    {
        // tr AᵀA = tr ZZᵀ/100 is χ² with m·r/2 degrees of freedom over 100: within 7 standard deviations (1e-11 by its Chernoff bound).
        double[] a = SampleAdapter.Orthogonal(Rank, Inputs, new Random(3));
        double degrees = Inputs * Rank / 2.0;
        DeclaredInitialization declared = DeclaredInitialization.Of("orthogonal");
        double expected = declared.SketchRank(Rank)!.Value * Inputs * declared.EntryVariance(Rank / 2, Inputs);
        Assert.InRange(a.Sum(x => x * x) / expected, 1 - (7 * Math.Sqrt(2 / degrees)), 1 + (8 * Math.Sqrt(2 / degrees)));
    }

    [Fact]
    public void Singular_values_of_a_product_are_found()
    {
        // B A with A = diag(3, 4, 0) padded, B = diag(2, 1, 5) padded: singular values 6, 4, 0.
        double[] a = [3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0];
        double[] b = [2, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0];
        double[] values = SingularValues.OfProduct(b, a, 3);
        Assert.Equal([6, 4, 0], values.Select(value => Math.Round(value, 6)));
        double p = 0.6;
        Assert.Equal(Math.Exp(-(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p))), SingularValues.EffectiveRank(values), 1e-6);
        Assert.Equal(0, SingularValues.EffectiveRank([0, 0]));
    }

    /// <summary>Checks a matrix as it is after being stored in a type.</summary>
    private static FactorCheck Check(FactorLaw law, double[] a, ElementType type = ElementType.Float32)
    {
        byte[] stored = new byte[a.Length * 8];
        ElementFormat.Encode(type, a, stored);
        double[] read = new double[a.Length];
        ElementFormat.Decode(type, stored, read);
        return FactorCheck.Of(law, read, Rank, type);
    }
}
