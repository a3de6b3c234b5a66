namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>One to five distinct eigenvalues, often close to 1 or repeated, sometimes with a crowd of hundreds
/// that pulls the other way; rank log-uniform in 1..512.</summary>
public static class FactorReleaseArbitrary
{
    public static Arbitrary<FactorRelease> Releases() => Generator.ToArbitrary();

    internal static Gen<FactorRelease> Generator =>
        from rank in VectorPairArbitrary.LogUniform(1, 512)
        from count in Gen.Choose(1, 5)
        from spread in VectorPairArbitrary.LogUniform(1e-6, 2)
        from logs in VectorPairArbitrary.Uniform(-1, 1).ListOf(count)
        from repeat in Gen.Choose(1, 3)
        from crowd in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(100, 400)))
        select new FactorRelease(
            (int)Math.Round(rank),
            [.. logs.SelectMany(log => Enumerable.Repeat(Math.Exp(spread * log), repeat)),
                .. Enumerable.Repeat(Math.Exp(spread * logs[0] / -50), crowd)]);
}
