using System.Text.Json.Nodes;

namespace LoraPrivacy.Spec.Tests;

/// <summary>
/// What spec/statements.json says about machine-checked proofs. That the theorems listed are those of proofs/theories is
/// <see cref="StatementLinksTests"/>' matter.
/// </summary>
public partial class ProofStatusTests
{
    private const string TestedOnly = "tested only";

    /// <summary>The statuses, and whether the statement must say in a sentence what they mean for it.</summary>
    private static readonly Dictionary<string, bool> Statuses = new()
    {
        ["proved"] = false,
        ["proved under a hypothesis"] = true,
        ["part"] = true,
        ["certified numbers"] = true,
        [TestedOnly] = false,
    };

    private static readonly JsonObject Statements
        = JsonNode.Parse(File.ReadAllText(Repository.File("spec", "statements.json")))!.AsObject();

    public static TheoryData<string> Ids() => [.. Statements.Select(statement => statement.Key)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_statement_says_what_is_machine_checked(string id)
    {
        string status = (string)Statements[id]!["proof"]!;
        Assert.Contains(status, Statuses.Keys);
        Assert.True(
            Statuses[status] == ((string?)Statements[id]!["proofNote"] is { Length: > 0 }),
            $"{id}: '{status}' {(Statuses[status] ? "needs" : "has no place for")} a proofNote");
        int theorems = Statements[id]!["theorems"]!.AsArray().Count;
        Assert.True(status == TestedOnly == (theorems == 0), $"{id}: '{status}' with {theorems} theorems; write its proof status");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_index_of_the_spec_repeats_what_is_machine_checked(string id)
    {
        string row = File.ReadLines(Repository.File("spec", "README.md"))
            .Single(line => line.StartsWith($"| {id} |", StringComparison.Ordinal));
        Assert.EndsWith($"| {(string)Statements[id]!["status"]!} | {(string)Statements[id]!["proof"]!} |", row, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Coq_has_said_of_every_theorem_what_it_rests_on()
        => Assert.Equal(
            TheoremNames.ByStatement().Values.SelectMany(names => names).Order(StringComparer.Ordinal),
            TheoremNames.WithKnownAssumptions().Order(StringComparer.Ordinal));

    /// <summary>A theory that a page, a status or another theory names is there: what does not exist proves nothing.</summary>
    [Fact]
    public void Every_theory_that_is_named_exists()
    {
        string[] texts = [.. Directory.EnumerateFiles(Repository.File("."), "*.md")
            .Concat(((string[])["spec", "proofs", "src", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.md", SearchOption.AllDirectories)))
            .Concat(Directory.EnumerateFiles(Repository.File("proofs", "theories"), "*.v"))
            .Append(Repository.File("spec", "statements.json"))];
        Assert.Contains(texts, path => path.EndsWith("proofs/README.md", StringComparison.Ordinal));
        Assert.Equal([], texts.SelectMany(path => MissingTheories(File.ReadAllText(path)).Select(name => $"{path}: {name}")));
    }

    [Theory]
    [InlineData("`FactorLoss.v`, theories/Certified*.v, FactorRelease.v.", "")]
    [InlineData("(`FactorLoss.v`, `FactorCurve.v`)", "FactorCurve.v")]
    [InlineData("the generated `Certify*.v`", "Certify*.v")]
    public void A_theory_that_does_not_exist_is_found(string text, string missing)
        => Assert.Equal(missing, string.Join(", ", MissingTheories(text)));

    [Fact]
    public void Theorems_are_found_outside_comments_and_strings()
        => Assert.Equal(
            [("S3", "S3_first"), ("S12", "S12_second'"), ("S4", "S4_third"), ("S16", "S16_fourth")],
            TheoremNames.In("""
                (* Theorem S1_no : True. (* Lemma S1_no : True. *) "*)" Theorem S1_no : True. *)
                Theorem S3_first : True. Proof. by []. Qed. Corollary
                  S12_second' : True.
                Notation "Theorem S2_no" := True. (* *) #[local] Lemma S4_third : True.
                Definition S5_no := 1. Theorem other_S6_no : S7_no = S7_no.
                Fact S16_fourth : (True *)%type. (* Theorem S8_no
                """));

    /// <summary>The theories that a text names, a star standing for anything, and that are not in proofs/theories.</summary>
    private static IEnumerable<string> MissingTheories(string text) => TheoryName().Matches(text).Select(match => match.Value).Distinct()
        .Where(name => !Directory.EnumerateFiles(Repository.File("proofs", "theories"), name).Any());

    [GeneratedRegex(@"(?<![\w*])[A-Z][\w*]*\.v\b(?!\.)")]
    private static partial Regex TheoryName();
}
