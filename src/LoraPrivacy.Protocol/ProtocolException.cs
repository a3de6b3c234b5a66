namespace LoraPrivacy.Protocol;

/// <summary>A query that cannot be answered, with the code, the parameter and the reason that the answer gives.</summary>
public sealed class ProtocolException : Exception
{
    /// <summary>More than any name has; a longer one is cut where an answer repeats it.</summary>
    private const int LongestName = 60;

    private ProtocolException(string code, string? parameter, string message)
        : base(message)
    {
        Code = code;
        Parameter = parameter;
    }

    /// <summary>One of <see cref="ErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>The parameter at fault, where there is one.</summary>
    public string? Parameter { get; }

    /// <summary>The line is not a query in JSON.</summary>
    public static ProtocolException BadJson(string message) => new(ErrorCode.BadJson, null, message);

    /// <summary>There is no such operation.</summary>
    public static ProtocolException UnknownOperation(string message) => new(ErrorCode.UnknownOperation, null, message);

    /// <summary>A parameter is missing, unknown or of the wrong type or shape.</summary>
    public static ProtocolException BadParameter(string parameter, string message) => new(ErrorCode.BadParameters, Shortened(parameter), message);

    /// <summary>A parameter's value is outside the range in which the operation is defined.</summary>
    public static ProtocolException OutOfRange(string? parameter, string message) => new(ErrorCode.OutOfRange, parameter, message);

    /// <summary>The answer takes longer, or is longer, than a query may be.</summary>
    public static ProtocolException TooExpensive(string message) => new(ErrorCode.TooExpensive, null, message);

    // Never between the halves of a surrogate pair.
    private static string Shortened(string name)
        => name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";
}

/// <summary>The codes of errors.</summary>
public static class ErrorCode
{
    /// <summary>The line is not a query in JSON.</summary>
    public const string BadJson = "bad-json";

    /// <summary>There is no such operation.</summary>
    public const string UnknownOperation = "unknown-op";

    /// <summary>A parameter is missing, unknown or of the wrong type or shape.</summary>
    public const string BadParameters = "bad-params";

    /// <summary>A parameter's value is outside the range in which the operation is defined.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>The answer takes longer, or is longer, than a query may be.</summary>
    public const string TooExpensive = "too-expensive";
}

/// <summary>A query that this answerer does not compute, though nothing is wrong with it. The message says why.</summary>
/// <param name="message">Why.</param>
public sealed class SkippedQueryException(string message) : Exception(message);
