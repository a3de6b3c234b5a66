using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Certifier.Vectors;
using Xunit;
using Declared = LoraPrivacy.Oracle.Protocol.Operations;

namespace LoraPrivacy.Certifier.Tests.Vectors;

public sealed class VectorFileTests
{
    private const int Fewest = 1500;
    private const int LargestFile = 1_000_000;

    [Fact]
    public void Every_operation_has_vectors_and_there_are_enough()
    {
        string[] wanted = [.. Declared.All.Select(operation => operation.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(wanted, StoredVectors.Tests.Select(test => test.Operation).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(wanted, SuiteTable.All.Select(suite => suite.Operation).Order(StringComparer.Ordinal));
        Assert.All(SuiteTable.All, suite => Assert.Equal(Declared.All.Single(operation => operation.Name == suite.Operation).Statement, suite.Statement));
        Assert.True(StoredVectors.Tests.Count() >= Fewest, $"there are {StoredVectors.Tests.Count()} tests");
    }

    [Fact]
    public void Every_parameter_of_every_operation_has_a_test_with_an_error()
        => Assert.All(Declared.All, operation =>
        {
            IEnumerable<string> named = StoredVectors.Of(operation.Name).Where(test => test.Result == "invalid").Select(test => test.Node["error"]!["parameter"]!.GetValue<string>());
            Assert.Empty(operation.Parameters.Where(name => name[^1] != '?').Except(named));
        });

    [Fact]
    public void Ids_are_unique_and_within_the_block_of_their_operation()
    {
        Assert.Equal(StoredVectors.Tests.Count(), StoredVectors.Tests.Select(test => test.Id).Distinct().Count());
        Assert.All(StoredVectors.Tests, test => Assert.InRange(test.Id, SuiteTable.FirstId(test.Operation) + 1, SuiteTable.FirstId(test.Operation) + 999));
    }

    [Fact]
    public void Every_flag_has_a_note_and_every_note_a_test()
        => Assert.All(StoredVectors.Paths, path =>
        {
            JsonNode file = JsonNode.Parse(File.ReadAllText(path))!;
            IEnumerable<string> notes = file["notes"]!.AsObject().Select(note => note.Key);
            IEnumerable<string> flags = StoredVectors.Of(file["operation"]!.GetValue<string>()).SelectMany(test => test.Flags).Distinct();
            Assert.Equal(notes.Order(StringComparer.Ordinal), flags.Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Files_are_small_and_count_their_tests()
        => Assert.All(StoredVectors.Paths, path =>
        {
            Assert.InRange(new FileInfo(path).Length, 1, LargestFile);
            JsonNode file = JsonNode.Parse(File.ReadAllText(path))!;
            Assert.Equal(file["numberOfTests"]!.GetValue<int>(), file["groups"]!.AsArray().Sum(group => group!["tests"]!.AsArray().Count));
        });

    /// <summary>All but the results, which need FLINT: the certifier's own check computes those.</summary>
    [Fact]
    public void Files_are_what_the_suites_write()
        => Assert.All(SuiteTable.All, suite =>
        {
            Dictionary<int, JsonObject> results = StoredVectors.Of(suite.Operation).Where(test => test.Result != "invalid").ToDictionary(test => test.Id, test => test.Expected);
            Assert.Equal(VectorFileWriter.Text(suite, results), File.ReadAllText(Path.Combine(StoredVectors.Folder, suite.FileName)));
        });

    /// <summary>Bounds are the exception: of a worst case only a lower bound with few digits is certain.</summary>
    [Fact]
    public void Enclosures_have_20_digits()
        => Assert.All(StoredVectors.Tests.Where(test => test.Result != "invalid" && test.Operation != "product/worst-case-epsilon"), test =>
            Assert.All(Enclosures(test.Expected), ends =>
            {
                if (!ends.Lower.EndsWith("Infinity", StringComparison.Ordinal))
                {
                    Rational lower = Agreement.Decimal(ends.Lower);
                    Rational upper = Agreement.Decimal(ends.Upper);
                    Assert.True(lower <= upper && (upper - lower) * 1_000_000_000 * 100_000_000_000 <= upper.Abs(), $"{test.Operation} {test.Id}: {ends}");
                }
            }));

    private static IEnumerable<Enclosure> Enclosures(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "words").SelectMany(member => Enclosures(member.Value!)),
        JsonArray items when items[0] is JsonValue => [new Enclosure(items[0]!.GetValue<string>(), items[1]!.GetValue<string>())],
        JsonArray items => items.SelectMany(item => Enclosures(item!)),
        _ => [],
    };
}
