namespace LoraPrivacy.Certifier.Commands;

/// <summary>Where the vectors are: spec/vectors of the repository that contains the current folder.</summary>
internal static class VectorFolder
{
    public static string Find()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Reference.sln")))
            {
                return Path.Combine(folder.FullName, "spec", "vectors");
            }
        }

        throw new DirectoryNotFoundException("the current folder is not inside the repository: Reference.sln was not found above it");
    }
}
