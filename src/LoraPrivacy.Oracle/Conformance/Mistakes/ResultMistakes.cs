namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>Mistakes that are the right result, spoiled.</summary>
internal static class ResultMistakes
{
    private const int MostDigits = 9;

    public static IEnumerable<Mistake> All =>
    [
        Of("Zeros", "0 is answered, whatever is asked", AnyNumber, _ => 0) with { IsConstant = true },
        Of("Ones", "1 is answered, whatever is asked", IsProbability, _ => 1) with { IsConstant = true },
        Of("SignTurned", "the result has the wrong sign", AnyNumber, value => -value),
        Of("Complement", "1 less the result is answered: the other tail, or the opposite event", IsProbability, value => 1 - value),
        Of("Doubled", "the result is twice too large: a factor 1/2 is missing", AnyNumber, value => 2 * value),
        Of("Halved", "the result is half of what it should be: a factor 2 is missing", AnyNumber, value => value / 2),
        Of("Squared", "the square of the result is answered", AnyNumber, value => value * value),
        Of("Root", "the square root of the result is answered, as a standard deviation is of a variance", AnyNumber, Math.Sqrt),
        Of("Inverse", "the reciprocal of the result is answered", AnyNumber, value => 1 / value),
        Of("Logarithm", "the natural logarithm of the result is answered", IsPositive, Math.Log),
        Of("Logarithm10", "the logarithm to base 10 of the result is answered", IsPositive, Math.Log10),
        Of("Logarithm2", "the logarithm to base 2 of the result is answered", IsPositive, Math.Log2),
        Of("Exponential", "e^ε is answered for ε", IsEpsilon, Math.Exp),
        Of("EpsilonInBase10", "ε is answered in logarithms to base 10", IsEpsilon, value => value / Math.Log(10)),
        Of("EpsilonInBase2", "ε is answered in logarithms to base 2", IsEpsilon, value => value / Math.Log(2)),
        Of("EpsilonTimesLn10", "ε is multiplied by ln 10, as if it had been to base 10", IsEpsilon, value => value * Math.Log(10)),
        Of("EpsilonTimesLn2", "ε is multiplied by ln 2, as if it had been to base 2", IsEpsilon, value => value * Math.Log(2)),
        Of("SinglePrecision", "results are rounded to single precision", AnyNumber, value => (double)(float)value),
        Of("HalfPrecision", "results are rounded to half precision", AnyNumber, value => (double)(Half)value),
        .. Enumerable.Range(1, MostDigits).Select(digits => Of(
            $"Decimals{digits}", $"results are rounded to {digits} decimals", AnyNumber, value => Math.Abs(value) < 1e15 ? Math.Round(value, digits) : value)),
        .. Enumerable.Range(1, MostDigits).Select(digits => Of(
            $"Digits{digits}", $"results are rounded to {digits} significant digits", AnyNumber, value => Significant(value, digits))),
    ];

    /// <summary>Whether an operation's result is a probability, in [0, 1]: δ, or a distribution function.</summary>
    public static bool IsProbability(string operation)
        => operation.EndsWith("/delta", StringComparison.Ordinal) || operation is "product/delta-floor" or "product/loss-cdf" or "noise/cdf" or "noise/gaussian-distance";

    /// <summary>Whether an operation's result is δ.</summary>
    public static bool IsDelta(string operation) => operation == "product/delta-floor" || operation.EndsWith("/delta", StringComparison.Ordinal);

    private static bool IsEpsilon(string operation) => operation.EndsWith("epsilon", StringComparison.Ordinal);

    private static bool IsPositive(string operation) => IsProbability(operation) || IsEpsilon(operation) || operation is "noise/pdf" or "dp-sgd/noise-multiplier";

    private static bool AnyNumber(string operation) => operation != "matrix/verdict";

    private static Mistake Of(string name, string bug, Predicate<string> operations, Func<double, double> change)
        => new(name, bug, operations, query => query.Ask() is JsonObject right ? Numbers.Map(right, change).AsObject() : null);

    private static double Significant(double value, int digits)
        => value == 0 || !double.IsFinite(value) ? value : double.Parse(value.ToString($"E{digits - 1}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
