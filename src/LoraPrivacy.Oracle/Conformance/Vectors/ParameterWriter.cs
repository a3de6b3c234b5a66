using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoraPrivacy.Oracle.Protocol;

namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>Turns the exact arguments of a vector into the JSON numbers that a testee reads: shortest, and the same double.</summary>
internal static class ParameterWriter
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the parameters.</summary>
    /// <param name="parameters">An object of whole numbers, exact numbers as strings, words, and arrays of these.</param>
    /// <param name="mayBeWrong">Whether the query is meant to be refused, so that any JSON is sent as it is.</param>
    public static string Write(Node parameters, bool mayBeWrong)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Compact))
        {
            writer.WriteStartObject();
            foreach ((string name, Node value) in parameters.Members())
            {
                writer.WritePropertyName(name);
                Write(writer, value, mayBeWrong);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Node value, bool mayBeWrong)
    {
        switch (value.Element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (Node item in value.Items())
                {
                    Write(writer, item, mayBeWrong);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(writer, value);
                break;
            case JsonValueKind.Number when mayBeWrong || value.Element.TryGetInt64(out _):
                writer.WriteRawValue(value.Element.GetRawText());
                break;
            case JsonValueKind.Number:
                throw value.Bad("""a whole number or an exact number as a string, such as "1/2" or "0x1p-1" """.TrimEnd());
            default:
                if (!mayBeWrong)
                {
                    throw value.Bad("a number, a word or an array");
                }

                value.Element.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, Node value)
    {
        string text = value.AsText();
        ReadOnlySpan<char> unsigned = text.AsSpan().TrimStart('-');
        if (unsigned.IsEmpty || !char.IsAsciiDigit(unsigned[0]))
        {
            writer.WriteStringValue(text);
            return;
        }

        // What begins like a number is one.
        if (!ExactNumber.TryParseArgument(text, out ExactNumber number))
        {
            throw value.Bad("""a word, or a number such as "-3", "1/2" or "0x1.8p-3" """.TrimEnd());
        }

        double argument = number.ToDouble();
        if (!double.IsFinite(argument) || ExactNumber.Of(argument).CompareTo(number) != 0)
        {
            throw value.Bad("exactly representable as a double");
        }

        writer.WriteRealValue(argument);
    }
}
