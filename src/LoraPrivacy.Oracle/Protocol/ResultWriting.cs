using System.Text.Json;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>
/// How numbers are written in JSON: shortest form that reads back as the same double, infinities as strings.
/// </summary>
internal static class ResultWriting
{
    public static void WriteReal(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRealValue(value);
    }

    public static void WriteRealValue(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            // Adding +0 turns -0 into 0, which no reader should have to think about.
            writer.WriteNumberValue(value + 0.0);
        }
        else if (double.IsNaN(value))
        {
            throw ProtocolException.OutOfRange(null, "the result is beyond the range of double precision");
        }
        else
        {
            writer.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
        }
    }

    public static void WriteBracket(this Utf8JsonWriter writer, Bracket bracket)
    {
        writer.WriteReal("lower", bracket.Lower);
        writer.WriteReal("upper", bracket.Upper);
    }

    public static void WriteVector(this Utf8JsonWriter writer, string name, ReadOnlySpan<double> values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
        {
            writer.WriteRealValue(value);
        }

        writer.WriteEndArray();
    }

    public static void WriteMatrix(this Utf8JsonWriter writer, string name, double[,] values)
    {
        writer.WriteStartArray(name);
        for (int i = 0; i < values.GetLength(0); i++)
        {
            writer.WriteStartArray();
            for (int j = 0; j < values.GetLength(1); j++)
            {
                writer.WriteRealValue(values[i, j]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
