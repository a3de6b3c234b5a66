using LoraPrivacy.Protocol.Numbers;

namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>A test whose answer is a result that can be compared: no refusal, no error, and no answer to a query that is to be refused.</summary>
internal sealed record AnsweredTest(Vector Vector, ExpectedResult Expected, JsonElement Given, bool IsFailing)
{
    private readonly List<AnsweredNumber> numbers = [.. Expected.Values.SelectMany(value => Read(value.Key, Member(Given, value.Key), value.Value))];

    /// <summary>Its numbers; none where it answers brackets, or words alone.</summary>
    public IReadOnlyList<AnsweredNumber> Numbers => Vector.Agreement.Kind == AgreementKind.Contains ? [] : numbers;

    /// <summary>Whether the answer could tell one mistake from another: a wrong 0, 1 or infinity alone comes from many.</summary>
    public bool IsTelling => Vector.Agreement.Kind == AgreementKind.Contains ? Tells(End("upper")) : numbers.Count != 1 || Tells(numbers[0].Given);

    /// <summary>The largest relative error of its wrong numbers; infinite where one is far from an expected 0, or an infinity.</summary>
    public double Error => Vector.Agreement.Kind == AgreementKind.Contains
        ? Relative(numbers[0].Enclosure.Lower.ToDouble() > End("upper") ? End("upper") : End("lower"), numbers[0].Enclosure.Lower.ToDouble())
        : numbers.Where(IsWrong).Select(number => Relative(number.Given, number.Exact)).DefaultIfEmpty(0).Max();

    /// <summary>A test that can be compared; null where an outcome is none.</summary>
    public static AnsweredTest? Of(TestOutcome outcome)
    {
        ExpectedResult? expected = (outcome.Test as VectorTest)?.Vector.Expectation switch
        {
            Expectation.Valid valid => valid.Result,
            Expectation.Acceptable acceptable => acceptable.Result,
            _ => null,
        };
        return expected is not null && outcome.Answer is JsonElement given && outcome.Verdict is TestVerdict.Passed or TestVerdict.Failed && HasShape(given, expected)
            ? new(((VectorTest)outcome.Test).Vector, expected, given, outcome.Verdict == TestVerdict.Failed)
            : null;

        bool HasShape(JsonElement result, ExpectedResult shape) => shape.Words.Keys.All(word => result.TryGetProperty(word, out _))
            && (((VectorTest)outcome.Test).Vector.Agreement.Kind == AgreementKind.Contains
                ? result.TryGetProperty("lower", out JsonElement lower) && result.TryGetProperty("upper", out JsonElement upper)
                    && !double.IsNaN(JsonNumber.ReadOrNaN(lower)) && !double.IsNaN(JsonNumber.ReadOrNaN(upper))
                : shape.Values.All(value => Read(value.Key, Member(result, value.Key), value.Value).All(number => !double.IsNaN(number.Given))));
    }

    /// <summary>All numbers given, the ends of brackets among them.</summary>
    public IEnumerable<double> GivenNumbers => Vector.Agreement.Kind == AgreementKind.Contains ? [End("lower"), End("upper")] : numbers.Select(number => number.Given);

    /// <summary>Its query.</summary>
    public Query Query(ReferenceAnswers reference) => new(Vector.Operation, JsonNode.Parse(Vector.Parameters)!.AsObject(), reference);

    /// <summary>The same test with another answer.</summary>
    public AnsweredTest With(JsonElement other) => new(Vector, Expected, other, IsFailing);

    /// <summary>An end of an answered bracket.</summary>
    public double End(string name) => JsonNumber.ReadOrNaN(Member(Given, name));

    /// <summary>Whether a number is wrong.</summary>
    public bool IsWrong(AnsweredNumber number) => !Vector.Agreement.Holds(number.Given, number.Enclosure);

    private static bool Tells(double number) => double.IsFinite(number) && number is not (0 or 1);

    private static double Relative(double given, double exact)
        => given == exact ? 0 : exact == 0 || !double.IsFinite(exact) || !double.IsFinite(given) ? double.PositiveInfinity : Math.Abs((given - exact) / exact);

    private static JsonElement Member(JsonElement result, string name) => result.TryGetProperty(name, out JsonElement member) ? member : default;

    private static IEnumerable<AnsweredNumber> Read(string place, JsonElement given, ExpectedValue expected)
    {
        if (expected is ExpectedValue.Number number)
        {
            return [new(place, JsonNumber.ReadOrNaN(given), number.Enclosure)];
        }

        IReadOnlyList<ExpectedValue> items = ((ExpectedValue.Sequence)expected).Items;
        bool isArray = given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == items.Count;
        return items.SelectMany((item, i) => Read($"{place}[{i}]", isArray ? given[i] : default, item));
    }
}

/// <summary>A number of an answer.</summary>
/// <param name="Place">The member that it is, with its indices.</param>
/// <param name="Given">What was answered; NaN where it is missing.</param>
/// <param name="Enclosure">What is expected.</param>
internal readonly record struct AnsweredNumber(string Place, double Given, Enclosure Enclosure)
{
    /// <summary>The expected double next to what was given.</summary>
    public double Exact => (double.IsNaN(Given) ? Enclosure.Lower : Enclosure.Nearest(ExactNumber.Of(Given))).ToDouble();
}
