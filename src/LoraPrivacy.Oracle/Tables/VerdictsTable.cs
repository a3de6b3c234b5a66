namespace LoraPrivacy.Oracle.Tables;

/// <summary>What is and is not private, release by release: the catalogue of verdicts.</summary>
internal static class VerdictsTable
{
    public const string Name = "verdicts";

    public static Table Build(TableWork work)
    {
        work.Report(1);
        return new(
            Name,
            "What of LoRA is private, by release, neighbours and steps",
            [.. VerdictCatalogue.All.SelectMany(verdict => verdict.Statements).Distinct().OrderBy(id => id.Length).ThenBy(id => id)],
            [
                new("release", IsText: true), new("private?", IsText: true), new("neighbours", IsText: true), new("steps", IsText: true),
                new("because", IsText: true), new("needed", IsText: true), new("statement", IsText: true),
            ],
            [.. VerdictCatalogue.All.Select(verdict => (Cell[])
            [
                new(verdict.Title),
                new(verdict.Short),
                new(string.Join("; ", verdict.Neighbours.Describe())),
                new(string.Join("; ", verdict.Steps.Describe())),
                new(verdict.Why),
                new(verdict.Needed),
                new(verdict.Cited),
            ])],
            ["The law of A is Gaussian throughout, and A does not depend on the data; a seeded A takes finitely many values, and PEFT's default is uniform."])
        {
            IsList = true,
        };
    }
}
