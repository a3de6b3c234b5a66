using System.Buffers;
using System.Text.Unicode;

namespace LoraPrivacy.Protocol;

/// <summary>Answers one line of the JSON-lines protocol: a query in, an answer or an error out, never an exception.</summary>
public static class QueryAnswerer
{
    private const string TooExtreme = "the parameters are too extreme to compute to the accuracy promised";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly JsonWriterOptions Compact = new()
    {
        // The lines go to programs, not into web pages: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Answers a line; the answer ends with a line feed.</summary>
    /// <param name="line">The query.</param>
    /// <param name="operations">What can be asked.</param>
    /// <param name="limit">How long computing may take before the answer is too-expensive; where it is not given, for ever.</param>
    public static ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> line, OperationSet operations, TimeSpan? limit = null)
        => Answer(line, (query, id, writer) =>
        {
            try
            {
                WriteAnswer(query, operations, id, writer, limit ?? Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException) when (limit is not null)
            {
                throw TooLong(limit.Value);
            }
        });

    /// <summary>The answer to a line whose answer has not come in time.</summary>
    /// <param name="line">The query.</param>
    /// <param name="limit">How long computing may take.</param>
    public static ReadOnlyMemory<byte> AnswerTooExpensive(ReadOnlyMemory<byte> line, TimeSpan limit) => Answer(line, (_, _, _) => throw TooLong(limit));

    private static ProtocolException TooLong(TimeSpan limit)
        => ProtocolException.TooExpensive(string.Create(CultureInfo.InvariantCulture, $"the answer takes longer than {limit.TotalSeconds:0.###} s to compute"));

    private static ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> line, Action<JsonElement, ReadOnlyMemory<byte>, Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using Utf8JsonWriter writer = new(buffer, Compact);
        try
        {
            using JsonDocument query = Parse(line);
            AnswerQuery(query.RootElement, write, buffer, writer);
        }
        catch (ProtocolException error)
        {
            WriteError(buffer, writer, "null"u8.ToArray(), error);
        }

        return Finish(buffer, writer);
    }

