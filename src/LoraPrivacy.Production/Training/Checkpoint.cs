using System.Globalization;
using System.Text.Json;
using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Randomness;
using static TorchSharp.torch;

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
/// </remarks>
public static class Checkpoint
{
    private const string Prefix = "step-";
    private const string UnfinishedPrefix = ".unfinished-";
    private const string DescriptionName = "checkpoint.json";
    private const string StateName = "state.safetensors";
    private const int Format = 1;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Saves a training between two steps.</summary>
    /// <param name="folder">The folder of the training's checkpoints, created where it is missing; nothing else may be kept there.</param>
    /// <param name="trainer">The training.</param>
    /// <returns>The path of the checkpoint.</returns>
    /// <exception cref="IOException">It cannot be written; an older checkpoint is left as it was.</exception>
    public static string Save(string folder, Trainer trainer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(trainer);
        string target = Path.Combine(folder, Prefix + trainer.CompletedSteps.ToString("D12", CultureInfo.InvariantCulture));
        if (!Directory.Exists(target))
        {
            Write(trainer, Path.Combine(folder, UnfinishedPrefix + Path.GetRandomFileName()), target);
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
    public static RandomSource Source(string path) => RandomSource.FromKey(Read(path).Key);

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

            Description description = new(Format, trainer.CompletedSteps, trainer.Source.ExportKey(), trainer.Identity);
            AtomicFile.Write(Path.Combine(unfinished, DescriptionName), JsonSerializer.SerializeToUtf8Bytes(description, Layout));
            Directory.Move(unfinished, target);
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
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
            Description? description = JsonSerializer.Deserialize<Description>(File.ReadAllBytes(file));
            return description is { Format: Format, Training: not null, Key.Length: 64 } && description.Key.All(char.IsAsciiHexDigit)
                ? description
                : throw new FileFormatException(file, $"is no checkpoint of format {Format}");
        }
        catch (JsonException failure)
        {
            throw new FileFormatException(file, $"is no checkpoint: {failure.Message}", failure);
        }
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
    private sealed record Description(int Format, long Step, string Key, SortedDictionary<string, string> Training);
}
