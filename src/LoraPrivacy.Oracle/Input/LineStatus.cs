namespace LoraPrivacy.Oracle.Input;

/// <summary>What <see cref="LineReader"/> found.</summary>
internal enum LineStatus
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line longer than the limit; its text was dropped.</summary>
    TooLong,

    /// <summary>The end of the stream.</summary>
    End,
}
