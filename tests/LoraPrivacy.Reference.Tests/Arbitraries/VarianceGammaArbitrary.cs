namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>
/// Laws over the promised domain: rank log-uniform in 1..1024, any norm from 1e-3 to 1e3, any ratio, often 0, ±1 or as
/// close to ±1 as doubles come.
/// </summary>
public static class VarianceGammaArbitrary
{
    public static Arbitrary<VarianceGamma> Laws() => Generator.ToArbitrary();

    internal static Gen<VarianceGamma> Generator =>
        from rank in VectorPairArbitrary.LogUniform(1, 1024)
        from norm in VectorPairArbitrary.LogUniform(1e-3, 1e3)
        from ratio in Ratio
        select new VarianceGamma(ratio * norm, norm, (int)Math.Round(rank));

    private static Gen<double> Ratio => Gen.OneOf(
        VectorPairArbitrary.Uniform(-1, 1),
        VectorPairArbitrary.Uniform(-1, 1),
        Gen.Elements(0.0, 1, -1),
        from gap in VectorPairArbitrary.LogUniform(1.2e-16, 0.5)
        from sign in Gen.Elements(1.0, -1)
        select sign * (1 - gap));
}
