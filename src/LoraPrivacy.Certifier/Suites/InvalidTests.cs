using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Vectors;

namespace LoraPrivacy.Certifier.Suites;

/// <summary>Wrong parameters of every kind, with the error that each has to be answered by.</summary>
internal static class InvalidTests
{
    private const string BadParameters = "bad-params";
    private const string OutOfRange = "out-of-range";

    /// <summary>The kinds of parameters by the values that they refuse.</summary>
    internal enum Kind
    {
        /// <summary>A rank or dimension.</summary>
        Size,

        /// <summary>A finite number above 0.</summary>
        Positive,

        /// <summary>A finite number of at least 0.</summary>
        NonNegative,

        /// <summary>A number of at least 0, or infinity.</summary>
        NonNegativeOrInfinite,

        /// <summary>A number in (0, 1).</summary>
        Probability,

        /// <summary>A number in (0, 1].</summary>
        Rate,

        /// <summary>An integer of at least 0.</summary>
        Count,

        /// <summary>An angle in [0, π].</summary>
        Angle,

        /// <summary>Any number.</summary>
        Extended,

        /// <summary>A finite number.</summary>
        Finite,

        /// <summary>A ratio in [−1, 1].</summary>
        Ratio,

        /// <summary>A vector.</summary>
        Vector,

        /// <summary>A matrix.</summary>
        Matrix,
    }

    /// <summary>A group of them.</summary>
    /// <param name="valid">Parameters that are right.</param>
    /// <param name="kinds">The kind of each required parameter.</param>
    /// <param name="more">Further tests.</param>
    public static VectorGroup Group(JsonObject valid, (string Name, Kind Kind)[] kinds, params VectorTest[] more)
    {
        List<VectorTest> tests = [VectorTest.Invalid(valid.With(("extra", 1)), BadParameters, "extra", "a parameter that there is not")];
        foreach ((string name, Kind kind) in kinds)
        {
            tests.Add(VectorTest.Invalid(valid.Without(name), BadParameters, name, $"{name} is missing"));
            tests.AddRange(Values(kind).Select(wrong => VectorTest.Invalid(valid.With((name, wrong.Value)), wrong.Code, name, $"{name} {wrong.Why}")));
        }

        return new VectorGroup(801, "wrong parameters", VectorGroup.Definition, IsRequired: true, Comparison.Bits, [.. tests, .. more]);
    }

    private static (object? Value, string Code, string Why)[] Values(Kind kind) => kind switch
    {
        Kind.Size => [(0, OutOfRange, "is 0"), (1048577, OutOfRange, "is above 2^20"), (1.5, BadParameters, "is no integer"), (true, BadParameters, "is no number")],
        Kind.Positive => [(0, OutOfRange, "is 0"), (-1, OutOfRange, "is negative"), ("Infinity", OutOfRange, "is infinite"), (null, BadParameters, "is null")],
        Kind.NonNegative => [(-1, OutOfRange, "is negative"), ("Infinity", OutOfRange, "is infinite"), (true, BadParameters, "is no number")],
        Kind.NonNegativeOrInfinite => [(-0.5, OutOfRange, "is negative"), ("-Infinity", OutOfRange, "is negative infinity"), (true, BadParameters, "is no number")],
        Kind.Probability => [(0, OutOfRange, "is 0"), (1, OutOfRange, "is 1"), (-0.25, OutOfRange, "is negative"), (false, BadParameters, "is no number")],
        Kind.Rate => [(0, OutOfRange, "is 0"), (1.5, OutOfRange, "is above 1"), ("Infinity", OutOfRange, "is infinite")],
        Kind.Count => [(-1, OutOfRange, "is negative"), ("Infinity", OutOfRange, "is infinite")],
        Kind.Angle => [(-0.125, OutOfRange, "is negative"), (3.25, OutOfRange, "is above π"), ("Infinity", OutOfRange, "is infinite"), (null, BadParameters, "is null")],
        Kind.Extended => [(true, BadParameters, "is no number"), (null, BadParameters, "is null")],
        Kind.Finite => [("Infinity", OutOfRange, "is infinite"), ("-Infinity", OutOfRange, "is negative infinity"), (null, BadParameters, "is null")],
        Kind.Ratio => [(1.5, OutOfRange, "is above 1"), (-1.5, OutOfRange, "is below -1"), (true, BadParameters, "is no number")],
        Kind.Vector => [(Array.Empty<double>(), BadParameters, "is empty"), (3, BadParameters, "is no array"), (new[] { 1, double.PositiveInfinity }, OutOfRange, "has an infinite entry")],
        _ =>
        [
            (Array.Empty<double[]>(), BadParameters, "is empty"), (new[] { 1.0, 2.0 }, BadParameters, "is a vector"),
            (new double[][] { [1, 2], [3] }, BadParameters, "has rows of different lengths"),
            (new double[][] { [1, double.NegativeInfinity], [0, 1] }, OutOfRange, "has an infinite entry"),
        ],
    };
}
