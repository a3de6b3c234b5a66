namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>The exact curve at small rank and dimension, to ten digits: the table whose values are proved in Coq.</summary>
internal static class CurveTable
{
    private static readonly (int Rank, int Dimension, string[] Points)[] Grid =
    [
        (3, 2, ["1 1/3 1/4", "1 1/3 1/2", "1 1/3 1", "1 1/2 1/2", "1 1/10 1/10", "5/4 1/3 1/2", "5/4 1/5 1", "3/4 1/3 1"]),
        (4, 3, ["1 1/3 1/4", "1 1/3 1/2", "1 1/2 1", "5/4 1/4 1/2", "3/4 1/2 1", "2 1/3 2"]),
        (5, 4, ["1 1/3 1/2", "1 1/2 1", "5/4 1/3 1", "3/2 1/2 1"]),
        (5, 2, ["1 1/3 1/2", "1 1/2 1", "5/4 1/3 1", "3/4 1/3 1"]),
        (6, 3, ["1 1/3 1/2", "5/4 1/2 1"]),
        (2, 3, ["1 1/3 1/2", "1 1/2 1", "5/4 1/3 1/2", "2 1/3 1"]),
        (3, 4, ["1 1/3 1/2", "3/2 1/3 1", "3/4 1/2 1/2"]),
        (1, 2, ["1 1/3 1/2", "5/4 1/3 1/2", "3/4 1/3 1"]),
        (1, 2, ["5/4 0 1/2", "3/4 0 1/10"]),
        (2, 1, ["5/4 0 1/4", "3/4 0 1/8", "2 0 1"]),
        (3, 2, ["5/4 0 1/2", "11/10 0 1", "3/4 0 1/4", "2 0 3"]),
        (4, 1, ["9/10 0 1/10", "3/2 0 2"]),
        (4, 3, ["5/4 0 1", "9/10 0 1/5"]),
        (2, 5, ["11/10 0 1/2", "4/5 0 1/2"]),
        (5, 4, ["101/100 0 1/20", "10/11 0 1/4"]),
        (6, 7, ["11/10 0 2", "9/10 0 1/2", "101/100 0 1/10"]),
        (9, 4, ["6/5 0 3", "5/6 0 1"]),
    ];

    public static IReadOnlyList<CurveEntry> Entries { get; } =
    [
        .. from row in Grid
           from point in row.Points
           let parts = point.Split(' ')
           select CurveEntry.Of(row.Rank, row.Dimension, parts[0], parts[1], parts[2]),
    ];

    /// <summary>The table as text: a line an entry, arguments exact, δ rounded to ten digits.</summary>
    public static string Render()
    {
        StringBuilder text = new();
        text.Append("Exact privacy curve of the product release at small rank and dimension (S11), theta = 2 atan(tangent).\n\n");
        text.Append("rank dimension lambda  tangent epsilon delta\n");
        foreach (CurveEntry entry in Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry} {entry.Delta().ToString("0.000000000e-0", CultureInfo.InvariantCulture)}\n");
        }

        return text.ToString();
    }

    /// <summary>The lines of a rendered table, read back: an entry and its printed value.</summary>
    /// <exception cref="FormatException">A line is not one of the table's.</exception>
    public static IReadOnlyList<(CurveEntry Entry, string Printed)> Read(string snapshot)
    {
        string[] lines = snapshot.ReplaceLineEndings("\n").Split('\n');
        int header = Array.FindIndex(lines, line => line.StartsWith("rank ", StringComparison.Ordinal));
        if (header < 0)
        {
            throw new FormatException("the table of certified curve values has no header");
        }

        List<(CurveEntry, string)> rows = [];
        foreach (string line in lines.Skip(header + 1).Where(line => line.Length > 0))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != 6)
            {
                throw new FormatException($"'{line}' has {cells.Length} cells, not 6");
            }

            rows.Add((
                CurveEntry.Of(
                    int.Parse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture),
                    int.Parse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture),
                    cells[2],
                    cells[3],
                    cells[4]),
                cells[5]));
        }

        return rows.Count > 0 ? rows : throw new FormatException("the table of certified curve values has no rows");
    }
}
