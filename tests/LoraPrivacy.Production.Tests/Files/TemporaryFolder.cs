namespace LoraPrivacy.Production.Tests.Files;

/// <summary>A folder for the files of one test, removed with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("lora-production-").FullName;

    public string this[string name] => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
