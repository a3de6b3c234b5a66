namespace LoraPrivacy.CommandLine.Tables;

/// <summary>A table of results, independent of how it is printed.</summary>
/// <param name="Name">The name by which --table picks it.</param>
/// <param name="Title">One line above the table.</param>
/// <param name="Statements">The statements of the specification that it tabulates.</param>
/// <param name="Columns">The columns, with different headings.</param>
/// <param name="Rows">The rows, each with one cell a column.</param>
/// <param name="Notes">Paragraphs below the table.</param>
internal sealed record Table(
    string Name,
    string Title,
    IReadOnlyList<string> Statements,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<IReadOnlyList<Cell>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>What the whole table is for, printed above it.</summary>
    public IReadOnlyList<(string Name, Cell Value)> Parameters { get; init; } = [];

    /// <summary>How many of the leading columns form the key of a group of rows; groups are set apart in print.</summary>
    public int GroupColumns { get; init; }

    /// <summary>Whether people read it as a list, a paragraph a row, because its cells are sentences.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether a row belongs to another group than the one before it.</summary>
    public bool StartsGroup(int row)
        => row > 0 && Enumerable.Range(0, GroupColumns).Any(column => Rows[row][column].Text != Rows[row - 1][column].Text);
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsText">Whether it holds words, which are set flush left, instead of numbers.</param>
/// <param name="Key">Its name in JSON and CSV; null for the heading.</param>
internal sealed record Column(string Heading, bool IsText = false, string? Key = null)
{
    /// <summary>The name for programs.</summary>
    public string Name => Key ?? Heading;
}
