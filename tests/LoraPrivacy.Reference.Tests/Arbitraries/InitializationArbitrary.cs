namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>Every initialisation, with variances between 1/64 and 4 where there is one to choose.</summary>
public static class InitializationArbitrary
{
    public static Arbitrary<Initialization> Generate() => (
        from steps in Gen.Choose(1, 256)
        from kind in Gen.Choose(0, 5)
        let variance = steps / 64.0
        select kind switch
        {
            0 => Initialization.Gaussian(variance),
            1 => Initialization.PeftGaussian,
            2 => Initialization.KaimingUniform,
            3 => Initialization.Rademacher(variance),
            4 => Initialization.Sparse(variance),
            _ => Initialization.Orthonormal(variance),
        }).ToArbitrary();
}
