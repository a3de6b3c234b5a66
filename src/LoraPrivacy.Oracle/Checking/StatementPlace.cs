using System.Text.Json;

namespace LoraPrivacy.Oracle.Checking;

/// <summary>Where a statement is specified.</summary>
internal static class StatementPlace
{
    private static readonly Lazy<Dictionary<string, string>> Files = new(Read);

    /// <summary>The file and the heading, such as <c>spec/gradient-law.md, S7</c>.</summary>
    public static string Of(string statement) => $"{Files.Value[statement]}, {statement}";

    private static Dictionary<string, string> Read()
    {
        using Stream stream = typeof(StatementPlace).Assembly.GetManifestResourceStream("statements.json")!;
        using JsonDocument statements = JsonDocument.Parse(stream);
        return statements.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => $"spec/{entry.Value.GetProperty("file").GetString()}");
    }
}
