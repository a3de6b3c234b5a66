namespace LoraPrivacy.Oracle.Tests.Protocol;

/// <summary>Keeps snapshots free of digits that rounding on another processor may change.</summary>
internal static partial class Numbers
{
    private const double Rounding = 1e-15;

    /// <summary>Cuts every number with a fraction down to nine significant digits.</summary>
    public static string Shortened(string text) => Real().Replace(text, match =>
    {
        double value = double.Parse(match.Value, CultureInfo.InvariantCulture);
        return Math.Abs(value) < Rounding && !match.Value.Contains('e', StringComparison.OrdinalIgnoreCase)
            ? "0"
            : value.ToString("G9", CultureInfo.InvariantCulture);
    });

    [GeneratedRegex(@"-?\d+\.\d{6,}([eE][-+]?\d+)?")]
    private static partial Regex Real();
}
