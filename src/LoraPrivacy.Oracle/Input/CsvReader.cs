using System.Globalization;
using System.Text;
using LoraPrivacy.Production.Files;

namespace LoraPrivacy.Oracle.Input;

/// <summary>
/// Reads a matrix of numbers separated by commas, semicolons or tabs, with an optional first line of column names.
/// </summary>
internal static class CsvReader
{
    private const int LongestLine = 16 << 20;

    public static Tensor Read(Stream stream, string source)
    {
        LineReader lines = new(stream, LongestLine);
        List<double> values = [];
        int columns = 0;
        int rows = 0;
        char? separator = null;
        for (int number = 1; ; number++)
        {
            LineStatus status = lines.Read(out ReadOnlySpan<byte> bytes);
            if (status == LineStatus.End)
            {
                break;
            }

            if (status == LineStatus.TooLong)
            {
                throw new InputException($"{source}, line {number}: is longer than {LongestLine} bytes");
            }

            string line = LineOf(bytes);
            if (line.Length == 0)
            {
                continue;
            }

            bool isFirst = separator is null;
            separator ??= SeparatorOf(line);
            string[] fields = line.Split(separator.Value);
            if (isFirst && IsHeader(fields))
            {
                columns = fields.Length;
                continue;
            }

            columns = columns == 0 ? fields.Length : columns;
            if (fields.Length != columns)
            {
                throw new InputException($"{source}, line {number}: has {fields.Length} fields, but the lines before it have {columns}");
            }

            AddRow(fields, values, source, number);
            rows++;
        }

        return rows == 0
            ? throw new InputException($"{source}: has no numbers")
            : new Tensor(source, [rows, columns], [.. values]);
    }

    /// <summary>A line as text, without what surrounds it.</summary>
    public static string LineOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Trim('\r', ' ', '\uFEFF');

    private static void AddRow(string[] fields, List<double> values, string source, int line)
    {
        for (int j = 0; j < fields.Length; j++)
        {
            if (!TryNumber(fields[j], out double value))
            {
                throw new InputException($"{source}, line {line}, field {j + 1}: '{Shortened(fields[j])}' is not a number{Hint(fields[j])}");
            }

            values.Add(double.IsFinite(value)
                ? value
                : throw new InputException($"{source}, line {line}, field {j + 1}: '{Shortened(fields[j])}' is not a finite number"));
        }

        if (values.Count > Tensor.LargestCount)
        {
            throw new InputException($"{source}, line {line}: more than {Tensor.LargestCount} numbers");
        }
    }

    /// <summary>The separator of a line: of commas, semicolons and tabs the most frequent.</summary>
    public static char SeparatorOf(string line)
    {
        char best = ',';
        foreach (char candidate in "\t;")
        {
            best = line.Count(c => c == candidate) > line.Count(c => c == best) ? candidate : best;
        }

        return best;
    }

    // One number among the names means a damaged first row rather than a header, and is reported as one.
    private static bool IsHeader(string[] fields)
        => Array.TrueForAll(fields, field => !TryNumber(field, out _) && Hint(field).Length == 0);

    /// <summary>Reads a field, with or without quotes around it.</summary>
    public static bool TryNumber(string field, out double value)
    {
        ReadOnlySpan<char> text = field.AsSpan().Trim();
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            text = text[1..^1];
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What to say of numbers with blanks between them; empty for anything else.</summary>
    private static string Hint(string field)
    {
        string[] words = field.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && Array.TrueForAll(words, word => TryNumber(word, out _))
            ? "; numbers must be separated by commas, semicolons or tabs, not by blanks"
            : string.Empty;
    }

    private static string Shortened(string field) => FileFormatException.Quote(field.Length <= 40 ? field : field[..40] + "…");
}
