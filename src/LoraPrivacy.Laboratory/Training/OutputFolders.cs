namespace LoraPrivacy.Laboratory.Training;

/// <summary>
/// Where a training writes: what may be published into the folder that is asked for, and with DP-SGD all that its mechanism does not cover
/// into another beside it, which only its owner can read (S31).
/// </summary>
internal sealed class OutputFolders
{
    /// <summary>What the name of the private folder ends with.</summary>
    public const string PrivateSuffix = ".private";

    /// <summary>The private record: losses, counts and what else the mechanism does not cover.</summary>
    public const string PrivateFileName = "private.json";

    private const string CheckpointFolderName = "checkpoint";

    private static readonly string Emergency = Path.Combine(Path.GetTempPath(), "lora-lab-" + Path.GetRandomFileName());

    // Where the training itself put them: nothing else is removed when it comes to nothing.
    private readonly List<string> created = [];
    private readonly TrainingRequest request;
    private bool isCleared;

    public OutputFolders(TrainingRequest request)
    {
        this.request = request;
        Private = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)) + PrivateSuffix;
        Checkpoints = Path.Combine(request.IsPrivate ? Private : request.Output, CheckpointFolderName);
        Saved = Checkpoints;
    }

    /// <summary>The folder of what is private; made and used with DP-SGD only.</summary>
    public string Private { get; }

    public string Checkpoints { get; }

    /// <summary>The folder with the last checkpoint that was saved.</summary>
    public string Saved { get; private set; }

    private string[] Folders => request.IsPrivate ? [request.Output, Private] : [request.Output];

    /// <summary>Makes sure that nothing is in the way, or may be removed.</summary>
    /// <returns>The checkpoint to go on from, or null.</returns>
    public string? Prepare()
    {
        if (Array.Find(Folders, File.Exists) is string file)
        {
            throw new InputException($"--output {request.Output}: {(file == request.Output ? "" : file + " ")}is a file, not a folder");
        }

        if (request.Resume)
        {
            return Checkpoint.Latest(Checkpoints) ?? throw new InputException($"--resume: {Checkpoints} has no checkpoint");
        }

        if (!request.Force && Array.Find(Folders, IsUsed) is string used)
        {
            throw new InputException(
                $"--output {request.Output}: {(used == request.Output ? "" : used + " ")}is not empty; --resume goes on from its checkpoint, --force replaces what it holds");
        }

        return null;
    }

    /// <summary>Removes what an earlier training has left, where that is asked for.</summary>
    public void Clear()
    {
        isCleared = true;
        if (!request.Force)
        {
            return;
        }

        foreach (string name in new[] { CheckpointFolderName, TrainingSubject.BaseFolderName, TrainingResult.MergedFolderName })
        {
            Remove(Path.Combine(request.Output, name));
        }

        foreach (string name in new[] { "adapter_model.safetensors", PeftConfiguration.FileName, TrainingResult.FileName })
        {
            Delete(Path.Combine(request.Output, name));
        }

        Remove(Path.Combine(Private, CheckpointFolderName));
        Delete(Path.Combine(Private, PrivateFileName));
    }

    /// <summary>Makes the folders, and makes sure that they can be written to.</summary>
    public void Create()
    {
        try
        {
            MakeFolders();
            foreach (string folder in Folders)
            {
                new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--output {request.Output}: {RegularFile.ReasonOf(failure)}", failure);
        }
    }

    private void MakeFolders()
    {
        foreach (string folder in Folders)
        {
            for (string? path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
            {
                created.Add(path);
            }
        }

        Directory.CreateDirectory(request.Output);
        if (request.IsPrivate && OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Private);
        }
        else if (request.IsPrivate)
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(Private, owner);

            // It may have been there with other rights.
            File.SetUnixFileMode(Private, owner);
        }
    }

    /// <summary>Makes sure that what a training writes has room.</summary>
    /// <param name="bytes">How much it may write.</param>
    /// <exception cref="InputException">It has none.</exception>
    public void RequireRoom(long bytes)
    {
        string folder = Path.GetFullPath(request.Output);
        long free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new InputException($"--output {request.Output}: needs room for {bytes} bytes of results and checkpoints, but {free} are free");
        }
    }

    /// <summary>Leaves everything as it was before a training that has come to nothing: there is no checkpoint to go on from.</summary>
    public void Undo()
    {
        if (isCleared && request.BaseFolder is null)
        {
            Remove(Path.Combine(request.Output, TrainingSubject.BaseFolderName));
        }

        foreach (string folder in created.OrderByDescending(folder => folder.Length))
        {
            if (Directory.Exists(folder) && !IsUsed(folder))
            {
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Saves a checkpoint, where there is no room for it among the temporary files, which only the owner can read either.</summary>
    public void Save(Trainer trainer)
    {
        try
        {
            Checkpoint.Save(Checkpoints, trainer);
            Saved = Checkpoints;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Saved = Checkpoint.Save(Emergency, trainer);
            Console.Error.WriteLine($"{Checkpoints}: cannot be written: {RegularFile.ReasonOf(failure)}; the training is saved in {Saved} instead: move it there before you go on with --resume");
        }
    }

    /// <summary>Removes the checkpoints, whose key is not needed any more.</summary>
    public void RemoveCheckpoints() => Remove(Checkpoints);

    private static bool IsUsed(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Delete(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }
}
