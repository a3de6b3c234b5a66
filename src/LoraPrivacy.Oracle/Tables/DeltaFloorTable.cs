namespace LoraPrivacy.Oracle.Tables;

/// <summary>The smallest δ that any ε can give, against τ and rank (S12, S14).</summary>
internal static class DeltaFloorTable
{
    public const string Name = "delta-floor";

    /// <summary>The floor is the same for every dimension above 1.</summary>
    private const int AnyDimension = 2;

    private const int ShownDigits = 4;
    private const double Error = 1e-11;

    /// <summary>Floors below this, which no δ in use comes near, are shown as this.</summary>
    private const double Smallest = 1e-300;

    private static readonly double[] Sensitivities = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1];

    public static Table Build(TableWork work)
    {
        double[][] floors = work.Grid(Grids.Ranks, Sensitivities, (rank, tau) => new WorstCase(rank, AnyDimension).DeltaFloor(tau));
        return new(
            Name,
            "The floor δ_∞ of the worst case: no ε gives a smaller δ",
            ["S12", "S14"],
            [new("rank"), .. Sensitivities.Select(tau => new Column($"τ = {tau:R}", Key: $"tau{tau:R}"))],
            [.. Grids.Ranks.Select((rank, i) => (Cell[])[Cell.Of(rank), .. floors[i].Select((floor, j) => floor < Smallest ? Cell.Parameter(Smallest) : new(RoundedUp(rank, Sensitivities[j], floor, ShownDigits), IsNumber: true))])],
            [
                "τ = Δ/β: how far neighbours move the vector q (Δ = 2C/b for one replaced example, C/b for one added or removed; clipping norm C, "
                    + "batch size b), over the norm β that q is known to have at least. The floor does not depend on the dimension. "
                    + "Rounded up in the last digit, and to 1e-300.",
            ]);
    }

    /// <summary>
    /// A floor of the worst case, rounded up. At ranks 2 and 4 it is τ²/4 and 3τ⁴/16 − τ⁶/32 (S12 at θ = 2 asin(τ/2)): decimals, which nothing is added to.
    /// </summary>
    public static string RoundedUp(int rank, double tau, double floor, int digits)
    {
        decimal square = (decimal)tau * (decimal)tau;
        return rank switch
        {
            2 => Digits.Up(square / 4, digits),
            4 => Digits.Up((6 - square) * square * square / 32, digits),
            _ => Digits.Up(floor, digits, Error),
        };
    }
}
