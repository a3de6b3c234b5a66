namespace LoraPrivacy.CommandLine.Tables;

/// <summary>Tables for people: on a terminal, or in a text file of 100 columns.</summary>
internal static class TableText
{
    /// <summary>Writes several tables, set apart by blank lines.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<Table> tables)
    {
        bool isFirst = true;
        foreach (Table table in tables)
        {
            if (!isFirst)
            {
                console.WriteLine();
            }

            Write(console, table);
            isFirst = false;
        }
    }

    /// <summary>Writes one table, with its title above and its notes below.</summary>
    public static void Write(IAnsiConsole console, Table table)
    {
        console.Write(new Text(table.Title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        foreach ((string name, Cell value) in table.Parameters)
        {
            console.WriteLine($"  {name} = {value.Display}");
        }

        if (table.IsList)
        {
            WriteList(console, table);
        }
        else
        {
            console.Write(Grid(table));
        }

        foreach (string note in table.Notes)
        {
            console.Write(new Text(note));
            console.WriteLine();
        }
    }

    /// <summary>Names and what belongs to them, one pair a line, wrapped beside the name.</summary>
    public static void WritePairs(IAnsiConsole console, IEnumerable<(string Name, string Value)> pairs, int indent)
    {
        Grid grid = new() { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(indent, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach ((string name, string value) in pairs)
        {
            grid.AddRow(new Text(name), new Text(value));
        }

        console.Write(grid);
    }

    /// <summary>A row begins with its first two cells; the others follow under their headings, where they are not empty.</summary>
    private static void WriteList(IAnsiConsole console, Table table)
    {
        console.WriteLine();
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            console.Write(new Text($"  {row[0].Display}: {row[1].Display}", new Style(decoration: Decoration.Bold)));
            console.WriteLine();
            WritePairs(console, table.Columns.Zip(row, (column, cell) => (column.Heading, cell.Display)).Skip(2).Where(pair => pair.Display.Length > 0), indent: 6);
        }

        console.WriteLine();
    }

    private static Spectre.Console.Table Grid(Table table)
    {
        Spectre.Console.Table grid = new() { Border = TableBorder.Simple };
        foreach (Column column in table.Columns)
        {
            grid.AddColumn(new TableColumn(new Text(column.Heading)) { Alignment = column.IsText ? Justify.Left : Justify.Right });
        }

        for (int i = 0; i < table.Rows.Count; i++)
        {
            if (table.StartsGroup(i))
            {
                grid.AddEmptyRow();
            }

            int row = i;
            grid.AddRow(table.Columns.Select((_, j) => new Text(Display(table, row, j), StyleOf(table.Rows[row][j]))));
        }

        return grid;
    }

    /// <summary>A marked number carries a star and its neighbours a blank, so that the digits stay in line.</summary>
    private static string Display(Table table, int i, int j)
    {
        bool columnHasMarks = !table.Columns[j].IsText && table.Rows.Any(row => row[j].IsMarked);
        return table.Rows[i][j].Display + (!columnHasMarks ? string.Empty : table.Rows[i][j].IsMarked ? "*" : "\u00A0");
    }

    private static Style StyleOf(Cell cell) => cell.IsMarked ? new Style(decoration: Decoration.Bold) : Style.Plain;
}
