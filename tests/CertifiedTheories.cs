namespace LoraPrivacy.Tests;

/// <summary>
/// The theories of proofs/theories that state the numbers of a snapshot. They are compared with what the snapshot gives, so
/// that no number can change in one place alone; with UPDATE_CERTIFIED=1 in the environment they are rewritten instead.
/// </summary>
internal static class CertifiedTheories
{
    private const string Switch = "UPDATE_CERTIFIED";

    /// <summary>Fails unless the files whose names begin with <paramref name="prefix"/> are exactly these: name to text.</summary>
    public static void Verify(string prefix, IReadOnlyDictionary<string, string> wanted)
        => Verify(Repository.File("proofs", "theories"), prefix, wanted, Environment.GetEnvironmentVariable(Switch) == "1");

    /// <summary>The same for any folder.</summary>
    public static void Verify(string folder, string prefix, IReadOnlyDictionary<string, string> wanted, bool rewrite)
    {
        Assert.NotEmpty(wanted);
        Assert.All(wanted.Keys, name => Assert.StartsWith(prefix, name, StringComparison.Ordinal));
        Dictionary<string, string> present = Directory.EnumerateFiles(folder, prefix + "*.v")
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        string[] stale = [.. wanted.Keys.Union(present.Keys)
            .Where(name => wanted.GetValueOrDefault(name) != present.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        if (!rewrite)
        {
            Assert.True(
                stale.Length == 0,
                $"not what the snapshot gives: {string.Join(", ", stale)}; run the test once with {Switch}=1, then build the proofs");
            return;
        }

        foreach (string name in stale)
        {
            string path = Path.Combine(folder, name);
            if (wanted.TryGetValue(name, out string? text))
            {
                File.WriteAllText(path + ".new", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                File.Move(path + ".new", path, overwrite: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }
}
