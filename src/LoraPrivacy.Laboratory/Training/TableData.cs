using System.Text;

namespace LoraPrivacy.Laboratory.Training;

/// <summary>Rows of features in [0, 1], one after the other, and their labels.</summary>
internal sealed record LabeledRows(List<double> Features, List<long> Labels)
{
    /// <summary>No rows.</summary>
    public LabeledRows()
        : this([], [])
    {
    }
}

/// <summary>A table that is trained on, with what is known of it.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Schema">What is declared of it, or of a table that is not private what was found in it.</param>
/// <param name="Training">The rows to train on.</param>
/// <param name="HeldOut">The rows that are not.</param>
/// <param name="Dropped">How many lines are no record.</param>
internal sealed record TableData(string Name, TableSchema Schema, LabeledRows Training, LabeledRows HeldOut, long Dropped)
{
    private const int LongestLine = 16 << 20;
    private const int MostClasses = 10_000;

    /// <summary>The bundled digits, whose shape, range and size are published.</summary>
    public static TableData Bundled()
    {
        DigitImages images = DigitImages.Read();
        LabeledRows[] parts = [Rows(images.Training), Rows(images.HeldOut)];
        return new("UCI digits (bundled)", new(DigitImages.ClassCount, [.. Enumerable.Repeat((0.0, 16.0), DigitImages.PixelCount)]), parts[0], parts[1], 0);

        static LabeledRows Rows(DigitImages part) => new([.. part.Pixels.Cast<double>()], [.. part.Labels.Select(label => (long)label)]);
    }

    /// <summary>
    /// Reads private data, each line by itself: whether it is a record, its features and label, and on which side of the split it is
    /// are functions of the line, of the schema and of the run's key alone (S31).
    /// </summary>
    /// <param name="file">The data.</param>
    /// <param name="heldOutFile">Other data to hold out, or null to hold out a tenth.</param>
    /// <param name="schema">What is declared.</param>
    /// <param name="source">The run's randomness.</param>
    public static TableData ReadPrivate(string file, string? heldOutFile, TableSchema schema, RandomSource source)
    {
        HeldOutSplit split = new(source);
        LabeledRows training = new();
        LabeledRows heldOut = new();
        long dropped = 0;
        Add(file, line => heldOutFile is null && split.IsHeldOut(Encoding.UTF8.GetBytes(line)));
        if (heldOutFile is not null)
        {
            Add(heldOutFile, _ => true);
        }

        return new("a table", schema, training, heldOut, dropped);

        void Add(string path, Predicate<string> isHeldOut)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read);
            LineReader lines = new(stream, LongestLine);
            for (LineStatus status = lines.Read(out ReadOnlySpan<byte> bytes); status != LineStatus.End; status = lines.Read(out bytes))
            {
                string line = CsvReader.LineOf(bytes);
                LabeledRows rows = isHeldOut(line) ? heldOut : training;
                if (status == LineStatus.Line && schema.Read(line, rows.Features) is long label)
                {
                    rows.Labels.Add(label);
                }
                else if (line.Length > 0 || status == LineStatus.TooLong)
                {
                    dropped++;
                }

                if (rows.Features.Count > CommandLine.Input.Tensor.LargestCount)
                {
                    throw new InputException($"{path}: more than {CommandLine.Input.Tensor.LargestCount} numbers");
                }
            }
        }
    }

    /// <summary>
    /// Reads data that are not private: the classes are those that occur, and each feature is scaled by the range that it has in the rows
    /// to train on.
    /// </summary>
    /// <param name="file">The data.</param>
    /// <param name="heldOutFile">Other data to hold out, or null to hold out a tenth.</param>
    /// <param name="source">The run's randomness.</param>
    public static TableData Read(string file, string? heldOutFile, RandomSource source)
    {
        (double[][] rows, long[] labels) = ReadRows(file);
        (double[][] others, long[] otherLabels) = heldOutFile is null ? ([], []) : ReadRows(heldOutFile);
        if (others.Length > 0 && others[0].Length != rows[0].Length)
        {
            throw new InputException($"{heldOutFile}: must have {rows[0].Length} features and a label a line, as {file} has, but has {others[0].Length} features");
        }

        bool[] isHeldOut = heldOutFile is null
            ? new HeldOutSplit(source).SmallestTenth([.. rows.Select(row => System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(row).ToArray())])
            : new bool[rows.Length];
        double[][] used = [.. rows.Where((_, i) => !isHeldOut[i])];
        TableSchema schema = new(
            (int)labels.Concat(otherLabels).Max() + 1, [.. Enumerable.Range(0, rows[0].Length).Select(j => (used.Min(row => row[j]), used.Max(row => row[j])))]);
        LabeledRows training = new();
        LabeledRows heldOut = new();
        foreach ((double[] row, long label, bool isOut) in rows.Zip(labels, isHeldOut).Concat(others.Zip(otherLabels, others.Select(_ => true))))
        {
            LabeledRows part = isOut ? heldOut : training;
            part.Features.AddRange(row.Select((value, j) => schema.Scaled(j, value)));
            part.Labels.Add(label);
        }

        return new(file, schema, training, heldOut, 0);
    }

    private static (double[][] Rows, long[] Labels) ReadRows(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read);
        CommandLine.Input.Tensor table = CsvReader.Read(stream, file, cure: "the first line must have either numbers alone or names that do not begin like one");
        (int count, int columns) = (table.Shape[0], table.Shape[1]);
        if (columns < 2 || count < 2)
        {
            throw new InputException($"{file}: must have at least 2 lines of at least one feature and a label, but is {count}×{columns}");
        }

        double[][] rows = [.. table.Values.Chunk(columns)];
        return ([.. rows.Select(row => row[..^1])], [.. rows.Select((row, i) => Label(row[^1], i))]);

        long Label(double label, int row) => label >= 0 && label < MostClasses && label == Math.Floor(label)
            ? (long)label
            : throw new InputException($"{file}, row {row + 1}: the label, its last number, must be an integer in [0, {MostClasses - 1}], but is {label:R}");
    }
}
