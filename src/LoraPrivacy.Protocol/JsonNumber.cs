namespace LoraPrivacy.Protocol;

/// <summary>
/// How numbers are written in JSON: shortest form that reads back as the same double, infinities as strings.
/// </summary>
public static class JsonNumber
{
    /// <summary>Writes a member that is a number.</summary>
    /// <exception cref="ProtocolException">It is NaN.</exception>
    public static void WriteReal(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRealValue(value);
    }

    /// <summary>Writes a number.</summary>
    /// <exception cref="ProtocolException">It is NaN.</exception>
    public static void WriteRealValue(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            // Adding +0 turns -0 into 0, which no reader should have to think about. The framework's shortest form of some powers of two, such
            // as 2⁻²⁵, reads back as their neighbour.
            if (double.IsPow2(value) && double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) != value)
            {
                writer.WriteRawValue(value.ToString("G17", CultureInfo.InvariantCulture));
            }
            else
            {
                writer.WriteNumberValue(value + 0.0);
            }
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

    /// <summary>Writes a member that is an array of numbers.</summary>
    /// <exception cref="ProtocolException">One of them is NaN.</exception>
    public static void WriteVector(this Utf8JsonWriter writer, string name, ReadOnlySpan<double> values)
    {
        writer.WritePropertyName(name);
        writer.WriteVectorValue(values);
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <exception cref="ProtocolException">One of them is NaN.</exception>
    public static void WriteVectorValue(this Utf8JsonWriter writer, ReadOnlySpan<double> values)
    {
        writer.WriteStartArray();
        foreach (double value in values)
        {
            writer.WriteRealValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a member that is an array of rows.</summary>
    /// <exception cref="ProtocolException">One of the numbers is NaN.</exception>
    public static void WriteMatrix(this Utf8JsonWriter writer, string name, double[,] values)
    {
        writer.WriteStartArray(name);
        double[] row = new double[values.GetLength(1)];
        for (int i = 0; i < values.GetLength(0); i++)
        {
            Buffer.BlockCopy(values, i * row.Length * sizeof(double), row, 0, row.Length * sizeof(double));
            writer.WriteVectorValue(row);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads a number: a JSON number, or an infinity as a string.</summary>
    /// <param name="element">What was given.</param>
    /// <param name="parameter">The parameter that it is part of.</param>
    /// <param name="place">The place in the parameter, such as gradient[3].</param>
    /// <exception cref="ProtocolException">It is none, or not a double.</exception>
    internal static double Read(JsonElement element, string parameter, string place)
    {
        double value = ReadOrNaN(element);
        return !double.IsNaN(value) ? value
            : element.ValueKind != JsonValueKind.Number ? throw ProtocolException.BadParameter(parameter, $"{place} must be a number, but is {KindOf(element)}")
            : throw ProtocolException.OutOfRange(parameter, $"{place} is beyond the range of double precision");
    }

    /// <summary>A number: a JSON number within the doubles, or an infinity as a string. NaN where it is neither.</summary>
    public static double ReadOrNaN(JsonElement element) => element.ValueKind switch
    {
        // A literal beyond the doubles, such as 1e400, must not turn into an infinity unnoticed.
        JsonValueKind.Number when element.TryGetDouble(out double value) && double.IsFinite(value) => value,
        JsonValueKind.String when element.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when element.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => double.NaN,
    };

    internal static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
