namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A gradient row other than 0, of length 1 to 8, with exact zeros and axis-parallel rows among its values.</summary>
public sealed record GradientVector(double[] Values)
{
    public double Norm => Math.Sqrt(Values.Sum(value => value * value));

    public override string ToString() => $"[{string.Join(", ", Values)}]";
}

public static class GradientVectorArbitrary
{
    /// <summary>Multiples of 1/64 in [−8, 8], a fifth of them 0.</summary>
    internal static Gen<double> Entry { get; } = Gen.Frequency(
        (1, Gen.Constant(0.0)),
        (4, Gen.Choose(-512, 512).Select(steps => steps / 64.0)));

    public static Arbitrary<GradientVector> Generate() => Arb.From(
        Gen.OneOf(General, AxisParallel).Where(IsNotZero).Select(values => new GradientVector(values)),
        gradient => gradient.Values
            .Select((_, i) => gradient.Values.Where((_, k) => k != i).ToArray())
            .Where(IsNotZero)
            .Select(values => new GradientVector(values)));

    private static Gen<double[]> General => Gen.Choose(1, 8).SelectMany(length => Gen.ArrayOf(Entry, length));

    private static Gen<double[]> AxisParallel =>
        from length in Gen.Choose(1, 8)
        from axis in Gen.Choose(0, length - 1)
        from value in Entry
        select Enumerable.Range(0, length).Select(i => i == axis ? value : 0).ToArray();

    private static bool IsNotZero(double[] values) => values.Any(value => value != 0);
}
