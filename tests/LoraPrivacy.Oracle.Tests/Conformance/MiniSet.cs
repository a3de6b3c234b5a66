namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A small set of vectors for the runner's own tests.</summary>
internal static class MiniSet
{
    /// <summary>Limits that a wrong testee reaches at once.</summary>
    public static TesteeLimits Tight { get; } = new()
    {
        Query = TimeSpan.FromSeconds(20),
        Start = TimeSpan.FromSeconds(20),
        End = TimeSpan.FromSeconds(1),
        Restarts = 2,
        Line = 1 << 16,
        Output = 1 << 20,
    };

    /// <summary>The same for a testee that hangs.</summary>
    public static TesteeLimits Impatient { get; } = Tight with { Query = TimeSpan.FromSeconds(0.3), End = TimeSpan.FromSeconds(0.3) };

    public static string Folder { get; } = Repository.File("tests", "LoraPrivacy.Oracle.Tests", "Conformance", "MiniVectors");

    public static IReadOnlyList<VectorFile> Files { get; } = VectorSet.OfFolder(Folder);

    public static VectorTest[] Tests { get; } = [.. Files.SelectMany(file => file.Vectors).Select(vector => new VectorTest(vector))];

    public static Dictionary<string, IReadOnlyDictionary<string, Note>> Notes { get; } = Files.ToDictionary(file => file.Operation, file => file.Notes);

    /// <summary>The command as a testee.</summary>
    public static string[] Oracle(string verb) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "lora-oracle.dll"), verb];

    /// <summary>A shell script as a testee, with a function that reads a line and sets id to the query's id.</summary>
    public static string[] Script(string body) =>
    [
        "sh", "-c",
        $$$"""
        ask() { read -r line || exit 0; id=${line#*\"id\":}; id=${id%%,*}; }
        hello() { ask; echo "{\"id\":$id,\"result\":{\"protocol\":1,\"name\":\"script\",\"version\":\"0\",\"operations\":[\"noise/moments\",\"product/delta\",\"matrix/verdict\",\"dp-sgd/epsilon\",\"dp-sgd/noise-multiplier\"]}}"; }
        {{{body}}}
        """,
    ];

    /// <summary>Runs a testee on the set.</summary>
    public static ConformanceReport Run(string[] testee, TesteeLimits? limits = null, string? log = null, int jobs = 1)
    {
        ConformanceSettings settings = new() { Testee = testee, Tests = Tests, Notes = Notes, Limits = limits ?? new(), Jobs = jobs };
        using TesteeLog errors = new(log, settings.Limits.Log);
        ConformanceReport report = ConformanceRun.Of(settings, errors, _ => { }, CancellationToken.None);
        errors.Commit();
        return report;
    }
}
