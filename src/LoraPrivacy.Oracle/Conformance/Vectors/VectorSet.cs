using System.Reflection;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Production.Files;

namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>All vectors: those that come with the command, or those of a folder.</summary>
internal static class VectorSet
{
    private const string Prefix = "vectors/";
    private const string SchemaEnd = ".schema.json";
    private const int LargestFile = 64 << 20;

    /// <summary>The vectors that come with the command.</summary>
    public static IReadOnlyList<VectorFile> Bundled()
    {
        Assembly assembly = typeof(VectorSet).Assembly;
        List<VectorFile> files = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(IsVectors).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] contents = new byte[stream.Length];
            stream.ReadExactly(contents);
            files.Add(VectorReader.Read(name, contents));
        }

        return Checked(files);
    }

    /// <summary>The files of a folder whose names end in .json, but for schemas.</summary>
    /// <exception cref="InputException">There is none, or one is no file of vectors.</exception>
    public static IReadOnlyList<VectorFile> OfFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"--vectors {folder}: there is no such directory");
        }

        string[] paths = [.. Directory.EnumerateFiles(folder, "*.json").Where(IsVectors).Order(StringComparer.Ordinal)];
        return paths.Length > 0
            ? Checked([.. paths.Select(path => VectorReader.Read(path, Contents(path)))])
            : throw new InputException($"--vectors {folder}: there are no .json files");
    }

    private static bool IsVectors(string name) => name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(SchemaEnd, StringComparison.Ordinal);

    private static byte[] Contents(string path)
    {
        try
        {
            return BoundedFile.ReadAll(path, LargestFile);
        }
        catch (FileFormatException failure)
        {
            throw new InputException(failure.Message, failure);
        }
    }

    private static List<VectorFile> Checked(List<VectorFile> files)
    {
        HashSet<int> ids = [];
        HashSet<string> operations = [];
        foreach (VectorFile file in files)
        {
            if (!operations.Add(file.Operation))
            {
                throw new InputException($"vectors: {file.Operation} has two files");
            }

            foreach (Vector vector in file.Vectors)
            {
                if (!ids.Add(vector.Id))
                {
                    throw new InputException($"vectors: the id {vector.Id} is given twice");
                }
            }
        }

        return [.. files.OrderBy(file => file.Vectors.Count > 0 ? file.Vectors[0].Id : int.MaxValue)];
    }
}
