namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>One value of S11 with exactly stated arguments: N = r + m − 1 is even, and the angle is θ = 2·atan(tangent).</summary>
internal sealed record CurveEntry(int Rank, int Dimension, Fraction NormRatio, Fraction HalfAngleTangent, Fraction Epsilon)
{
    /// <summary>The shape of the incomplete gamma functions, N/2.</summary>
    public int Shape => (Rank + Dimension - 1) / 2;

    /// <summary>k of S10, the factor of log h; a whole number, as N is even.</summary>
    public int LogFactor => Shape - Dimension;

    public static CurveEntry Of(int rank, int dimension, string normRatio, string tangent, string epsilon)
        => (rank + dimension) % 2 == 1
            ? new(rank, dimension, Fraction.Parse(normRatio), Fraction.Parse(tangent), Fraction.Parse(epsilon))
            : throw new FormatException($"rank {rank} and dimension {dimension} have an odd number of degrees of freedom");

    /// <summary>δ(ε) by the reference.</summary>
    public double Delta() => new ProductRelease(Rank, Dimension)
        .Delta(new VectorPair(NormRatio.Value, 2 * Math.Atan(HalfAngleTangent.Value)), Epsilon.Value);

    /// <summary>c = ε + k log h + (N/2) log λ of S11, the sign of which decides the case.</summary>
    public double Shift(double h) => Epsilon.Value + (LogFactor * Math.Log(h)) + (Shape * Math.Log(NormRatio.Value));

    /// <summary>The h at which <see cref="Shift"/> changes sign, for k ≠ 0.</summary>
    public double SignChange() => Math.Exp(-(Epsilon.Value + (Shape * Math.Log(NormRatio.Value))) / LogFactor);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rank,4} {Dimension,9} {NormRatio,6} {HalfAngleTangent,8} {Epsilon,7}");
}
