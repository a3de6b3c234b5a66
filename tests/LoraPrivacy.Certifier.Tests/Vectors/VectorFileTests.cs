using LoraPrivacy.Certifier.Suites;
using LoraPrivacy.Protocol;
using LoraPrivacy.Protocol.Vectors;

namespace LoraPrivacy.Certifier.Tests.Vectors;

public sealed class VectorFileTests
{
    private const int Fewest = 1500;
    private const int LargestFile = 1_000_000;

    private static readonly ExactNumber Width = ExactNumber.ParseDecimal("1e-20");

    public static string Folder { get; } = Repository.File("spec", "vectors");

    private static IReadOnlyList<VectorFile> Files { get; } = VectorSet.OfFolder(Folder);

    private static IEnumerable<Vector> Tests => Files.SelectMany(file => file.Vectors);

    [Fact]
    public void Every_operation_has_a_suite_and_vectors_and_a_forgotten_one_is_named()
        => OperationPlace.AssertComplete([.. OperationTable.WithVectors.Select(operation => operation.Name)],
        [
            new("the suites: a property in src/LoraPrivacy.Certifier/Suites, with its line in SuiteTable", SuiteTable.All.Select(suite => suite.Name)),
            new("spec/vectors: lora-certifier generate --only OPERATION writes the file", Files.Select(file => file.Operation)),
        ]);

    [Fact]
    public void There_are_enough_tests() => Assert.InRange(Tests.Count(), Fewest, int.MaxValue);

    [Fact]
    public void Every_parameter_of_every_operation_has_a_test_with_an_error()
        => Assert.All(Files, file => Assert.Empty(OperationTable.Of(file.Operation).Parameters.Where(parameter => !parameter.IsOptional).Select(parameter => parameter.Name)
            .Except(file.Vectors.Select(test => (test.Expectation as Expectation.Invalid)?.Parameter))));

    [Fact]
    public void Every_expected_member_is_one_of_the_result()
        => Assert.All(Files, file => Assert.Empty(Results(file.Vectors).SelectMany(result => result.Values.Keys.Concat(result.Words.Keys)).Distinct()
            .Except(OperationTable.Of(file.Operation).Result.Select(member => member.Name))));

    [Fact]
    public void Ids_are_within_the_block_of_their_operation_and_no_two_operations_share_one()
    {
        Assert.All(Tests, test => Assert.InRange(test.Id, OperationTable.Of(test.Operation).FirstId + 1, OperationTable.Of(test.Operation).FirstId + 999));
        Assert.Equal(OperationTable.All.Count, OperationTable.All.Select(operation => operation.Block).Distinct().Count());
    }

    [Fact]
    public void Every_note_has_a_test()
        => Assert.All(Files, file => Assert.Equal(file.Notes.Keys.Order(StringComparer.Ordinal), file.Vectors.SelectMany(test => test.Flags).Distinct().Order(StringComparer.Ordinal)));

    [Fact]
    public void Files_are_small() => Assert.All(Files, file => Assert.InRange(new FileInfo(PathOf(file.Operation)).Length, 1, LargestFile));

    /// <summary>All but the results, which need FLINT: the certifier's own check computes those.</summary>
    [Fact]
    public void Files_are_what_the_suites_write()
        => Assert.All(SuiteTable.All, suite =>
        {
            IReadOnlyList<Vector> stored = Files.Single(file => file.Operation == suite.Name).Vectors;
            Dictionary<int, ExpectedResult> results = stored.Where(test => test.Expectation is not Expectation.Invalid).ToDictionary(test => test.Id, test => Results([test]).Single());
            Assert.Equal(VectorWriter.Text(suite.File(results)), File.ReadAllText(PathOf(suite.Name)));
        });

    /// <summary>Bounds are the exception: of a worst case only a lower bound with few digits is certain.</summary>
    [Fact]
    public void Enclosures_have_20_digits()
        => Assert.All(Tests.Where(test => test.Operation != "product/worst-case-epsilon"), test =>
            Assert.All(Results([test]).SelectMany(result => result.Values.Values).SelectMany(value => value.Enclosures).Where(ends => ends.Lower.IsFinite),
                ends => Assert.True(ends.Upper - ends.Lower <= Width * ends.Upper.Abs(), $"{test.Operation} {test.Id}: {ends}")));

    private static string PathOf(string operation) => Path.Combine(Folder, VectorFile.NameOf(operation));

    private static IEnumerable<ExpectedResult> Results(IEnumerable<Vector> tests)
        => tests.Select(test => (test.Expectation as Expectation.Valid)?.Result ?? (test.Expectation as Expectation.Acceptable)?.Result).OfType<ExpectedResult>();
}
