using System.Text.Json;
using LoraPrivacy.Production.Adapters;

namespace LoraPrivacy.Production.Training;

/// <summary>
/// Saves and resumes a training. On the CPU, with the same number of threads, a resumed training ends with the very bits of the
/// uninterrupted one.
/// </summary>
/// <remarks>
/// A checkpoint is a folder <c>step-…</c> inside the folder given: <c>checkpoint.json</c> (the step, what was trained how, and the key of
/// the randomness), <c>state.safetensors</c> (parameters and the optimiser's memory) and, for adapters, the files that PEFT reads. It is
/// written under another name and renamed when it is complete, and only then are older ones removed: whenever the process ends, a
/// whole checkpoint is left. The key reveals every A and all noise, past and future: a checkpoint is a secret, and on Unix its folder is
/// readable by its owner only. Publish the adapter, never the checkpoint.
/// <para>
/// <c>checkpoint.json</c> has the SHA-256 of every other file and, last, of itself without that line: any change of a tensor, the step, the
/// key or the configuration, and any file of another checkpoint, is refused. A checksum is no signature: it finds damage and mistakes,
/// and whoever changes a checkpoint on purpose can compute it anew. What is accounted for is the step and the mechanism, which it covers.
/// </para>
/// </remarks>
public static class Checkpoint
{
    private const string Prefix = "step-";
    private const string UnfinishedPrefix = ".unfinished-";
    private const string DescriptionName = "checkpoint.json";
    private const string StateName = "state.safetensors";
    private const int Format = 2;
    private const int LargestDescription = 16 << 20;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Saves a training between two steps.</summary>
    /// <param name="folder">The folder of the training's checkpoints, created where it is missing; nothing else may be kept there.</param>
    /// <param name="trainer">The training.</param>
    /// <returns>The path of the checkpoint.</returns>
    /// <exception cref="IOException">
    /// It cannot be written, or the folder has another training's checkpoint of the same step; an older checkpoint is left as it was.
    /// </exception>
    /// <exception cref="FileFormatException">The folder has a damaged checkpoint of the same step.</exception>
    /// <exception cref="ArithmeticException">What is trained, or the optimiser's memory, is not finite.</exception>
    public static string Save(string folder, Trainer trainer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(trainer);
        if (!IsFinite(State(trainer)))
        {
            throw new ArithmeticException($"what was trained is not finite after step {trainer.CompletedSteps}, and is not saved");
        }

        string target = Path.Combine(folder, Prefix + trainer.CompletedSteps.ToString("D12", CultureInfo.InvariantCulture));
        if (!Directory.Exists(target))
        {
            Write(trainer, Path.Combine(folder, UnfinishedPrefix + Path.GetRandomFileName()), target);
        }
        else if (!IsOf(target, trainer))
        {
            // It stays as it was: what another training has left is not this one's to remove.
            throw new IOException($"{target}: is a checkpoint of another training");
        }

        foreach (string other in Directory.GetDirectories(folder))
        {
            string name = Path.GetFileName(other);
            if (name != Path.GetFileName(target) && (IsCheckpoint(name) || name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal)))
            {
                Directory.Delete(other, recursive: true);
            }
        }

