namespace LoraPrivacy.Oracle.Conformance;

/// <summary>How a testee is held against the tests.</summary>
internal sealed record ConformanceSettings
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Testee { get; init; }

    /// <summary>The tests to run, in order.</summary>
    public required IReadOnlyList<ConformanceTest> Tests { get; init; }

    /// <summary>The mistakes that they catch, by operation and flag.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Note>> Notes { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, Note>>();

    /// <summary>Which of them the testee is known to fail.</summary>
    public KnownFailures KnownFailures { get; init; } = KnownFailures.None;

    /// <summary>Whether tests of the level recommended decide too.</summary>
    public bool RecommendedDecide { get; init; }

    /// <summary>What the testee may take.</summary>
    public TesteeLimits Limits { get; init; } = new();

    /// <summary>How many processes of the testee run side by side.</summary>
    public int Jobs { get; init; } = 1;
}
