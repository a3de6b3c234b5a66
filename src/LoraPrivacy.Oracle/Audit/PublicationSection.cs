namespace LoraPrivacy.Oracle.Audit;

/// <summary>What publishing this adapter, or what is made from it, keeps private (S16–S19, S25).</summary>
internal static class PublicationSection
{
    /// <summary>The verdict on the folder, were its trainer's claim true.</summary>
    public static Verdict OfFolder(TrainingClaim? claim)
        => VerdictCatalogue.Of(claim?.IsDpSgd == true ? Release.DpSgd : Release.Checkpoint, Neighbours.Any, Steps.EndOnly);

    public static Table Build(IReadOnlyList<LayerGroup> groups, DeclaredInitialization initialization, TrainingClaim? claim)
    {
        int matrices = groups.Where(group => group.First.Outputs >= 2).Sum(group => group.Layers.Count);
        int vectors = groups.Sum(group => group.Layers.Count) - matrices;
        List<Cell[]> rows = [];
        void Add(string release, Verdict verdict, string? answer = null)
            => rows.Add([new(release), new(answer ?? (verdict.Answer is Answer.No ? verdict.Short : VerdictCatalogue.Unverified)), new(verdict.Why), new(verdict.Cited)]);

        if (initialization.Source == InitializationSource.Data)
        {
            Add("A of this folder, even untrained", VerdictCatalogue.Of(Release.DataMadeA, Neighbours.Any, Steps.One));
        }

        Add("this folder (checkpoint: A and B)", OfFolder(claim));
        if (claim?.IsDpSgd != true)
        {
            Add("B trained by DP-SGD", VerdictCatalogue.Of(Release.DpSgd, Neighbours.Any, Steps.SameA), VerdictCatalogue.NotClaimed);
        }

        if (matrices > 0)
        {
            Add($"merged weights, one step ({Layers(matrices)} with two or more rows)", VerdictCatalogue.Of(Release.Matrix, Neighbours.Any, Steps.One));
        }

        if (vectors > 0)
        {
            Add($"merged weights, one step ({Layers(vectors)} with one row)", VerdictCatalogue.Of(Release.Row, Neighbours.Floored, Steps.One));
        }

        Add("merged weights, each of several steps with one A", VerdictCatalogue.Of(Release.Matrix, Neighbours.Any, Steps.SameA));
        Add("merged weights, once after several steps", VerdictCatalogue.Of(Release.Matrix, Neighbours.Any, Steps.EndOnly));
        Add("a step of PEFT's LoRA-FA optimiser", VerdictCatalogue.Of(Release.Projection, Neighbours.Any, Steps.One));
        return new(
            "releases",
            "What publishing it keeps private",
            ["S11", "S12", "S14", "S16", "S17", "S18", "S19", "S25"],
            [new("release", IsText: true), new("private?", IsText: true, Key: "private"), new("because", IsText: true), new("statement", IsText: true)],
            rows,
            ["Not certified: only under hypotheses that no file can show. Merged weights are taken to be published in place of this folder, with A secret, fresh and Gaussian; with this folder published A is not secret."])
        {
            IsList = true,
        };
    }

    private static string Layers(int count) => count == 1 ? "1 layer" : $"{count} layers";
}