        return target;
    }

    /// <summary>The newest checkpoint of a training.</summary>
    /// <param name="folder">The folder of its checkpoints.</param>
    /// <returns>The checkpoint's path, or null where there is none.</returns>
    public static string? Latest(string folder)
        => Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Where(path => IsCheckpoint(Path.GetFileName(path))).Max(StringComparer.Ordinal)
            : null;

    /// <summary>The source of a checkpoint's training, to build its model and trainer from.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="FileFormatException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RandomSource Source(string path)
    {
        Description description = Read(path);
        return RandomSource.FromKey(
            description.Key, isFromSeed: description.Training.GetValueOrDefault(TrainingIdentity.Randomness) == TrainingIdentity.Seeded);
    }

    /// <summary>Lets a new trainer go on where a checkpoint was made.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="trainer">
    /// A trainer that has done no step, made as the checkpoint's was: same options, problem, model, adapters, type, device and source.
    /// </param>
    /// <exception cref="FileFormatException">The checkpoint is damaged, or of another training; the message names the difference.</exception>
    /// <exception cref="InvalidOperationException">The trainer has done steps.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read.</exception>
    public static void Resume(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        if (trainer.CompletedSteps != 0)
        {
            throw new InvalidOperationException($"the trainer must not have begun, but has done {trainer.CompletedSteps} steps");
        }

        Description description = Read(path);
        string file = Path.Combine(path, DescriptionName);
        foreach ((string name, string value) in trainer.Identity)
        {
            string? stored = description.Training.GetValueOrDefault(name);
            if (stored != value)
            {
                throw new FileFormatException(file, $"belongs to another training: {name} is {stored ?? "not given"} there, but {value} here");
            }
        }

        if (description.Key != trainer.Source.ExportKey())
        {
            throw new FileFormatException(file, "belongs to another training: its randomness has another key");
        }

        if (description.Step < 0 || description.Step > trainer.Options.Steps)
        {
            throw new FileFormatException(file, $"has step {description.Step}, which must be in [0, {trainer.Options.Steps}]");
        }

        CheckFiles(path, description);
        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(path, StateName));
        (string Name, Tensor Tensor)[] state = [.. State(trainer)];
        if (state.FirstOrDefault(entry => reader.Find(entry.Name) is not { } stored || !stored.Shape.SequenceEqual(entry.Tensor.shape)) is { Name: { } missing })
        {
            throw new FileFormatException(reader.Source, FileFormatException.Tensor(missing), "is missing or of another shape");
        }

        foreach ((string name, Tensor tensor) in state)
        {
            TorchTensors.CopyTo(reader, reader.Find(name)!, tensor);
        }

        trainer.ContinueFrom(description.Step);
        if (!IsFinite(state))
        {
            throw new FileFormatException(reader.Source, "holds numbers that are not finite");
        }
    }

    private static void Write(Trainer trainer, string unfinished, string target)
    {
        CreatePrivate(unfinished);
        try
        {
            SafetensorsWriter.Write(
                Path.Combine(unfinished, StateName), State(trainer).Select(entry => TorchTensors.ToFile(entry.Name, entry.Tensor)));
            if (trainer.Adapters is not null)
            {
                AdapterFolder.Save(unfinished, trainer.Adapters);
            }

            Seal(unfinished, trainer.CompletedSteps, trainer.Source.ExportKey(), trainer.Identity);
            Directory.Move(unfinished, target);
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    /// <summary>Writes the description of a checkpoint whose other files are there, with the checksums of all.</summary>
    internal static void Seal(string path, long step, string key, SortedDictionary<string, string> training)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(path).Where(file => Path.GetFileName(file) != DescriptionName))
        {
            files.Add(Path.GetFileName(file), Digest(file));
        }

        Description description = new(Format, step, key, training, files, "");
        AtomicFile.Write(Path.Combine(path, DescriptionName), Bytes(description with { Checksum = Digest(description) }));
    }

    private static void CheckFiles(string path, Description description)
    {
        foreach ((string name, string digest) in description.Files)
        {
            string file = Path.Combine(path, name);
            if (Path.GetFileName(name) != name || !File.Exists(file) || Digest(file) != digest)
            {
                throw new FileFormatException(file, "is missing or was changed after the checkpoint was saved: its SHA-256 is another");
            }
        }

        if (!description.Files.ContainsKey(StateName))
        {
            throw new FileFormatException(Path.Combine(path, DescriptionName), $"has no {StateName}");
        }
    }

    private static byte[] Bytes(Description description) => JsonSerializer.SerializeToUtf8Bytes(description, Layout);

    private static string Digest(Description description) => Convert.ToHexStringLower(SHA256.HashData(Bytes(description with { Checksum = "" })));

    private static string Digest(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool IsFinite(IEnumerable<(string Name, Tensor Tensor)> state)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return state.All(entry => entry.Tensor.isfinite().all().item<bool>());
    }

    private static IEnumerable<(string Name, Tensor Tensor)> State(Trainer trainer)
    {
        yield return ("parameters", trainer.Buffer.Values);
        foreach ((string name, Tensor tensor) in trainer.OptimizerState)
        {
            yield return ($"optimizer.{name}", tensor);
        }

        foreach (LoraLinear layer in trainer.Adapters?.Layers ?? [])
        {
            if (!layer.TrainsA)
            {
                yield return ($"{layer.Path}.A", layer.A);
            }

            if (trainer.Options.FreshA)
            {
                yield return ($"{layer.Path}.weight", layer.Weight);
            }
        }
    }

    private static Description Read(string path)
    {
        string file = Path.Combine(path, DescriptionName);
        try
        {
            byte[] bytes = BoundedFile.ReadAll(file, LargestDescription);
            Description? description = JsonSerializer.Deserialize<Description>(bytes);
            if (description is not { Format: Format, Training: not null, Files: not null, Key.Length: 64 } || !description.Key.All(char.IsAsciiHexDigit))
            {
                throw new FileFormatException(file, $"is no checkpoint of format {Format}");
            }

            // Written the one way there is, so that no byte can differ without being seen.
            description = description with { Training = new(description.Training, StringComparer.Ordinal), Files = new(description.Files, StringComparer.Ordinal) };
            return description.Checksum == Digest(description) && bytes.AsSpan().SequenceEqual(Bytes(description))
                ? description
                : throw new FileFormatException(file, "was changed after the checkpoint was saved: its checksum is another");
        }
        catch (JsonException failure)
        {
            throw new FileFormatException(file, $"is no checkpoint: {failure.Message}", failure);
        }
    }

    private static bool IsOf(string path, Trainer trainer)
    {
        Description description = Read(path);
        return description.Key == trainer.Source.ExportKey() && description.Training.SequenceEqual(trainer.Identity);
    }

    private static bool IsCheckpoint(string name)
        => name.Length == Prefix.Length + 12 && name.StartsWith(Prefix, StringComparison.Ordinal) && name.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What checkpoint.json holds.</summary>
    private sealed record Description(
        int Format, long Step, string Key, SortedDictionary<string, string> Training, SortedDictionary<string, string> Files, string Checksum);
}
