namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>How much a testee may take.</summary>
internal sealed record TesteeLimits
{
    /// <summary>How long the answer to a query may take.</summary>
    public TimeSpan Query { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the answer to the greeting may take, with all that is loaded before.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long it may take to end once its input has ended.</summary>
    public TimeSpan End { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often testees may be started anew, in all.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>The longest line that is read of it, in bytes.</summary>
    public int Line { get; init; } = 16 << 20;

    /// <summary>The most bytes that are read of one process.</summary>
    public long Output { get; init; } = 4L << 30;

    /// <summary>The most bytes of its standard error that are kept in a log.</summary>
    public long Log { get; init; } = 16 << 20;
}
