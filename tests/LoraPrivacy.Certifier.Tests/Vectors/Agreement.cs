using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;

namespace LoraPrivacy.Certifier.Tests.Vectors;

/// <summary>Holds numbers against enclosures, without rounding.</summary>
internal static class Agreement
{
    /// <summary>The first member that does not agree, in words; null where all do.</summary>
    public static string? Disagreement(StoredTest test, JsonObject result)
    {
        foreach ((string name, JsonNode? expected) in test.Expected)
        {
            if (name == "words")
            {
                string? wrong = expected!.AsObject().Select(word => word.Key).FirstOrDefault(key => result[key]?.GetValue<string>() != expected[key]!.GetValue<string>());
                if (wrong is not null)
                {
                    return $"{wrong} is {result[wrong]?.ToJsonString()}";
                }
            }
            else if (Pairs(result[name], expected!).FirstOrDefault(pair => !Holds(test.Comparison, name, pair.Got, pair.Expected)) is { Expected: not null } pair)
            {
                return $"{name} is {pair.Got:R}, expected {pair.Expected}";
            }
        }

        return null;
    }

    /// <summary>The largest relative distance of a result from its enclosures; an infinity where one of two is infinite, or is not there.</summary>
    public static double RelativeError(StoredTest test, JsonObject result)
        => test.Expected.Where(member => member.Key != "words").SelectMany(member => Pairs(result[member.Key], member.Value!))
            .Select(pair => RelativeError(pair.Got, pair.Expected)).DefaultIfEmpty(0).Max();

    /// <summary>A decimal number of an enclosure.</summary>
    public static Rational Decimal(string text)
    {
        string[] parts = text.Split('e');
        string[] digits = parts[0].Split('.');
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (digits.Length > 1 ? digits[1].Length : 0);
        BigInteger mantissa = BigInteger.Parse(string.Concat(digits), CultureInfo.InvariantCulture);
        return exponent >= 0 ? new Rational(mantissa * BigInteger.Pow(10, exponent), 1) : new Rational(mantissa, BigInteger.Pow(10, -exponent));
    }

    private static bool Holds(JsonObject comparison, string name, double got, Enclosure expected)
    {
        if (!double.IsFinite(got) || expected.Lower.EndsWith("Infinity", StringComparison.Ordinal))
        {
            return comparison["kind"]!.GetValue<string>() == "contains" && name == "upper" && double.IsPositiveInfinity(got)
                || got == double.Parse(expected.Lower, CultureInfo.InvariantCulture)
                || (comparison["kind"]!.GetValue<string>() == "upper-bound" && double.IsPositiveInfinity(got));
        }

        Rational value = Rational.Of(got);
        Rational lower = Decimal(expected.Lower);
        Rational upper = Decimal(expected.Upper);
        return comparison["kind"]!.GetValue<string>() switch
        {
            "bits" => got == double.Parse(expected.Lower, CultureInfo.InvariantCulture) && got == double.Parse(expected.Upper, CultureInfo.InvariantCulture),
            "relative" => Distance(value, lower, upper) <= Decimal(comparison["tolerance"]!.GetValue<string>()) * (lower.Abs() > upper.Abs() ? lower.Abs() : upper.Abs()),
            "absolute" => Distance(value, lower, upper) <= Decimal(comparison["tolerance"]!.GetValue<string>()),
            "contains" => name == "lower" ? value <= upper : value >= lower,
            "upper-bound" => value >= lower,
            string kind => throw new NotSupportedException(kind),
        };
    }

    private static double RelativeError(double got, Enclosure expected)
    {
        if (!double.IsFinite(got) || expected.Lower.EndsWith("Infinity", StringComparison.Ordinal))
        {
            return got == double.Parse(expected.Lower, CultureInfo.InvariantCulture) ? 0 : double.PositiveInfinity;
        }

        Rational distance = Distance(Rational.Of(got), Decimal(expected.Lower), Decimal(expected.Upper));
        return distance.IsZero ? 0
            : Decimal(expected.Upper).IsZero ? double.PositiveInfinity
            : Quotient(distance, Decimal(expected.Upper).Abs());
    }

    private static double Quotient(Rational x, Rational y) => Math.Exp(BigInteger.Log(x.Numerator * y.Denominator) - BigInteger.Log(x.Denominator * y.Numerator));

    private static Rational Distance(Rational value, Rational lower, Rational upper)
        => value < lower ? lower - value : value > upper ? value - upper : 0;

    private static IEnumerable<(double Got, Enclosure Expected)> Pairs(JsonNode? got, JsonNode expected)
    {
        JsonArray items = expected.AsArray();
        return items[0] is JsonValue
            ? [(Number(got), new Enclosure(items[0]!.GetValue<string>(), items[1]!.GetValue<string>()))]
            : items.SelectMany((item, i) => Pairs((got as JsonArray)?.ElementAtOrDefault(i), item!));
    }

    private static double Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => node.GetValue<double>(),
        JsonValueKind.String => double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture),
        _ => double.NaN,
    };
}
