namespace LoraPrivacy.Oracle.Protocol;

/// <summary>A query that cannot be answered, with the code, the parameter and the reason that the answer gives.</summary>
internal sealed class ProtocolException : Exception
{
    /// <summary>More than any name has; a longer one is cut where an answer repeats it.</summary>
    private const int LongestName = 60;

    private ProtocolException(string code, string? parameter, string message)
        : base(message)
    {
        Code = code;
        Parameter = parameter;
    }

    /// <summary>One of bad-json, unknown-op, bad-params and out-of-range.</summary>
    public string Code { get; }

    /// <summary>The parameter at fault, where there is one.</summary>
    public string? Parameter { get; }

    /// <summary>The line is not a query in JSON.</summary>
    public static ProtocolException BadJson(string message) => new("bad-json", null, message);

    /// <summary>There is no such operation.</summary>
    public static ProtocolException UnknownOperation(string message) => new("unknown-op", null, message);

    /// <summary>A parameter is missing, unknown or of the wrong type or shape.</summary>
    public static ProtocolException BadParameter(string parameter, string message) => new("bad-params", Shortened(parameter), message);

    /// <summary>A parameter's value is outside the range in which the operation is defined.</summary>
    public static ProtocolException OutOfRange(string? parameter, string message) => new("out-of-range", parameter, message);

    // Never between the halves of a surrogate pair.
    private static string Shortened(string name)
        => name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";
}
