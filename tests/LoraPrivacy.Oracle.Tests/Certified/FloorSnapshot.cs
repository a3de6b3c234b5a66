namespace LoraPrivacy.Oracle.Tests.Certified;

/// <summary>The snapshot of the δ-floor table, read back: a row a rank, a printed number for each τ.</summary>
internal static partial class FloorSnapshot
{
    public static IReadOnlyList<Row> Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int header = Array.FindIndex(lines, line => line.TrimStart().StartsWith("rank ", StringComparison.Ordinal));
        if (header < 0)
        {
            throw new FormatException("the snapshot of the δ-floor table has no header");
        }

        string[] taus = [.. Tau().Matches(lines[header]).Select(match => match.Groups["value"].Value)];
        List<Row> rows = [];
        foreach (string line in lines.Skip(header + 2).TakeWhile(line => line.Trim().Length > 0))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != taus.Length + 1)
            {
                throw new FormatException($"a row of the δ-floor table has {cells.Length - 1} numbers for {taus.Length} values of τ");
            }

            rows.Add(new Row(
                int.Parse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture),
                [.. taus.Zip(cells.Skip(1), (tau, cell) => new Entry(tau, PrintedNumber.Parse(cell)))]));
        }

        return rows.Count > 0 ? rows : throw new FormatException("the snapshot of the δ-floor table has no rows");
    }

    [GeneratedRegex(@"τ = (?<value>[0-9.]+)")]
    private static partial Regex Tau();

    /// <summary>One rank.</summary>
    public sealed record Row(int Rank, IReadOnlyList<Entry> Entries);

    /// <summary>The floor at one τ, rounded up in its last digit.</summary>
    public sealed record Entry(string Tau, PrintedNumber Floor);
}