    /// <summary>The answer to a line that is too long to be read.</summary>
    public static ReadOnlyMemory<byte> AnswerTooLong(int longest)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using Utf8JsonWriter writer = new(buffer, Compact);
        WriteError(buffer, writer, "null"u8.ToArray(), ProtocolException.BadJson($"the line is longer than {longest} bytes"));
        return Finish(buffer, writer);
    }

    private static ReadOnlyMemory<byte> Finish(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw ProtocolException.BadJson("the line is not UTF-8");
        }

        try
        {
            return JsonDocument.Parse(line, Strict);
        }
        catch (JsonException failure)
        {
            throw ProtocolException.BadJson(failure.BytePositionInLine is long position
                ? $"the line is not valid JSON from byte {position} on"
                : "the line has an object with a member given twice");
        }
        catch (InvalidOperationException)
        {
            throw HalfOfASurrogatePair();
        }
    }

    private static void AnswerQuery(JsonElement query, Action<JsonElement, ReadOnlyMemory<byte>, Utf8JsonWriter> write, ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        if (query.ValueKind != JsonValueKind.Object)
        {
            throw ProtocolException.BadJson("a query must be a JSON object");
        }

        ReadOnlyMemory<byte> id = "null"u8.ToArray();
        try
        {
            id = RenderId(query);
            write(query, id, writer);
        }
        catch (ProtocolException error)
        {
            WriteError(buffer, writer, id, error);
        }
        catch (SkippedQueryException skipped)
        {
            Restart(buffer, writer, id);
            writer.WriteString("skip", skipped.Message);
            writer.WriteEndObject();
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair, which is no text; System.Text.Json says so only on reading it.
            throw HalfOfASurrogatePair();
        }
        catch (ArgumentException failure)
        {
            // The operations check their parameters themselves; what only the library can see ends here.
            WriteError(buffer, writer, id, Translated(query, failure));
        }
        catch (ArithmeticException)
        {
            WriteError(buffer, writer, id, ProtocolException.OutOfRange(null, TooExtreme));
        }
        catch (OutOfMemoryException)
        {
            WriteError(buffer, writer, id, ProtocolException.OutOfRange(null, "the query needs more memory than there is"));
        }
    }

    private static void WriteAnswer(JsonElement query, OperationSet operations, ReadOnlyMemory<byte> id, Utf8JsonWriter writer, TimeSpan limit)
    {
        foreach (JsonProperty member in query.EnumerateObject())
        {
            if (member.Name is not ("id" or "op" or "params"))
            {
                throw ProtocolException.BadParameter(member.Name, "a query has the members id, op and params only");
            }
        }

        if (!query.TryGetProperty("op", out JsonElement name) || name.ValueKind != JsonValueKind.String)
        {
            throw ProtocolException.BadParameter("op", "a query needs the member op, a string");
        }

        (Operation operation, Action<Arguments, Utf8JsonWriter> compute) = operations.Find(name.GetString()!);
        if (!query.TryGetProperty("params", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object)
        {
            throw ProtocolException.BadParameter("params", "a query needs the member params, an object");
        }

        writer.WriteStartObject();
        WriteId(writer, id);
        writer.WriteString("op", operation.Name);
        if (operation.Statement.Length > 0)
        {
            writer.WriteString("statement", operation.Statement);
        }

        writer.WriteStartObject("result");
        operations.Run(() => compute(operation.Read(parameters), writer), limit);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteError(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer, ReadOnlyMemory<byte> id, ProtocolException error)
    {
        Restart(buffer, writer, id);
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("parameter", error.Parameter);
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Drops what was written of an answer before it turned out that there is none.</summary>
    private static void Restart(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer, ReadOnlyMemory<byte> id)
    {
        writer.Reset();
        buffer.ResetWrittenCount();
        writer.WriteStartObject();
        WriteId(writer, id);
    }

    private static void WriteId(Utf8JsonWriter writer, ReadOnlyMemory<byte> id)
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(id.Span, skipInputValidation: true);
    }

    /// <summary>The id as it was given, without blanks between its parts; null where there is none.</summary>
    private static ReadOnlyMemory<byte> RenderId(JsonElement query)
    {
        if (!query.TryGetProperty("id", out JsonElement id))
        {
            return "null"u8.ToArray();
        }

        ArrayBufferWriter<byte> buffer = new(64);
        using Utf8JsonWriter writer = new(buffer, Compact);
        id.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static ProtocolException HalfOfASurrogatePair() => ProtocolException.BadJson("the line holds half of a surrogate pair");

    /// <summary>
    /// What a library says of one of its own parameters, in the words of the query. A number that has turned into NaN or an infinity on the
    /// way, or that the query does not have, says nothing about what was asked.
    /// </summary>
    private static ProtocolException Translated(JsonElement query, ArgumentException failure)
    {
        string message = MessageOf(failure);
        return ParameterOf(query, failure.ParamName) is not string parameter ? ProtocolException.OutOfRange(null, TooExtreme)
            : message.EndsWith("is NaN", StringComparison.Ordinal) || message.EndsWith("Infinity", StringComparison.Ordinal)
                ? ProtocolException.OutOfRange(parameter, $"{parameter} is too extreme, with the other parameters, to compute to the accuracy promised")
            : ProtocolException.OutOfRange(parameter, message.Replace($"{parameter}.Length", $"the length of {parameter}", StringComparison.Ordinal));
    }

    /// <summary>The message of a failure on one line, without the name of the parameter that .NET adds to it.</summary>
    public static string MessageOf(Exception failure) => failure.Message.Split(" (Parameter")[0].ReplaceLineEndings(" ");

    /// <summary>The query's parameter that a library's parameter, such as "target[0,1]", stands for.</summary>
    private static string? ParameterOf(JsonElement query, string? libraryName)
    {
        JsonElement parameters = query.GetProperty("params");
        return Array.Find(
            (libraryName ?? string.Empty).Split([' ', '[', ',', ']', '.']),
            word => word.Length > 0 && parameters.TryGetProperty(word, out _));
    }
}
