using System.Numerics;

namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>
/// The theories that certify the table of curve values (S11): a printed number becomes the theorem that δ is within half a unit of
/// its last digit, so that a wrong digit does not compile.
/// </summary>
internal static class CurveTheory
{
    public const string Prefix = "CertifiedCurve";

    /// <summary>Every theory of the table, one a rank and dimension: file name to text.</summary>
    public static IReadOnlyDictionary<string, string> All(string snapshot)
        => CurveTable.Read(snapshot)
            .GroupBy(row => (row.Entry.Rank, row.Entry.Dimension))
            .ToDictionary(
                rows => $"{Prefix}_{rows.Key.Rank}_{rows.Key.Dimension}.v",
                rows => Header(rows.Key.Rank, rows.Key.Dimension)
                    + string.Concat(rows.Select(row => Theorem(row.Entry, row.Printed))));

    private static string Header(int rank, int dimension)
        => $"""
            (* Generated from the snapshot of the exact curve at small rank and dimension by CertifiedCurveTests: do not edit.
               Rank {rank}, dimension {dimension}: delta rank dimension lambda theta eps is S11's one integral (CurveDefinition.v); the printed
               number is delta, rounded to nearest. *)
            From Coq Require Import Reals List.
            From Coquelicot Require Import Coquelicot.
            From Interval Require Import Tactic.
            From LoraPrivacy Require Import CurveDefinition CurveCertificate CurveScaling.
            Import ListNotations.
            Open Scope R_scope.

            """.ReplaceLineEndings("\n");

    private static string Theorem(CurveEntry entry, string printed)
    {
        string angle = entry.HalfAngleTangent.IsZero ? "0" : $"(2 * atan {Argument(entry.HalfAngleTangent)})";
        string delta = $"delta {entry.Rank} {entry.Dimension} {Argument(entry.NormRatio)} {angle} {Argument(entry.Epsilon)}";
        string name = $"S11_delta_{entry.Rank}_{entry.Dimension}_lambda_{Name(entry.NormRatio)}"
            + $"_tangent_{Name(entry.HalfAngleTangent)}_eps_{Name(entry.Epsilon)}";
        return $"""

            Theorem {name} :
              Rabs ({delta} - {printed}) <= {HalfUnit(printed)}.
            Proof. {(entry.HalfAngleTangent.IsZero ? Scaling(entry) : Integral(entry))} Qed.

            """.ReplaceLineEndings("\n");
    }

    private static string Scaling(CurveEntry entry)
        => $"apply ({(entry.NormRatio.Value > 1 ? "certify_up" : "certify_down")} {entry.Rank} {entry.Dimension} {entry.Shape}); scaling_certificate.";

    private static string Integral(CurveEntry entry)
    {
        (BigInteger p, BigInteger q) = entry.HalfAngleTangent;
        Fraction cosine = Fraction.Of((q * q) - (p * p), (q * q) + (p * p));
        Fraction sine = Fraction.Of(2 * p * q, (q * q) + (p * p));
        (IReadOnlyList<string> pieces, string last) = CurvePieces.Of(entry);
        return $"apply (certify_curve {entry.Shape} ({cosine}) ({sine}) [{string.Join("; ", pieces)}] {last}); certificate.";
    }

    /// <summary>Half a unit of the last printed digit: 5e-11 for 1.234567890e-1.</summary>
    private static string HalfUnit(string printed)
    {
        string[] parts = printed.Split('e');
        if (parts.Length != 2 || parts[0].IndexOf('.', StringComparison.Ordinal) != 1)
        {
            throw new FormatException($"'{printed}' is not a number with one digit before the point and an exponent");
        }

        int exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"5e{exponent - parts[0].Length + 1}");
    }

    private static string Argument(Fraction fraction) => fraction.Denominator.IsOne ? $"{fraction}" : $"({fraction})";

    private static string Name(Fraction fraction) => $"{fraction}".Replace('/', '_');
}
