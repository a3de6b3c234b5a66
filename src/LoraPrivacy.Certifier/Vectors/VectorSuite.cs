namespace LoraPrivacy.Certifier.Vectors;

/// <summary>The tests of one operation, and how their results are certified.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Certify">The expected result of some parameters.</param>
/// <param name="Notes">What the flags mean: the formula that was probably got wrong, and what that does to users.</param>
/// <param name="Groups">The tests.</param>
internal sealed record VectorSuite(
    string Name, Func<ExactParameters, ExpectedResult> Certify, IReadOnlyDictionary<string, Note> Notes, IReadOnlyList<SuiteGroup> Groups)
{
    public Operation Operation { get; } = OperationTable.Of(Name);

    /// <summary>The tests that have a result, with their ids, in the order in which they are written.</summary>
    public IEnumerable<(VectorSuite Suite, int Id, VectorTest Test)> Computable
        => Groups.SelectMany(Numbered).Where(item => item.Test.HasResult).Select(item => (this, item.Id, item.Test));

    public VectorFile File(IReadOnlyDictionary<int, ExpectedResult> results) => new(Name, Operation.Statement, Notes,
    [
        .. Groups.Select(group => new VectorGroup(group.Name, group.Source, group.IsRequired, group.Agreement,
        [
            .. Numbered(group).Select(item => new Vector(
                item.Id, Name, item.Test.Comment, group.IsRequired, item.Test.Flags, item.Test.Parameters, "", group.Agreement, item.Test.Demanded(results.GetValueOrDefault(item.Id)!))),
        ])),
    ]);

    private IEnumerable<(int Id, VectorTest Test)> Numbered(SuiteGroup group) => group.Tests.Select((test, i) => (Operation.FirstId + group.FirstId + i, test));
}

/// <summary>Tests of one operation that are made and compared in one way.</summary>
/// <param name="FirstId">The id of its first test, within the operation's block of 1000: never changed, so that new tests go to the end of a group.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">How the results were made.</param>
/// <param name="IsRequired">Whether every implementation has to pass it, or it is a recommendation.</param>
/// <param name="Agreement">How answers are compared.</param>
/// <param name="Tests">The tests.</param>
internal sealed record SuiteGroup(int FirstId, string Name, string Source, bool IsRequired, Agreement Agreement, IReadOnlyList<VectorTest> Tests)
{
    public const string Certified = "certified by ball arithmetic (FLINT 3.1)";

    public const string Exact = "exact rational arithmetic";

    public const string Definition = "definition";
}
