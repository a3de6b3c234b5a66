namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>
/// One family of the values that generate.py computed to 40 digits. Parameters are exact doubles; expected values are
/// read as the nearest double, so comparisons are good to 1e-16.
/// </summary>
internal sealed class HighPrecisionTable
{
    private readonly Dictionary<string, double> worst = [];
    private readonly List<string> failures = [];
    private readonly JsonElement[] lines;

    private HighPrecisionTable(JsonElement[] lines) => this.lines = lines;

    public static HighPrecisionTable Load(string family) => new([.. File
        .ReadLines(Repository.File("tests", "LoraPrivacy.Reference.Tests", "HighPrecision", family + ".jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)]);

    public int Count => lines.Length;

    public IEnumerable<Point> Points => lines.Select(line => new Point(line));

    /// <summary>Records the relative error of a result; one above the promise fails the table.</summary>
    public void Compare(Point point, double actual, double promised, string name = "value", double absolute = 0)
    {
        double expected = point.Value(name);
        double error = actual == expected ? 0 : Math.Abs(actual - expected) / Math.Abs(expected);
        worst[name] = Math.Max(worst.GetValueOrDefault(name), error);
        if (!(error <= promised) && !(Math.Abs(actual - expected) <= absolute))
        {
            failures.Add($"{point.Id} {name}: {actual:R}, expected {expected:R}, relative error {error:E2}: {point}");
        }
    }

    /// <summary>Fails with every point beyond its promise, worst error first in the message.</summary>
    public void Verify(Action<string> log)
    {
        Assert.True(Count >= 30, $"the table holds {Count} points only");
        string summary = string.Join(", ", worst.Select(pair => $"{pair.Key} {pair.Value:E2}"));
        log($"{Count} points, worst relative error {summary}");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20).Prepend($"{failures.Count} of {Count} failed; worst {summary}")));
    }

    internal sealed class Point(JsonElement line)
    {
        public string Id => line.GetProperty("id").GetString()!;

        // The decimal form is the shortest that reads back as the same double.
        public double this[string name] => line.GetProperty("decimal").GetProperty(name).GetDouble();

        public int Integer(string name) => line.GetProperty("params").GetProperty(name).GetInt32();

        public double[] List(string name)
            => [.. line.GetProperty("decimal").GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

        public string? Text(string name)
            => line.GetProperty("params").TryGetProperty(name, out JsonElement item) ? item.GetString() : null;

        public double Value(string name) => double.Parse((name == "value"
            ? line.GetProperty("value")
            : line.GetProperty("values").GetProperty(name)).GetString()!);

        public override string ToString() => line.GetProperty("params").GetRawText() + line.GetProperty("decimal").GetRawText();
    }
}
