namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>Runs of DP-SGD: σ in [0.3, 30], q in [1e-5, 1] and often 1, T up to a million; all log-uniform.</summary>
public static class DpSgdArbitrary
{
    public static Arbitrary<DpSgdMechanism> Mechanisms() => Generator.ToArbitrary();

    internal static Gen<DpSgdMechanism> Generator =>
        from noise in VectorPairArbitrary.LogUniform(0.3, 30)
        from rate in Gen.Frequency((5, VectorPairArbitrary.LogUniform(1e-5, 1)), (1, Gen.Constant(1.0)))
        from steps in VectorPairArbitrary.LogUniform(1, 1e6)
        select new DpSgdMechanism(noise, rate, (long)Math.Round(steps));
}
