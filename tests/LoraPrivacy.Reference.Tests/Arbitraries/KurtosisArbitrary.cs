namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A kurtosis in [1, 9]; those of the common initialisations (1, 9/5, 3) come up often.</summary>
public readonly record struct Kurtosis(double Value);

public static class KurtosisArbitrary
{
    public static Arbitrary<Kurtosis> Generate() => Arb.From(
        Gen.OneOf(Gen.Elements(1, 1.8, 3), Gen.Choose(0, 1024).Select(steps => 1 + (steps / 128.0)))
            .Select(value => new Kurtosis(value)),
        kurtosis => kurtosis.Value == 3 ? [] : [new Kurtosis(3)]);
}
