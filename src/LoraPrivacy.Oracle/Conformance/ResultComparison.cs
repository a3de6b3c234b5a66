using System.Globalization;
using System.Text.Json;
using LoraPrivacy.Oracle.Conformance.Vectors;
using LoraPrivacy.Oracle.Output;

namespace LoraPrivacy.Oracle.Conformance;

/// <summary>Compares an answered result with an expected one.</summary>
internal sealed class ResultComparison(Agreement agreement)
{
    private const string LowerName = "lower";
    private const string UpperName = "upper";

    /// <summary>The first thing that does not agree, in words; null where all does.</summary>
    public string? Disagreement(JsonElement result, ExpectedResult expected)
    {
        foreach ((string name, string word) in expected.Words)
        {
            if (!result.TryGetProperty(name, out JsonElement member) || member.ValueKind != JsonValueKind.String || !member.ValueEquals(word))
            {
                return $"{name} is {(member.ValueKind == JsonValueKind.Undefined ? "missing" : Shown(member))}, expected '{word}'";
            }
        }

        return agreement.Kind == AgreementKind.Contains
            ? expected.Values.Select(value => BracketDisagreement(result, value.Key, value.Value)).FirstOrDefault(text => text is not null)
            : expected.Values.Select(value => MemberDisagreement(result, value.Key, value.Value)).FirstOrDefault(text => text is not null);
    }

    /// <summary>A number of an answer: a JSON number within the doubles, or an infinity as a string. NaN where it is neither.</summary>
    public static double Number(JsonElement element)
        => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value) ? value
            : element.ValueKind != JsonValueKind.String ? double.NaN
            : element.ValueEquals("Infinity") ? double.PositiveInfinity
            : element.ValueEquals("-Infinity") ? double.NegativeInfinity
            : double.NaN;

    private string? MemberDisagreement(JsonElement result, string name, ExpectedValue expected)
        => result.TryGetProperty(name, out JsonElement member) ? Disagreement(name, member, expected) : $"{name} is missing";

    private string? Disagreement(string place, JsonElement answered, ExpectedValue expected)
    {
        if (expected is ExpectedValue.Number { Enclosure: Enclosure exact })
        {
            double number = Number(answered);
            return agreement.Holds(number, exact) ? null : $"{place} is {Shown(answered)}, expected {exact}{Distance(number, exact)}; allowed: {agreement}";
        }

        IReadOnlyList<ExpectedValue> items = ((ExpectedValue.Sequence)expected).Items;
        if (answered.ValueKind != JsonValueKind.Array || answered.GetArrayLength() != items.Count)
        {
            return $"{place} is {Shown(answered)}, expected an array of {items.Count}";
        }

        return items.Select((item, i) => Disagreement($"{place}[{i}]", answered[i], item)).FirstOrDefault(text => text is not null);
    }

    private string? BracketDisagreement(JsonElement result, string name, ExpectedValue expected)
    {
        if (expected is not ExpectedValue.Number { Enclosure: Enclosure exact })
        {
            return $"the vector expects an array for {name}, which no bracket contains";
        }

        if (!result.TryGetProperty(LowerName, out JsonElement lower) || !result.TryGetProperty(UpperName, out JsonElement upper))
        {
            return $"{LowerName} or {UpperName} is missing";
        }

        return agreement.Holds(Number(lower), Number(upper), exact)
            ? null
            : $"[{LowerName}, {UpperName}] is [{Shown(lower)}, {Shown(upper)}], expected {exact}; allowed: {agreement}";
    }

    private static string Distance(double answered, Enclosure exact)
    {
        double nearest = double.IsFinite(answered) ? exact.Nearest(ExactNumber.Of(answered)).ToDouble() : double.NaN;
        return !double.IsFinite(nearest) ? ""
            : nearest == 0 ? string.Create(CultureInfo.InvariantCulture, $" (off by {Math.Abs(answered):0.0e+0})")
            : string.Create(CultureInfo.InvariantCulture, $" (off by {Math.Abs((answered - nearest) / nearest):0.0e+0} relative)");
    }

    private static string Shown(JsonElement element)
    {
        string text = OneLine.Of(element.GetRawText());
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
