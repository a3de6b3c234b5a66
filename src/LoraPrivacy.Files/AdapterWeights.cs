namespace LoraPrivacy.Files;

/// <summary>The files of weights in an adapter's folder: one, or the shards that an index names.</summary>
internal sealed class AdapterWeights : IDisposable
{
    private const string IndexName = PeftAdapter.WeightsFileName + ".index.json";
    private const int LargestIndex = 16 << 20;
    private const int MostShards = 1000;
    private const int MostFoldersListed = 5;

    private readonly List<SafetensorsReader> files = [];

    private AdapterWeights(string source) => Source = source;

    /// <summary>The file of weights, or the index.</summary>
    public string Source { get; }

    /// <summary>All tensors with their files, in the order of the files and of their data.</summary>
    public IEnumerable<(SafetensorsEntry Entry, SafetensorsReader File)> Tensors => files.SelectMany(file => file.Tensors.Select(entry => (entry, file)));

    /// <summary>Opens the files of a folder.</summary>
    /// <exception cref="FileFormatException">They are missing, are not what they should be, or do not agree with their index.</exception>
    public static AdapterWeights Open(string folder)
    {
        string single = Path.Combine(folder, PeftAdapter.WeightsFileName);
        string index = Path.Combine(folder, IndexName);
        bool isSharded = !File.Exists(single) && File.Exists(index);
        foreach (string name in new[] { PeftConfiguration.FileName, PeftAdapter.WeightsFileName })
        {
            if (!Path.Exists(Path.Combine(folder, name)) && !(isSharded && name == PeftAdapter.WeightsFileName))
            {
                throw new FileFormatException(folder, $"is no adapter's folder: {name} is missing{HintFor(folder, name)}");
            }
        }

        AdapterWeights weights = new(isSharded ? index : single);
        try
        {
            if (isSharded)
            {
                weights.OpenShards(folder);
            }
            else
            {
                weights.files.Add(SafetensorsReader.Open(single));
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    private static string HintFor(string folder, string name)
    {
        if (name == PeftAdapter.WeightsFileName && File.Exists(Path.Combine(folder, "adapter_model.bin")))
        {
            return "; adapter_model.bin is a pickle, which runs code when it is read, and is not";
        }

        string[] others = [.. Directory.EnumerateDirectories(folder).Where(inner => File.Exists(Path.Combine(inner, name))).Order(StringComparer.Ordinal)
            .Take(MostFoldersListed + 1).Select(inner => FileFormatException.Quote(Path.GetFileName(inner)))];
        return others.Length == 0 ? string.Empty
            : $"; its folders {string.Join(", ", others.Take(MostFoldersListed))}{(others.Length > MostFoldersListed ? " and more" : string.Empty)} have one: name one of them";
    }

    private void OpenShards(string folder)
    {
        Dictionary<string, string> places = JsonProblem.Read(BoundedFile.ReadAll(Source, LargestIndex), Source, depth: 8, root =>
            root.TryGetProperty("weight_map", out var map) && map.ValueKind == JsonValueKind.Object
                ? map.EnumerateObject().ToDictionary(place => place.Name, FileOf)
                : throw new FileFormatException(Source, "has no weight_map, the object that names the file of each tensor"));
        string[] names = [.. places.Values.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length is 0 or > MostShards)
        {
            throw new FileFormatException(Source, $"weight_map names {names.Length} files; it must name 1 to {MostShards}");
        }

        foreach (string name in names)
        {
            files.Add(SafetensorsReader.Open(Path.Combine(folder, name)));
        }

        HashSet<(string, string)> present = [.. Tensors.Select(tensor => (tensor.Entry.Name, Path.GetFileName(tensor.File.Source)))];
        string? missing = places.FirstOrDefault(place => !present.Contains((place.Key, place.Value))).Key;
        if (missing is not null || present.Count != places.Count)
        {
            missing ??= present.First(tensor => places.GetValueOrDefault(tensor.Item1) != tensor.Item2).Item1;
            throw new FileFormatException(Source, FileFormatException.Tensor(missing), "is not in the file that the index names for it");
        }
    }

    private string FileOf(JsonProperty place)
        => place.Value.ValueKind == JsonValueKind.String && place.Value.GetString() is { Length: > 0 } name && Path.GetFileName(name) == name ? name
            : throw new FileFormatException(Source, FileFormatException.Tensor(place.Name), $"must have the name of a file of the index's own folder, not {FileFormatException.Quote(place.Value.GetRawText())}");
}
