using LoraPrivacy.CommandLine.Verdicts;

namespace LoraPrivacy.Oracle.Tests.Verdicts;

/// <summary>The catalogue has one verdict for everything, and nothing else words one.</summary>
public partial class VerdictCatalogueTests
{
    private static readonly (Release Release, Neighbours Neighbours, Steps Steps)[] Scopes =
    [
        .. from release in Enum.GetValues<Release>()
           from neighbours in Enum.GetValues<Neighbours>()
           from steps in Enum.GetValues<Steps>()
           select (release, neighbours, steps),
    ];

    [Fact]
    public void Every_release_has_one_verdict_for_all_neighbours_and_steps()
    {
        Assert.Equal(140, Scopes.Length);
        Assert.Empty(Uncovered(VerdictCatalogue.All));
        Assert.Equal(Scopes.Length, VerdictCatalogue.All.Sum(verdict => verdict.Releases.Count * verdict.Neighbours.Count * verdict.Steps.Count));
    }

    [Fact]
    public void A_verdict_that_is_missing_or_there_twice_is_found()
    {
        Assert.NotEmpty(Uncovered([.. VerdictCatalogue.All.Skip(1)]));
        Assert.NotEmpty(Uncovered([.. VerdictCatalogue.All, VerdictCatalogue.All[0]]));
    }

    [Fact]
    public void Every_verdict_names_statements_that_there_are()
        => Assert.All(VerdictCatalogue.All, verdict =>
        {
            Assert.NotEmpty(verdict.Statements);
            Assert.All(verdict.Statements.Concat(Mentioned().Matches(verdict.Why + verdict.Needed).Select(match => match.Value)), id => Assert.True(StatementIndex.All.TryGetProperty(id, out _), id));
            Assert.EndsWith(".", verdict.Why, StringComparison.Ordinal);
            Assert.EndsWith(".", verdict.Needed, StringComparison.Ordinal);
        });

    /// <summary>What holds for more neighbours holds for fewer: a pair above a floor is one of all pairs.</summary>
    [Fact]
    public void A_guarantee_for_all_neighbours_is_one_for_some()
        => Assert.All(Scopes.Where(scope => scope.Neighbours == Neighbours.Any), scope =>
        {
            if (VerdictCatalogue.Of(scope.Release, Neighbours.Any, scope.Steps).Answer == Answer.Yes)
            {
                Assert.Equal(Answer.Yes, VerdictCatalogue.Of(scope.Release, Neighbours.Floored, scope.Steps).Answer);
            }

            Assert.Equal(Answer.Same, VerdictCatalogue.Of(scope.Release, Neighbours.Identical, scope.Steps).Answer);
        });

    [Fact]
    public void No_other_file_words_a_verdict()
    {
        string[] files =
        [
            .. from project in (string[])["Oracle", "Laboratory", "CommandLine"]
               from file in Directory.EnumerateFiles(Repository.File("src", $"LoraPrivacy.{project}"), "*.cs", SearchOption.AllDirectories)
               let parts = file.Split(Path.DirectorySeparatorChar)
               where !parts.Contains("obj") && !parts.Contains("bin") && !parts.Contains("Verdicts")
               select file,
        ];
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(file => WordsVerdict(File.ReadAllText(file))).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""lines.Add("Not private: δ(ε) = 1 for every ε.");""")]
    [InlineData("""Row("checkpoint", "no", "Given A, B is a function of the data.")""")]
    [InlineData("""new("Y Gᵀ is symmetric for the true G only")""")]
    [InlineData("""text.Append($"Private: no. {reason}");""")]
    [InlineData("""return "not certified";""")]
    [InlineData("""return found ? "nothing differs" : "yes, up to an ε";""")]
    [InlineData("""("what", "(ε, δ)-differentially private by its noise")""")]
    public void A_verdict_in_another_file_is_found(string code) => Assert.True(WordsVerdict(code));

    [Theory]
    [InlineData("""new("private?", IsText: true, Key: "private")""")]
    [InlineData("""/// <summary>Whether it is not private: δ(ε) = 1.</summary>""")]
    [InlineData("""VerdictCatalogue.Of(Release.Checkpoint, Neighbours.Any, Steps.One).Short""")]
    public void What_words_none_is_left_alone(string code) => Assert.False(WordsVerdict(code));

    private static string[] Uncovered(IReadOnlyList<Verdict> verdicts)
        => [.. Scopes.Where(scope => verdicts.Count(verdict => verdict.Covers(scope.Release, scope.Neighbours, scope.Steps)) != 1).Select(scope => $"{scope}")];

    private static bool WordsVerdict(string code)
        => code.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Any(line => Wording().IsMatch(line));

    // In a literal: the answers, and the reasons that were once worded again and again. Definitions ("is (ε, δ)-differentially private for a pair if") are none.
    [GeneratedRegex(
        """
        "[^"]*([Nn]ot private:|Private: (no|yes)|not certified|nothing differs|to the ε below|up to an ε|symmetric for the true|[Gg]iven A, (B|what|the release) is|δ\(ε\) = 1 for every|protects? nothing|no privacy)|"(no|yes), |"\([^"]*\)-differentially private
        """)]
    private static partial Regex Wording();

    [GeneratedRegex(@"\bS\d+\b")]
    private static partial Regex Mentioned();
}
