using Spectre.Console;

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

        console.Write(Grid(table));
        foreach (string note in table.Notes)
        {
            console.Write(new Text(note));
            console.WriteLine();
        }
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
