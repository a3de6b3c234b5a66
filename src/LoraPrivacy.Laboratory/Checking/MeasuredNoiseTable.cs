namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The measured noise beside the exact one, rank by rank.</summary>
internal static class MeasuredNoiseTable
{
    private const int ShownDigits = 4;

    public static Table Build(IReadOnlyDictionary<string, NoisePoint[]> noise) => new(
        "noise",
        "Noise of real training steps: mean of ‖ΔW/(−η) − G‖²/‖G‖² over fresh Gaussian A (m = 64)",
        ["S4"],
        [
            new("model", IsText: true),
            new("rank"),
            new("exact (m + 1)/r", Key: "exact"),
            new("measured"),
            new("± standard error", Key: "standardError"),
            new("allowed ±", Key: "tolerance"),
        ],
        [.. noise.SelectMany(model => model.Value.Select(point => (Cell[])
        [
            new(model.Key), Cell.Of(point.Rank), Number(point.Exact), Number(point.Measured), Number(point.StandardError), Number(point.Tolerance),
        ]))],
        [
            "Standard error: from the spread of the measured steps. Allowed: from the exact moments of the noise of one row (S6), at 1e-9 for all ranks.",
        ])
    {
        GroupColumns = 1,
    };

    private static Cell Number(double value) => Cell.Measured(value, ShownDigits);
}
