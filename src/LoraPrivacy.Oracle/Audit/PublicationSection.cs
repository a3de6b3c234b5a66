using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.Oracle.Audit;

/// <summary>What publishing this adapter, or what is made from it, keeps private (S16–S19, S25).</summary>
internal static class PublicationSection
{
    public static Table Build(IReadOnlyList<LayerGroup> groups, DeclaredInitialization initialization, TrainingClaim? claim)
    {
        int matrices = groups.Where(group => group.First.Outputs >= 2).Sum(group => group.Layers.Count);
        int vectors = groups.Sum(group => group.Layers.Count) - matrices;
        List<Cell[]> rows = [];
        if (initialization.Source == InitializationSource.Data)
        {
            rows.Add(Row("A of this folder, even untrained", "no", "A is computed from the data and is published.", "—"));
        }

        rows.Add(Row(
            "this folder (checkpoint: A and B)",
            claim?.IsDpSgd == true ? "not certified" : "no",
            initialization.Source == InitializationSource.Data
                ? "Both factors are public and functions of the data: without added noise there is no privacy."
                : "Both factors are public. Given A, B is a function of the data: without added noise there is no privacy.",
            initialization.Source == InitializationSource.Data ? "—" : "S18"));
        if (matrices > 0)
        {
            rows.Add(Row(
                $"merged weights, one step ({Layers(matrices)} with n ≥ 2 rows)",
                "no",
                "Even with A secret, fresh and Gaussian: Y Gᵀ is symmetric for the true G only, but for proportional gradients and ones with a common column.",
                "S16"));
        }

        if (vectors > 0)
        {
            rows.Add(initialization.Law == FactorLaw.Gaussian || initialization.Law == FactorLaw.HalfRank
                ? Row($"merged weights, one step ({Layers(vectors)} with one row)", "not certified", "Only if A was secret, fresh, frozen and Gaussian, and the row's norm has a floor; then S11 gives ε, for a real-valued A; a seeded one takes finitely many values. With this folder published A is not secret.", "S11, S12, S14")
                : Row($"merged weights, one step ({Layers(vectors)} with one row)", "not certified", "The exact curve is for a Gaussian A, which this is not; and with this folder published A is not secret.", "S11"));
        }

        rows.Add(Row("merged weights, each of several steps with one A", "no", "For gradients fixed beforehand the steps stack to a matrix: a frozen A that is used twice protects nothing, but along one direction. For adaptive ones S17 says when.", "S17"));
        rows.Add(Row("merged weights, once after several steps", "not certified", "The later gradients depend on A through the weights, and no statement covers their sum.", "S1"));
        rows.Add(Row("a step of PEFT's LoRA-FA optimiser", "no", "A projection on the rows of A: ⟨y, q⟩ = ‖y‖² for the true q only.", "S25"));
        rows.Add(claim?.IsDpSgd == true
            ? Row("B trained by DP-SGD, as claimed", "not certified", "It would be the subsampled Gaussian mechanism whatever A is, if A depends on the data in no other way; the claim cannot be verified.", "S19")
            : Row("B trained by DP-SGD", "not claimed", "It would be the subsampled Gaussian mechanism whatever A is, if A depends on the data in no other way. Nothing says so here.", "S19"));
        return new(
            "releases",
            "What publishing it keeps private",
            ["S11", "S12", "S14", "S16", "S17", "S18", "S19", "S25"],
            [new("release", IsText: true), new("private?", IsText: true, Key: "private"), new("because", IsText: true), new("statement", IsText: true)],
            rows,
            []);
    }

    private static string Layers(int count) => count == 1 ? "1 layer" : $"{count} layers";

    private static Cell[] Row(params string[] texts) => [.. texts.Select(text => new Cell(text))];
}
