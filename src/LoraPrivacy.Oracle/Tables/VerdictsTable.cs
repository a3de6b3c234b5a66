using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.Oracle.Tables;

/// <summary>What is and is not private, release by release (S16–S18, S23–S25).</summary>
internal static class VerdictsTable
{
    public const string Name = "verdicts";

    public static Table Build(TableWork work)
    {
        Cell[][] rows =
        [
            Row("product, one row", "secret, fresh", "yes, (ε, δ) with δ above a floor", "needs a floor on ‖q‖; never pure ε", "S11, S12, S14"),
            Row("product, G and G′ = cG, c > 0", "secret, fresh", "yes, a χ² scale family", "no angle, no floor on δ", "S16"),
            Row("product, G = u qᵀ and G′ = u q′ᵀ", "secret, fresh", "yes, as one row", "one common column u", "S16"),
            Row("product, any other matrices", "secret, fresh", "no, δ(ε) = 1", "Y Gᵀ is symmetric for the true G only", "S16"),
            Row("product, several steps", "secret, reused", "no, but along one direction", "gradients fixed beforehand stack to a matrix", "S17"),
            Row("checkpoint (A and B)", "public", "no, δ(ε) = 1", "a function of the data", "S18"),
            Row("factor (B alone)", "secret, fresh", "yes, if GGᵀ ≥ a floor", "singular or moved column space: no", "S24"),
            Row("projection (orthonormal A)", "secret, fresh", "no, not even one row", "⟨y, q⟩ = ‖y‖² for the true q only", "S25"),
            Row("product of (q, β), m + 1 columns", "secret, fresh", "yes, worst case at τ = Δ/β", "the constant β is the norm floor", "S23"),
        ];
        work.Report(1);
        return new(
            Name,
            "What one LoRA step without added noise keeps private",
            ["S11", "S12", "S14", "S16", "S17", "S18", "S23", "S24", "S25"],
            [new("release", IsText: true), new("A", IsText: true), new("private?", IsText: true), new("because", IsText: true), new("statement", IsText: true)],
            rows,
            [
                "\"Yes\" is a bound for every pair of neighbours only where a floor keeps the gradient away from 0 (or GGᵀ away from singular). The law of A is "
                    + "Gaussian throughout; a discrete or data-dependent A has none of these guarantees.",
            ]);
    }

    private static Cell[] Row(params string[] texts) => [.. texts.Select(text => new Cell(text))];
}
