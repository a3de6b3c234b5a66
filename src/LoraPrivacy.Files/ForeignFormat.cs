namespace LoraPrivacy.Files;

/// <summary>Recognises by their first bytes the files that people really have in place of the one that is wanted.</summary>
/// <remarks>To be asked only where a file is not what it should be: the size of a safetensors header may begin as a pickle does.</remarks>
public static class ForeignFormat
{
    private static readonly (byte[] Start, string Clause)[] Known =
    [
        ([.. "version https://git-lfs"u8], "is a Git LFS pointer in place of the file: git lfs pull fetches it"),
        ([.. "<!DOCTYPE"u8], "is a web page in place of the file: download the file itself"),
        ([.. "<html"u8], "is a web page in place of the file: download the file itself"),
        ([.. "PK\u0003\u0004"u8], "is a ZIP archive (as of torch.save or numpy.savez), which is not read: save it with safetensors, or one array with numpy.save"),
        ([0x80, 2], "is a Python pickle, which runs code when it is read, and is not: save it with safetensors or numpy.save"),
        ([0x1F, 0x8B], "is compressed with gzip: decompress it first"),
        ([0x89, .. "HDF"u8], "is an HDF5 file, which is not read: save it with safetensors or numpy.save"),
        ([0x93, .. "NUMPY"u8], "is a NumPy array: name it .npy"),
        ([.. "PAR1"u8], "is a Parquet file, which is not read: save it as CSV"),
        ([0xFF, 0xFE], "is text in UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"),
        ([0xFE, 0xFF], "is text in UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"),
    ];

    /// <summary>What a file is instead, with what to do about it.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <returns>A clause, or null where they are of nothing known.</returns>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] known, string clause) in Known)
        {
            if (start.StartsWith(known))
            {
                return clause;
            }
        }

        return null;
    }

    /// <summary>What a file is instead, from a stream whose position is kept.</summary>
    /// <param name="stream">A stream at the start of the file.</param>
    /// <returns>A clause, or null where they are of nothing known or the stream cannot be sought in.</returns>
    public static string? Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            return null;
        }

        long position = stream.Position;
        Span<byte> start = stackalloc byte[24];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        return Of(start[..count]);
    }
}
