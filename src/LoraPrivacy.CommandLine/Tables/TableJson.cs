using System.Buffers;
using System.Text.Encodings.Web;

namespace LoraPrivacy.CommandLine.Tables;

/// <summary>Tables as JSON: an array of objects whose rows map column names to values.</summary>
internal static class TableJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Several tables, as an array.</summary>
    public static string Render(IEnumerable<Table> tables) => Render(writer =>
    {
        writer.WriteStartArray();
        foreach (Table table in tables)
        {
            Write(writer, table);
        }

        writer.WriteEndArray();
    });

    /// <summary>One table, as an object.</summary>
    public static string Render(Table table) => Render(writer => Write(writer, table));

    /// <summary>Whatever a caller writes, laid out in the same way.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Indented))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, Table table)
    {
        writer.WriteStartObject();
        writer.WriteString("name", table.Name);
        writer.WriteString("title", table.Title);
        WriteStrings(writer, "statements", table.Statements);
        if (table.Parameters.Count > 0)
        {
            writer.WriteStartObject("parameters");
            foreach ((string name, Cell value) in table.Parameters)
            {
                WriteCell(writer, name, value);
            }

            writer.WriteEndObject();
        }

        writer.WritePropertyName("rows");
        WriteRows(writer, table);
        WriteStrings(writer, "notes", table.Notes);
        writer.WriteEndObject();
    }

    /// <summary>The rows of a table, as an array of objects.</summary>
    public static void WriteRows(Utf8JsonWriter writer, Table table)
    {
        writer.WriteStartArray();
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            writer.WriteStartObject();
            for (int j = 0; j < row.Count; j++)
            {
                WriteCell(writer, table.Columns[j].Name, row[j]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>One value under a name.</summary>
    public static void WriteCell(Utf8JsonWriter writer, string name, Cell cell)
    {
        writer.WritePropertyName(name);
        if (cell.IsNumber && !cell.IsInfinite)
        {
            writer.WriteRawValue(cell.Data);
        }
        else if (cell.Data.Length == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(cell.Data);
        }
    }

    /// <summary>An array of texts under a name.</summary>
    public static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
