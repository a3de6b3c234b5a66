namespace LoraPrivacy.CommandLine;

/// <summary>The numbered statements of <c>spec/</c>, as <c>spec/statements.json</c> lists them.</summary>
internal static class StatementIndex
{
    private const string Resource = "statements.json";

    private static readonly Lazy<JsonElement> Index = new(Read);

    /// <summary>All statements: an object with a member for each.</summary>
    public static JsonElement All => Index.Value;

    /// <summary>The file and the heading of a statement, such as <c>spec/gradient-law.md, S7</c>.</summary>
    public static string PlaceOf(string statement) => $"spec/{All.GetProperty(statement).GetProperty("file").GetString()}, {statement}";

    private static JsonElement Read()
    {
        using Stream stream = typeof(StatementIndex).Assembly.GetManifestResourceStream(Resource)!;
        using JsonDocument statements = JsonDocument.Parse(stream);
        return statements.RootElement.Clone();
    }
}
