using System.Text.Json.Nodes;

namespace LoraPrivacy.Certifier.Vectors;

/// <summary>One test before its result is computed.</summary>
/// <param name="Comment">What is special about it; empty where nothing is.</param>
/// <param name="Flags">The notes of its file that it bears on.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record VectorTest(string Comment, string[] Flags, JsonObject Parameters)
{
    /// <summary>For a test with an error: its code.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>For a test with an error: the parameter at fault.</summary>
    public string? ErrorParameter { get; private init; }

    /// <summary>For a test that may also be answered by an error: why.</summary>
    public string? Reason { get; private init; }

    /// <summary>A test whose result is certified.</summary>
    public static VectorTest Valid(JsonObject parameters, string comment = "", params string[] flags) => new(comment, flags, parameters);

    /// <summary>A test that must be answered by an error.</summary>
    public static VectorTest Invalid(JsonObject parameters, string code, string parameter, string comment)
        => new(comment, [], parameters) { ErrorCode = code, ErrorParameter = parameter };

    /// <summary>A test whose result is certified, and that may be answered by an error as well.</summary>
    public static VectorTest Acceptable(JsonObject parameters, string reason, string comment, params string[] flags)
        => new(comment, flags, parameters) { Reason = reason };
}
