using System.Globalization;
using System.Runtime.CompilerServices;

namespace LoraPrivacy.Reference;

/// <summary>
/// Argument checks with one-line messages that name the argument, its value and the allowed range, so that the
/// command line can print them as they are.
/// </summary>
internal static class Argument
{
    /// <summary>Ranks, dimensions and numbers of steps above this are refused rather than half-supported.</summary>
    public const int LargestSize = 1 << 20;

    public static int Rank(int rank, [CallerArgumentExpression(nameof(rank))] string name = "rank")
        => Size(rank, name);

    public static int Dimension(int dimension, [CallerArgumentExpression(nameof(dimension))] string name = "dimension")
        => Size(dimension, name);

    public static int Size(int value, string name)
        => value is >= 1 and <= LargestSize
            ? value
            : throw OutOfRange(name, value, Invariant($"an integer in [1, {LargestSize}]"));

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "value")
        => double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "value")
        => double.IsFinite(value) && value > 0 ? value : throw OutOfRange(name, value, "a finite number in (0, ∞)");

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "value")
        => double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(name, value, "a finite number in [0, ∞)");

    public static long NonNegative(long value, [CallerArgumentExpression(nameof(value))] string name = "value")
        => value >= 0 ? value : throw OutOfRange(name, value, "an integer of at least 0");

    /// <summary>A number in the closed interval [low, high].</summary>
    public static double InRange(
        double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "value")
        => value >= low && value <= high
            ? value
            : throw OutOfRange(name, value, Invariant($"a number in [{low:R}, {high:R}]"));

    /// <summary>A probability strictly between 0 and 1.</summary>
    public static double Probability(
        double value, [CallerArgumentExpression(nameof(value))] string name = "probability")
        => value is > 0 and < 1 ? value : throw OutOfRange(name, value, "a number in (0, 1)");

    /// <summary>A rate of sampling, above 0 and at most 1.</summary>
    public static double Rate(double value, [CallerArgumentExpression(nameof(value))] string name = "rate")
        => value is > 0 and <= 1 ? value : throw OutOfRange(name, value, "a number in (0, 1]");

    /// <summary>A vector has between 1 and the largest supported number of entries.</summary>
    public static void Length(int length, string name)
    {
        if (length is < 1 or > LargestSize)
        {
            throw new ArgumentException(Invariant($"{name} must have 1 to {LargestSize} entries, but has {length}"), name);
        }
    }

    public static void SameShape(double[,] matrix, double[,] expected, string name)
    {
        if (matrix.GetLength(0) != expected.GetLength(0) || matrix.GetLength(1) != expected.GetLength(1))
        {
            throw new ArgumentException(
                Invariant($"{name} must be {expected.GetLength(0)} × {expected.GetLength(1)}, but is {matrix.GetLength(0)} × {matrix.GetLength(1)}"),
                name);
        }
    }

    public static void SameLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException(Invariant($"{name} must have length {expected}, but has length {actual}"), name);
        }
    }

    public static void AllFinite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw OutOfRange(Invariant($"{name}[{i}]"), values[i], "a finite number");
            }
        }
    }

    /// <summary>Every element of a matrix is finite, and there is at least one.</summary>
    public static void AllFinite(double[,] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Length == 0)
        {
            throw new ArgumentException(Invariant($"{name} must have at least one row and one column, but is {values.GetLength(0)} × {values.GetLength(1)}"), name);
        }

        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                if (!double.IsFinite(values[i, j]))
                {
                    throw OutOfRange(Invariant($"{name}[{i},{j}]"), values[i, j], "a finite number");
                }
            }
        }
    }

    public static ArgumentOutOfRangeException OutOfRange(string name, object value, string allowed)
        => new(name, Invariant($"{name} must be {allowed}, but is {value}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
