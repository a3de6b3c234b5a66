namespace LoraPrivacy.Oracle.Tests.Certified;

/// <summary>
/// The theory that certifies one row of the δ-floor table (S12). A printed number x whose last digit has weight u becomes the
/// theorem x − u ≤ worst_floor rank τ ≤ x, because the table rounds up, so a wrong digit does not compile.
/// </summary>
internal static class FloorTheory
{
    public const string Prefix = "CertifiedFloor";

    /// <summary>What the table prints for anything smaller.</summary>
    private const string Smallest = "1e-300";

    /// <summary>
    /// Even ranks up to this one are done in rational arithmetic, with x − u excluded: the floor may be a short decimal there, which is its own
    /// rounding, and x − u would then also be allowed.
    /// </summary>
    private const int ExactUpTo = 8;

    /// <summary>Every theory of the table: file name to text.</summary>
    public static IReadOnlyDictionary<string, string> All(string snapshot)
        => FloorSnapshot.Read(snapshot).ToDictionary(row => $"{Prefix}{row.Rank}.v", Of);

    private static string Of(FloorSnapshot.Row row)
        => $"""
            (* Generated from the snapshot of the delta-floor table by CertifiedFloorTests: do not edit.
               Rank {row.Rank}: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
            From Coq Require Import Reals Lra.
            From Interval Require Import Tactic.
            From LoraPrivacy Require Import ProductFloor WorstFloor.
            Open Scope R_scope.

            """.ReplaceLineEndings("\n") + string.Concat(row.Entries.Select(entry => Theorem(row.Rank, entry)));

    private static string Theorem(int rank, FloorSnapshot.Entry entry)
    {
        string floor = $"worst_floor {rank} {entry.Tau}";
        string parity = rank % 2 == 0 ? $"even {(rank / 2) - 1}" : $"odd {rank / 2}";
        (string claim, string lemma, string tactic) = entry.Floor switch
        {
            { Text: Smallest } => ($"0 < {floor} <= {Smallest}", "certify_tiny_", "bound_power"),
            _ when rank % 2 == 0 && rank <= ExactUpTo
                => ($"{entry.Floor.OneUnitBelow} < {floor} <= {entry.Floor.Text}", "certify_exact_", "bound_exactly"),
            _ => ($"{entry.Floor.OneUnitBelow} <= {floor} <= {entry.Floor.Text}",
                "certify_", $"bound_by_interval {Bits(entry.Floor)}%positive"),
        };
        return $"""

            Theorem S12_floor_{rank}_tau_{entry.Tau.Replace('.', '_')} : {claim}.
            Proof. apply ({lemma}{parity}); [lra|{tactic}]. Qed.

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The precision that leaves about 70 bits of the number after the cancellation in the closed form.</summary>
    private static int Bits(PrintedNumber floor) => 94 + (Math.Max(0, -floor.Magnitude) * 10 / 3);
}
