namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>Whether an answer is what a mistake gives, recomputed.</summary>
internal static class MistakeFit
{
    /// <summary>How far a testee's own rounding may take it from the recomputed value: relative, and as a share of its error.</summary>
    private const double Rounding = 1e-6;
    private const double ShareOfError = 0.01;

    /// <summary>The same for operations that are answered by searches and brackets, which are less precise.</summary>
    private const double SearchRounding = 1e-3;
    private const double SearchShareOfError = 0.02;

    /// <summary>The widest brackets, as a share of the error, that are taken for a value.</summary>
    private const double WidestShare = 0.25;

    /// <summary>Whether a wrong answer is a mistake's: every word is the same, and every number near the testee's against its error.</summary>
    public static bool Explains(AnsweredTest test, JsonObject mistaken)
    {
        JsonElement result = JsonSerializer.SerializeToElement(mistaken);
        return HasSameWords(test, result) && HasSameNumbers(test, result);
    }

    /// <summary>Whether a right answer does not speak against a mistake: the mistake passes the test too, or is as near as it has to be.</summary>
    public static bool Allows(AnsweredTest test, JsonObject mistaken)
    {
        JsonElement result = JsonSerializer.SerializeToElement(mistaken);
        return Passes(test, result) || (test.Expected.Words.Count == 0 && test.Vector.Agreement.Kind switch
        {
            AgreementKind.Contains => test.With(result) is var other && other.End("lower") <= test.End("upper") && other.End("upper") >= test.End("lower"),
            AgreementKind.UpperBound => test.Numbers.Zip(test.With(result).Numbers, (given, wrong) => Math.Abs(given.Given - wrong.Given) <= SearchRounding * Math.Abs(given.Given)).All(near => near),
            _ => test.Numbers.Zip(test.With(result).Numbers, (given, wrong) => Math.Abs(given.Given - wrong.Given) <= 2 * Tolerance(test, wrong.Given)).All(near => near),
        });
    }

    private static bool Passes(AnsweredTest test, JsonElement result) => ResultComparison.Disagreement(test.Vector.Agreement, result, test.Expected) is null;

    private static bool HasSameWords(AnsweredTest test, JsonElement result) => test.Expected.Words.Keys.All(name
        => test.Given.TryGetProperty(name, out JsonElement given) && result.TryGetProperty(name, out JsonElement wrong) && AnswerReader.IsSame(given, wrong));

    private static bool HasSameNumbers(AnsweredTest test, JsonElement result)
        => test.Vector.Agreement.Kind == AgreementKind.Contains
            ? IsSameBracket(test, test.With(result))
            : test.Numbers.Zip(test.With(result).Numbers, (given, wrong) => IsNear(test, given, wrong.Given)).All(near => near);

    private static bool IsNear(AnsweredTest test, AnsweredNumber number, double wrong)
    {
        if (!test.IsWrong(number))
        {
            return test.Vector.Agreement.Holds(wrong, number.Enclosure) || Math.Abs(number.Given - wrong) <= 2 * Tolerance(test, wrong);
        }

        if (number.Given == wrong || !double.IsFinite(number.Given) || !double.IsFinite(wrong))
        {
            return number.Given == wrong;
        }

        bool isSearch = test.Vector.Agreement.Kind == AgreementKind.UpperBound;
        double error = Math.Abs(number.Given - number.Exact);
        double allowed = Math.Min((isSearch ? SearchRounding : Rounding) * Math.Abs(wrong), (isSearch ? SearchShareOfError : ShareOfError) * error);
        return Math.Abs(number.Given - wrong) <= Math.Max(allowed, 0.1 * Tolerance(test, wrong)) + double.Epsilon;
    }

    private static double Tolerance(AnsweredTest test, double value)
        => test.Vector.Agreement.Tolerance.ToDouble() * (test.Vector.Agreement.Kind == AgreementKind.Absolute ? 1 : Math.Abs(value));

    private static bool IsSameBracket(AnsweredTest given, AnsweredTest wrong)
    {
        (double lower, double upper) = (given.End("lower"), given.End("upper"));
        (double wrongLower, double wrongUpper) = (wrong.End("lower"), wrong.End("upper"));
        if (lower == wrongLower && upper == wrongUpper)
        {
            return true;
        }

        AnsweredNumber expected = given.Expected.Values.Select(value => new AnsweredNumber(value.Key, upper, ((ExpectedValue.Number)value.Value).Enclosure)).First();
        double exact = expected.Enclosure.Lower.ToDouble();
        double error = exact > upper ? exact - upper : lower - exact;
        double slack = SearchShareOfError * error;
        bool meet = wrongLower <= upper + slack && wrongUpper >= lower - slack;

        // A bracket from 0 says nothing but its upper end.
        return meet && wrongUpper - wrongLower <= WidestShare * error && (upper - lower <= WidestShare * error || Math.Abs(upper - wrongUpper) <= slack);
    }
}
