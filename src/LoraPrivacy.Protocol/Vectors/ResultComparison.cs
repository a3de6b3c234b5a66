namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Compares an answered result with an expected one.</summary>
public static class ResultComparison
{
    private const string LowerName = "lower";
    private const string UpperName = "upper";

    /// <summary>The first thing that does not agree, in words, which may quote the answer; null where all does.</summary>
    /// <param name="agreement">When a number agrees.</param>
    /// <param name="result">The answered result, an object.</param>
    /// <param name="expected">What is due.</param>
    public static string? Disagreement(Agreement agreement, JsonElement result, ExpectedResult expected)
    {
        foreach ((string name, string word) in expected.Words)
        {
            if (!result.TryGetProperty(name, out JsonElement member) || member.ValueKind != JsonValueKind.String || !member.ValueEquals(word))
            {
                return $"{name} is {(member.ValueKind == JsonValueKind.Undefined ? "missing" : Shown(member))}, expected '{word}'";
            }
        }

        return expected.Values.Select(value => agreement.Kind == AgreementKind.Contains ? BracketDisagreement(agreement, result, value.Key, value.Value)
            : result.TryGetProperty(value.Key, out JsonElement member) ? Disagreement(agreement, value.Key, member, value.Value)
            : $"{value.Key} is missing").FirstOrDefault(text => text is not null);
    }

    private static string? Disagreement(Agreement agreement, string place, JsonElement answered, ExpectedValue expected)
    {
        if (expected is ExpectedValue.Number { Enclosure: Enclosure exact })
        {
            double number = JsonNumber.ReadOrNaN(answered);
            return agreement.Holds(number, exact) ? null : $"{place} is {Shown(answered)}, expected {exact}{Distance(number, exact)}; allowed: {agreement}";
        }

        IReadOnlyList<ExpectedValue> items = ((ExpectedValue.Sequence)expected).Items;
        if (answered.ValueKind != JsonValueKind.Array || answered.GetArrayLength() != items.Count)
        {
            return $"{place} is {Shown(answered)}, expected an array of {items.Count}";
        }

        return items.Select((item, i) => Disagreement(agreement, $"{place}[{i}]", answered[i], item)).FirstOrDefault(text => text is not null);
    }

    private static string? BracketDisagreement(Agreement agreement, JsonElement result, string name, ExpectedValue expected)
    {
        if (expected is not ExpectedValue.Number { Enclosure: Enclosure exact })
        {
            return $"the vector expects an array for {name}, which no bracket contains";
        }

        if (!result.TryGetProperty(LowerName, out JsonElement lower) || !result.TryGetProperty(UpperName, out JsonElement upper))
        {
            return $"{LowerName} or {UpperName} is missing";
        }

        return agreement.Holds(JsonNumber.ReadOrNaN(lower), JsonNumber.ReadOrNaN(upper), exact)
            ? null
            : $"[{LowerName}, {UpperName}] is [{Shown(lower)}, {Shown(upper)}], expected {exact}; allowed: {agreement}";
    }

    private static string Distance(double answered, Enclosure exact)
    {
        double relative = exact.RelativeDistance(answered);
        return double.IsFinite(relative) ? string.Create(CultureInfo.InvariantCulture, $" (off by {relative:0.0e+0} relative)")
            : double.IsFinite(answered) && exact.Lower.IsFinite ? string.Create(CultureInfo.InvariantCulture, $" (off by {Math.Abs(answered):0.0e+0})")
            : "";
    }

    private static string Shown(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
