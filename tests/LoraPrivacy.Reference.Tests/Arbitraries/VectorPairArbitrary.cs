namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>Pairs over the promised domain: λ log-uniform in [0.1, 10] (often close to 1), θ = 0 or log-uniform in
/// [1e-4, π − 1e-4].</summary>
public static class VectorPairArbitrary
{
    public static Arbitrary<VectorPair> VectorPairs() => Generator.ToArbitrary();

    internal static Gen<VectorPair> Generator =>
        from ratio in Gen.OneOf(LogUniform(0.1, 10), Gen.Constant(1.0), LogUniform(0.98, 1.02))
        from angle in Gen.Frequency(
            (1, Gen.Constant(0.0)), (6, LogUniform(1e-4, 1.5)), (1, LogUniform(1.5, Math.PI - 1e-4)))
        select new VectorPair(ratio, angle);

    internal static Gen<double> LogUniform(double low, double high)
        => Uniform(Math.Log(low), Math.Log(high)).Select(Math.Exp);

    internal static Gen<double> Uniform(double low, double high)
        => Gen.Choose(0, int.MaxValue - 1).Select(i => low + (high - low) * i / (int.MaxValue - 1.0));
}
