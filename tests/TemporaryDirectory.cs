namespace LoraPrivacy.Tests;

/// <summary>A directory for the files of one test, removed with what is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("lora-privacy-").FullName;

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] contents)
    {
        string path = System.IO.Path.Combine(Location, name);
        File.WriteAllBytes(path, contents);
        return path;
    }

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
