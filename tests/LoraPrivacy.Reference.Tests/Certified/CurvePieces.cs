namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>
/// Where the range of h is cut for a certificate of S11: at λ, at the change of sign of c, and at both ends, each inside a gap
/// too thin to matter. They need not be trusted: a wrong cut does not compile.
/// </summary>
internal static class CurvePieces
{
    private const decimal Gap = 1e-15m;
    private const decimal SignGap = 3e-15m;
    private const string Far = "1e15";

    /// <summary>The pieces and the last one, as arguments of certify_curve.</summary>
    public static (IReadOnlyList<string> Pieces, string Last) Of(CurveEntry entry)
    {
        decimal ratio = (decimal)entry.NormRatio.Numerator / (decimal)entry.NormRatio.Denominator;
        string lambda = $"{entry.NormRatio}";
        bool positive = entry.Shift(entry.NormRatio.Value) > 0;
        List<string> pieces = [Piece("Gap", Gap)];
        if (entry.LogFactor == 0)
        {
            return positive
                ? ([.. pieces, Piece("Early", ratio - Gap), Piece("Gap", lambda)], "NeverToInfinity")
                : ([.. pieces, Piece("Sure", lambda), Piece("Gap", ratio + Gap), Piece("Late", Far)], "GapToInfinity");
        }

        // All digits of the double: a cast to decimal would keep fifteen.
        decimal change = decimal.Parse(entry.SignChange().ToString("F16", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        (decimal below, decimal above) = (change - SignGap, change + SignGap);
        return (positive, entry.LogFactor > 0) switch
        {
            (true, true) => ([.. pieces, Piece("Sure", below), Piece("Gap", above), Piece("Early", ratio - Gap), Piece("Gap", lambda)],
                "NeverToInfinity"),
            (true, false) => ([.. pieces, Piece("Early", ratio - Gap), Piece("Gap", lambda), Piece("Never", below), Piece("Gap", above),
                Piece("Late", Far)], "GapToInfinity"),
            (false, true) => ([.. pieces, Piece("Sure", lambda), Piece("Gap", ratio + Gap), Piece("Late", below), Piece("Gap", above)],
                "NeverToInfinity"),
            (false, false) => ([.. pieces, Piece("Early", below), Piece("Gap", above), Piece("Sure", lambda), Piece("Gap", ratio + Gap),
                Piece("Late", Far)], "GapToInfinity"),
        };
    }

    private static string Piece(string kind, decimal end) => Piece(kind, end.ToString(CultureInfo.InvariantCulture));

    private static string Piece(string kind, string end) => end.Contains('/', StringComparison.Ordinal) ? $"{kind} ({end})" : $"{kind} {end}";
}
