namespace LoraPrivacy.CommandLine.Tables;

/// <summary>One entry of a table: a number with as many digits as are certain, or words.</summary>
/// <param name="Text">What is printed; "Infinity" is printed as ∞ where people read it.</param>
/// <param name="IsNumber">Whether the text is a number, written without quotes in JSON unless infinite.</param>
/// <param name="IsMarked">Whether the entry is to stand out, as the minimum of a column does.</param>
internal readonly record struct Cell(string Text, bool IsNumber = false, bool IsMarked = false)
{
    private const string Infinity = "Infinity";

    /// <summary>Below this, people get a bound: the digits of the smallest doubles are few or none.</summary>
    private const double Smallest = 1e-300;

    /// <summary>A number that does not exist, as a ratio of two zeros; null for programs.</summary>
    public static Cell Undefined { get; } = new("—") { Full = string.Empty };

    /// <summary>A number that could not be computed; null for programs.</summary>
    public static Cell NotComputed { get; } = new("not computed") { Full = string.Empty };

    /// <summary>The number to its last digit, where a program should get more than people do; otherwise null.</summary>
    public string? Full { get; init; }

    /// <summary>What is written for programs.</summary>
    public string Data => Full ?? Text;

    public bool IsInfinite => IsNumber && Text == Infinity;

    /// <summary>The text for people.</summary>
    public string Display => IsInfinite ? "∞" : Text;

    public static Cell Of(long value) => new(value.ToString(), IsNumber: true);

    /// <summary>A parameter that is written as it was chosen.</summary>
    public static Cell Parameter(double value) => new(Digits.Shortest(value), IsNumber: true);

    /// <summary>A number with a few digits for people and all of them for programs.</summary>
    public static Cell Measured(double value, int digits)
        => new(
            double.IsInfinity(value) ? Infinity
                : value is > 0 and < Smallest ? "<1e-300"
                : value is < 0 and > -Smallest ? ">-1e-300"
                : Digits.Nearest(value, digits, relativeError: 0),
            IsNumber: true)
        {
            Full = double.IsInfinity(value) ? Infinity : (value + 0.0).ToString("R"),
        };

    /// <summary>A number to at most <paramref name="digits"/> significant digits, all of them correct.</summary>
    public static Cell Rounded(double value, int digits, double relativeError)
        => new(double.IsInfinity(value) ? Infinity : Digits.Nearest(value, digits, relativeError), IsNumber: true);

    /// <summary>A bound to <paramref name="digits"/> significant digits, rounded up.</summary>
    public static Cell RoundedUp(double value, int digits, double relativeError)
        => new(double.IsInfinity(value) ? Infinity : Digits.Up(value, digits, relativeError), IsNumber: true);

    /// <summary>A lower bound to <paramref name="digits"/> significant digits, rounded down; all digits for programs where <paramref name="full"/>.</summary>
    public static Cell Lower(double value, int digits, bool full = false)
        => Bound(value, double.IsInfinity(value) ? Infinity : Digits.Down(value, digits, relativeError: 0), full);

    /// <summary>An upper bound to <paramref name="digits"/> significant digits, rounded up; all digits for programs where <paramref name="full"/>.</summary>
    public static Cell Upper(double value, int digits, bool full = false)
        => Bound(value, double.IsInfinity(value) ? Infinity : Digits.Up(value, digits, relativeError: 0), full);

    /// <summary>A number that is known to a relative error, as an upper bound: rounded up to <paramref name="digits"/> digits for people, by the error alone for programs.</summary>
    public static Cell Guarantee(double value, int digits, double relativeError) => Upper(value * (1 + relativeError), digits, full: true);

    private static Cell Bound(double value, string text, bool full)
        => new(text, IsNumber: true) { Full = full ? double.IsInfinity(value) ? Infinity : (value + 0.0).ToString("R") : null };
}
