using System.Reflection;

namespace LoraPrivacy.Protocol.Vectors;

/// <summary>All vectors: those that come with this library, or those of a folder.</summary>
public static class VectorSet
{
    private const string Prefix = "vectors/";
    private const string SchemaEnd = ".schema.json";
    private const int LargestFile = 64 << 20;

    /// <summary>The vectors that come with this library.</summary>
    public static IReadOnlyList<VectorFile> Bundled()
    {
        Assembly assembly = typeof(VectorSet).Assembly;
        return Checked([.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name =>
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            return Read(name, stream);
        })]);
    }

    /// <summary>The files of a folder whose names end in .json, but for schemas.</summary>
    /// <exception cref="FormatException">There is none, or one is no file of vectors; the message names it and the place.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static IReadOnlyList<VectorFile> OfFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new FormatException($"{folder}: there is no such directory");
        }

        string[] paths = [.. Directory.EnumerateFiles(folder, "*.json").Where(path => !path.EndsWith(SchemaEnd, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return paths.Length > 0
            ? Checked([.. paths.Select(path =>
            {
                using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
                return Read(path, stream);
            })])
            : throw new FormatException($"{folder}: there are no .json files");
    }

    private static VectorFile Read(string path, Stream stream)
    {
        if (!stream.CanSeek || stream.Length > LargestFile)
        {
            throw new FormatException($"{path}: {(stream.CanSeek ? $"has {stream.Length} bytes; at most {LargestFile} are read" : "is not a regular file")}");
        }

        byte[] contents = new byte[stream.Length];
        stream.ReadExactly(contents);
        return VectorReader.Read(path, contents);
    }

    private static List<VectorFile> Checked(List<VectorFile> files)
    {
        HashSet<int> ids = [];
        HashSet<string> operations = [];
        foreach (VectorFile file in files)
        {
            if (!operations.Add(file.Operation))
            {
                throw new FormatException($"vectors: {file.Operation} has two files");
            }

            if (file.Vectors.FirstOrDefault(vector => !ids.Add(vector.Id)) is Vector repeated)
            {
                throw new FormatException($"vectors: the id {repeated.Id} is given twice");
            }
        }

        return [.. files.OrderBy(file => file.Vectors.Count > 0 ? file.Vectors[0].Id : int.MaxValue)];
    }
}
