namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A dimension between 1 and 24.</summary>
public readonly record struct Dimension(int Value);

public static class DimensionArbitrary
{
    public static Arbitrary<Dimension> Generate() => Arb.From(
        Gen.Choose(1, 24).Select(value => new Dimension(value)),
        dimension => dimension.Value > 1 ? [new Dimension(1), new Dimension(dimension.Value - 1)] : []);
}
