using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>Plots as the JSON that the page's script reads; every number is there to its last digit.</summary>
internal static class PlotJson
{
    /// <summary>All plots, as one object. The default encoder escapes what would end a script element.</summary>
    public static string Render(IReadOnlyList<Plot> plots)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("plots");
            foreach (Plot plot in plots)
            {
                Write(writer, plot);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Plot plot)
    {
        writer.WriteStartObject();
        writer.WriteString("id", plot.Id);
        Write(writer, "x", plot.X);
        Write(writer, "y", plot.Y);
        writer.WriteStartArray("selectors");
        foreach (Selector selector in plot.Selectors)
        {
            writer.WriteStartObject();
            writer.WriteString("id", selector.Id);
            writer.WriteStartArray("values");
            foreach (string value in selector.Values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("grids");
        foreach (double[] grid in plot.Grids)
        {
            Write(writer, grid);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("lines");
        foreach (PlotLine line in plot.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("name", line.Name);
            writer.WriteNumber("grid", line.Grid);
            writer.WritePropertyName("y");
            Write(writer, line.Y);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("frames");
        foreach (Frame frame in plot.Frames)
        {
            Write(writer, frame);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Frame frame)
    {
        writer.WriteStartObject();
        Write(writer, "lines", frame.Lines);
        Write(writer, "context", frame.Context);
        writer.WriteString("note", frame.Note);
        writer.WriteNumber("mark", frame.Mark);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, PlotAxis axis)
    {
        writer.WriteStartObject(name);
        writer.WriteString("label", axis.Label);
        writer.WriteBoolean("log", axis.IsLogarithmic);
        foreach ((string end, double? value) in new[] { ("least", axis.Least), ("greatest", axis.Greatest) })
        {
            if (value is double number)
            {
                writer.WriteNumber(end, number);
            }
            else
            {
                writer.WriteNull(end);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<int> indices)
    {
        writer.WriteStartArray(name);
        foreach (int index in indices)
        {
            writer.WriteNumberValue(index);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, double[] values)
    {
        writer.WriteStartArray();
        foreach (double value in values)
        {
            if (double.IsInfinity(value))
            {
                writer.WriteStringValue("Infinity");
            }
            else
            {
                writer.WriteNumberValue(value);
            }
        }

        writer.WriteEndArray();
    }
}
