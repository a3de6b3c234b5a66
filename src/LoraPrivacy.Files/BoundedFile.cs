namespace LoraPrivacy.Files;

/// <summary>Reads whole files that ought to be small, such as configurations.</summary>
public static class BoundedFile
{
    /// <summary>Reads a file. Links are followed, and it is what they lead to that is measured.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <returns>Its bytes; none for a device.</returns>
    /// <exception cref="FileFormatException">It is larger, or has no length.</exception>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, int most)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (!stream.CanSeek)
        {
            throw new FileFormatException(path, "is not a regular file");
        }

        if (stream.Length > most)
        {
            throw new FileFormatException(path, $"has {stream.Length} bytes; at most {most} are read");
        }

        byte[] bytes = new byte[stream.Length];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count == bytes.Length ? bytes : throw new FileFormatException(path, "became shorter while it was read");
    }
}
