using System.Buffers;

namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// Reads a matrix of numbers separated by commas, semicolons or tabs, with an optional first line of column names. What could be either
/// names or numbers is refused: nothing is dropped, or taken for numbers, by a guess.
/// </summary>
internal static class CsvReader
{
    private const int LongestLine = 16 << 20;

    private const string Blanks = "; numbers must be separated by commas, semicolons or tabs, not by blanks";

    private static readonly SearchValues<char> Grouping = SearchValues.Create(",;'_\u00A0\u2009\u202F");

    private static readonly char[] Signs = ['+', '-', '\u2212', '.'];

    /// <summary>What programs write where they have no number.</summary>
    private static readonly HashSet<string> NoNumbers = new(
        ["", "-", "--", ".", "?", "na", "n/a", "#n/a", "<na>", "#na", "nan", "nil", "null", "none", "missing", "#num!", "#div/0!", "#value!", "#ref!", "#null!", "#name?"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a matrix.</summary>
    /// <param name="stream">Its text.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="header">Whether the first line has names and not numbers; null where it is to be seen from the line.</param>
    /// <param name="cure">What to do where it cannot be seen.</param>
    /// <exception cref="InputException">It is no such matrix, or might be another one.</exception>
    public static Tensor Read(Stream stream, string source, bool? header = null, string cure = "--header yes or --header no says which")
    {
        if (ForeignFormat.Of(stream) is string foreign)
        {
            throw new InputException($"{source}: {foreign}");
        }

        LineReader lines = new(stream, LongestLine, dropsLongLines: false);
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

            if (line[0] == '#' && line[1..].TrimStart() is not ("N/A" or "NA") && !line.StartsWith("#N/A", StringComparison.Ordinal))
            {
                throw new InputException($"{source}, line {number}: begins with '#', and comments are not read: remove such lines (grep -v '^#')");
            }

            bool isFirst = separator is null;
            separator ??= SeparatorOf(line);
            string[] fields = line.Split(separator.Value);
            if (isFirst && (header ?? IsHeader(fields, $"{source}, line {number}", cure)))
            {
                CheckIndex(fields, $"{source}, line {number}");
                if (header is null)
                {
                    Console.Error.WriteLine($"{source}: line {number} was read as the names of columns");
                }

                columns = fields.Length;
                continue;
            }

            columns = columns == 0 ? fields.Length : columns;
            if (fields.Length != columns)
            {
                string? cause = Array.Find(fields, field => Hint(field).Length > 0);
                throw new InputException($"{source}, line {number}: has {fields.Length} fields, but the lines before it have {columns}{(cause is null ? string.Empty : Hint(cause))}");
            }

            AddRow(fields, values, source, number);
            rows++;
        }

        if (rows == 0)
        {
            throw new InputException($"{source}: has no numbers");
        }

        if (rows > 2 && columns > 1 && (CountsFrom(0, values, columns) || CountsFrom(1, values, columns)))
        {
            Console.Error.WriteLine($"{source}: the first column counts the lines, as the index of a data frame does; it was read as numbers like the others");
        }

        return new Tensor(source, [rows, columns], [.. values]);
    }

    private static bool CountsFrom(int first, List<double> values, int columns)
    {
        for (int i = 0; i * columns < values.Count; i++)
        {
            if (values[i * columns] != first + i)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A line as text, without what surrounds it.</summary>
    public static string LineOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Trim('\r', ' ', '\uFEFF');

    private static void AddRow(string[] fields, List<double> values, string source, int line)
    {
        for (int j = 0; j < fields.Length; j++)
        {
            if (!TryNumber(fields[j], out double value))
            {
                throw new InputException($"{source}, line {line}, field {j + 1}: '{Shortened(fields[j])}' is not a number{(j > 0 && j == fields.Length - 1 && fields[j].Length == 0 ? "; the line must not end with its separator (sed 's/[,;]$//')" : Hint(fields[j]))}");
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

    /// <summary>
    /// Whether a first line has names. One number among the names means a damaged first row rather than names, and is reported as one;
    /// so is what no program writes for a name, and what might be the numbers of columns.
    /// </summary>
    private static bool IsHeader(string[] fields, string place, string cure)
    {
        if (fields.Length > 1 && Unquoted(fields[0]).Length == 0)
        {
            CheckIndex(fields, place);
        }

        if (fields.Select(Unquoted).SequenceEqual(Enumerable.Range(0, fields.Length).Select(column => $"{column}")))
        {
            throw new InputException($"{place}: '{Shortened(string.Join(',', fields))}' may be the numbers of columns, or data: {cure}");
        }

        if (Array.Exists(fields, field => TryNumber(field, out _) || field.Contains('\0', StringComparison.Ordinal) || Hint(field) == Blanks))
        {
            return false;
        }

        int damaged = Array.FindIndex(fields, LooksLikeNumber);
        return damaged < 0
            ? true
            : throw new InputException($"{place}, field {damaged + 1}: '{Shortened(fields[damaged])}' is not a number, and no name of a column either{Hint(fields[damaged])}; if the line has names, {cure}");
    }

    /// <summary>Refuses the names of a data frame that was written with its index, whose column would be taken for numbers.</summary>
    private static void CheckIndex(string[] names, string place)
    {
        string first = Unquoted(names[0]);
        if (names.Length > 1 && (first.Length == 0 || first == "Unnamed: 0") && names.Skip(1).All(name => Unquoted(name).Length > 0))
        {
            throw new InputException($"{place}, field 1: is {(first.Length == 0 ? "empty" : $"'{first}'")}, as over the index of a data frame, which is not part of the numbers: write the file without it (pandas: index=False, R: row.names=FALSE)");
        }
    }

    /// <summary>Whether a field that is no number begins like one, or is what programs write in place of one.</summary>
    private static bool LooksLikeNumber(string field)
    {
        string text = Unquoted(field);
        string unsigned = text.TrimStart(Signs);
        return NoNumbers.Contains(text) || (unsigned.Length > 0 && (char.IsDigit(unsigned[0]) || unsigned[0] == '\u221E'))
            || unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase)
            || (unsigned.Length < text.Length && unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase));
    }

    private static string Unquoted(string field)
    {
        string text = field.Trim();
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Trim() : text;
    }

    /// <summary>Reads a field, with or without quotes around it.</summary>
    /// <remarks>The library would pass over zero bytes at the end.</remarks>
    public static bool TryNumber(string field, out double value)
        => double.TryParse(Unquoted(field), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !field.Contains('\0', StringComparison.Ordinal);

    /// <summary>What is probably meant by a field that is no number, and what to do about it; empty where nothing is.</summary>
    private static string Hint(string field)
    {
        string text = Unquoted(field);
        string[] words = text.Contains(' ', StringComparison.Ordinal) ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return words.Length > 1 && Array.TrueForAll(words, word => TryNumber(word, out _))
                ? Blanks
            : field.Contains('\r', StringComparison.Ordinal) ? "; lines must end with a line feed, with or without a carriage return before it"
            : field.Contains('\0', StringComparison.Ordinal) ? "; zero bytes mean UTF-16 or a file that is no text: save it as UTF-8"
            : field.AsSpan().Count('"') == 1 ? "; a quoted field must not hold the separator: write numbers without thousands separators, as 1000.5"
            : text.AsSpan().ContainsAny(Grouping) && text.AsSpan().ContainsAnyInRange('0', '9')
                ? "; a number has a point for its decimals and nothing between its digits, as 1000.5, and fields are separated in one way"
            : text.AsSpan().Count('D') + text.AsSpan().Count('d') == 1 && TryNumber(text.Replace('D', 'E').Replace('d', 'e'), out _) ? "; an exponent is written with E, not with Fortran's D"
            : string.Empty;
    }

    private static string Shortened(string field) => FileFormatException.Quote(field.Length <= 40 ? field : field[..40] + "…");
}
