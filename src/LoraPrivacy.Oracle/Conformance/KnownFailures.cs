namespace LoraPrivacy.Oracle.Conformance;

/// <summary>The tests that a testee is known to fail: one id a line, then whatever its owner has to say; # begins a comment.</summary>
internal sealed class KnownFailures
{
    private const int LargestFile = 1 << 20;

    private readonly string path;
    private readonly HashSet<int> ids;

    private KnownFailures(string path, HashSet<int> ids)
    {
        this.path = path;
        this.ids = ids;
    }

    public static KnownFailures None { get; } = new(string.Empty, []);

    /// <summary>Reads a list.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static KnownFailures Read(string path)
    {
        string[] lines = System.Text.Encoding.UTF8.GetString(BoundedFile.ReadAll(path, LargestFile)).Split('\n');
        HashSet<int> ids = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim('\uFEFF', ' ', '\t', '\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string word = line.Split([' ', '\t', '#'], 2)[0];
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || !ids.Add(id))
            {
                throw new InputException($"{path}: line {i + 1} must begin with the id of a test, each once, but begins with '{OneLine.Of(word[..Math.Min(word.Length, 40)])}'");
            }
        }

        return new(path, ids);
    }

    public bool Contains(int id) => ids.Contains(id);

    /// <summary>Refuses ids that no test has.</summary>
    public void CheckAgainst(IEnumerable<ConformanceTest> tests)
    {
        HashSet<int> known = [.. tests.Select(test => test.Id)];
        int[] unknown = [.. ids.Where(id => !known.Contains(id)).Order().Take(10)];
        if (unknown.Length > 0)
        {
            throw new InputException($"{path}: there is no test with the id {string.Join(", ", unknown)}");
        }
    }
}
