namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>Releases over the promised domain: rank log-uniform in 1..1024, dimension in 2..16384.</summary>
public static class ProductReleaseArbitrary
{
    public static Arbitrary<ProductRelease> Releases() => Generator.ToArbitrary();

    internal static Gen<ProductRelease> Generator =>
        from rank in VectorPairArbitrary.LogUniform(1, 1024)
        from dimension in VectorPairArbitrary.LogUniform(2, 16384)
        select new ProductRelease((int)Math.Round(rank), (int)Math.Round(dimension));
}
