namespace LoraPrivacy.Files;

/// <summary>Reads whole files that ought to be small, such as configurations.</summary>
public static class BoundedFile
{
    /// <summary>Reads a file. Links are followed, and it is what they lead to that is measured.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="FileFormatException">It is larger, is no regular file, does not exist or cannot be read.</exception>
    public static byte[] ReadAll(string path, int most)
    {
        using FileStream stream = RegularFile.Open(path);
        if (stream.Length > most)
        {
            throw new FileFormatException(path, $"has {stream.Length} bytes; at most {most} are read");
        }

        byte[] bytes = new byte[stream.Length];
        try
        {
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count == bytes.Length ? bytes : throw new FileFormatException(path, "became shorter while it was read");
        }
        catch (IOException failure)
        {
            throw new FileFormatException(path, RegularFile.ReasonOf(failure), failure);
        }
    }
}
