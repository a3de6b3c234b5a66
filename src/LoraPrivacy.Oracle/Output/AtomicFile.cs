using System.Text;
using LoraPrivacy.Oracle.Input;

namespace LoraPrivacy.Oracle.Output;

/// <summary>
/// A file that appears under its name only when it is complete: it is written beside it under another name and then renamed,
/// and removed if it is not <see cref="Commit">committed</see>.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    public AtomicFile(string path)
    {
        // Devices such as /dev/stdout are written in place, and a link is followed, for a rename would replace them.
        string? linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        _target = Path.GetFullPath(linked ?? path);
        bool isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        _temporary = isDevice
            ? path
            : Path.Combine(Path.GetDirectoryName(_target) ?? ".", $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");
        _committed = isDevice;
        try
        {
            Stream = new FileStream(_temporary, isDevice ? FileMode.Open : FileMode.CreateNew, FileAccess.Write);
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new InputException($"{path}: cannot be written: its directory does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Where the contents go.</summary>
    public Stream Stream { get; }

    /// <summary>Writes a whole text.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, byte[] contents)
    {
        using AtomicFile file = new(path);
        file.Stream.Write(contents);
        file.Commit();
    }

    /// <summary>Gives the complete file its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_committed)
        {
            return;
        }

        try
        {
            File.Move(_temporary, _target, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{_target}: cannot be written: {failure.Message}", failure);
        }

        _committed = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }
}
