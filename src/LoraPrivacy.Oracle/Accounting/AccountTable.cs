namespace LoraPrivacy.Oracle.Accounting;

/// <summary>The answers of one call of the verb <c>account</c>: quantities between bounds, each with what kind of bound it is.</summary>
internal sealed class AccountTable
{
    private const int ShownDigits = 7;

    private static readonly Column[] Columns =
    [
        new("quantity", IsText: true),
        new("at", IsText: true),
        new("lower"),
        new("upper"),
        new("kind", IsText: true),
        new("how", IsText: true),
    ];

    private readonly List<Cell[]> rows = [];

    /// <summary>Adds a value that lies between two proved bounds.</summary>
    public void Add(string quantity, string at, Bracket value, string how, string kind = "bracket")
        => rows.Add([new(quantity), new(at), Lower(value.Lower), Upper(value.Upper), new(kind), new(how)]);

    /// <summary>Adds an upper bound that has no lower one beside it.</summary>
    public void AddUpper(string quantity, string at, double bound, string how)
        => rows.Add([new(quantity), new(at), Cell.Undefined, Upper(bound), new("upper bound"), new(how)]);

    /// <summary>Adds what was planned: a number for which the guarantee holds.</summary>
    public void AddChoice(string quantity, string at, Cell value, string how)
        => rows.Add([new(quantity), new(at), Cell.Undefined, value, new("enough"), new(how)]);

    /// <summary>The table.</summary>
    public Table Build(string title, IReadOnlyList<string> statements, IReadOnlyList<(string Name, Cell Value)> parameters, IReadOnlyList<string> notes)
        => new("account", title, statements, Columns, rows, notes) { Parameters = parameters };

    private static Cell Lower(double value) => Cell.Lower(value, ShownDigits, full: true);

    private static Cell Upper(double value) => Cell.Upper(value, ShownDigits, full: true);
}
