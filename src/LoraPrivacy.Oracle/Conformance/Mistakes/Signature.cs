namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>A mistake that cannot be recomputed, since it depends on the order of operations, but leaves its mark on every answer.</summary>
internal sealed record Signature(string Name, string Bug, Func<IReadOnlyList<AnsweredTest>, bool> Marks)
{
    /// <summary>The name of that of one answer for all queries.</summary>
    public const string ConstantAnswer = "ConstantAnswer";

    private const int Least = 3;
    private const double LargestSingleError = 1e-3;
    private const double LargestCancellation = 2e-14;
    private const double LargestCancelled = 1e-5;
    private const int DigitsBeyondSingle = 8;
    private const int LowBits = (1 << 7) - 1;

    public static IReadOnlyList<Signature> All { get; } =
    [
        new(ConstantAnswer, "the same answer is given to every query", IsConstant),
        new("SinglePrecisionArithmetic", "single precision: all answers are single-precision numbers, with errors as of their arithmetic", IsSingle),
        new("Cancellation", "small results are formed as differences of rounded numbers that nearly agree: all errors are as small, absolutely, as the rounding of numbers near 1", IsCancelled),
    ];

    private static bool IsConstant(IReadOnlyList<AnsweredTest> tests)
        => tests.Count >= Least && tests.All(test => AnswerReader.IsSame(test.Given, tests[0].Given));

    private static bool IsSingle(IReadOnlyList<AnsweredTest> tests)
    {
        AnsweredNumber[] numbers = [.. tests.SelectMany(test => test.Numbers)];
        double[] given = [.. numbers.Select(number => number.Given)];
        return numbers.All(number => number.Exact == number.Given || Math.Abs(number.Given - number.Exact) <= LargestSingleError * Math.Abs(number.Exact))
            && ((given.All(value => (float)value == value) && given.Count(value => (BitConverter.SingleToInt32Bits((float)value) & LowBits) != 0) >= Least)
                || (given.All(value => double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value)
                    && given.Count(value => Digits(value) >= DigitsBeyondSingle) >= Least));
    }

    private static int Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture).Split('E')[0].Count(char.IsAsciiDigit);

    private static bool IsCancelled(IReadOnlyList<AnsweredTest> tests)
    {
        AnsweredNumber[] wrong = [.. tests.Where(test => test.IsFailing && ResultMistakes.IsProbability(test.Vector.Operation)).SelectMany(test => test.Numbers.Where(test.IsWrong))];
        double[] errors = [.. wrong.Where(number => number.Given != 0).Select(number => Math.Abs(number.Given - number.Exact))];
        double[] relative = [.. wrong.Where(number => number.Given != 0).Select(number => (number.Given - number.Exact) / number.Exact)];

        // A constant offset or factor is another mistake.
        return wrong.Length >= Least && errors.Length >= Least && errors.Min() < 0.5 * errors.Max() && relative.Max() - relative.Min() > 0.5 * relative.Max(Math.Abs)
            && wrong.All(number => Math.Abs(number.Exact) <= LargestCancelled && Math.Abs(number.Given - number.Exact) <= LargestCancellation);
    }
}
