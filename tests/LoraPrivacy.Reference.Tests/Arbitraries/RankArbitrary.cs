namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A rank between 1 and 64; small ranks, where the laws are furthest from normal, are as likely as large ones.</summary>
public readonly record struct Rank(int Value);

public static class RankArbitrary
{
    public static Arbitrary<Rank> Generate() => Arb.From(
        Gen.OneOf(Gen.Choose(1, 4), Gen.Choose(1, 64)).Select(value => new Rank(value)),
        rank => rank.Value > 1 ? [new Rank(1), new Rank(rank.Value - 1)] : []);
}
