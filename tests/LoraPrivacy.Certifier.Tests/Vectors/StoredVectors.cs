using System.Text.Json.Nodes;
using LoraPrivacy.Tests;

namespace LoraPrivacy.Certifier.Tests.Vectors;

/// <summary>The vector files as they lie in spec/vectors.</summary>
internal static class StoredVectors
{
    public static string Folder => Repository.File("spec", "vectors");

    public static string SchemaPath => Path.Combine(Folder, "vectors.schema.json");

    public static IEnumerable<string> Paths => Directory.EnumerateFiles(Folder, "*.json").Where(path => path != SchemaPath).Order(StringComparer.Ordinal);

    /// <summary>All tests of all files.</summary>
    public static IEnumerable<StoredTest> Tests => Paths.SelectMany(path => Read(path));

    /// <summary>The tests of an operation's file.</summary>
    public static IEnumerable<StoredTest> Of(string operation) => Read(Path.Combine(Folder, operation.Replace('/', '.') + ".json"));

    private static IEnumerable<StoredTest> Read(string path)
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(path))!;
        string operation = file["operation"]!.GetValue<string>();
        return file["groups"]!.AsArray().SelectMany(group => group!["tests"]!.AsArray()
            .Select(test => new StoredTest(operation, group["comparison"]!.AsObject(), test!.AsObject())));
    }
}
