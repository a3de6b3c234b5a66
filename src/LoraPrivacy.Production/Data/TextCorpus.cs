using System.IO.Compression;

namespace LoraPrivacy.Production.Data;

/// <summary>A text as bytes, cut into a part to train on and a part held out: the beginning and the end.</summary>
public sealed class TextCorpus
{
    /// <summary>The largest file that <see cref="Read"/> takes: 64 MiB. Its tokens take eight times as much memory.</summary>
    public const long LargestFile = 64L << 20;

    /// <summary>The share of the text that is held out unless another is given.</summary>
    public const double DefaultHeldOutShare = 0.1;

    /// <summary>The bytes of the text that comes with the library.</summary>
    public const int BundledLength = 1_115_394;

    private const string Resource = "tiny-shakespeare.txt.gz";

    /// <summary>A text.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">Its bytes, in any encoding, at least two; kept.</param>
    /// <param name="heldOutShare">The share of the bytes, at the end, that is held out, in [0, 1); rounded down to whole bytes.</param>
    /// <exception cref="ArgumentException">The text has fewer than two bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public TextCorpus(string name, ReadOnlyMemory<byte> text, double heldOutShare = DefaultHeldOutShare)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (text.Length < 2)
        {
            throw new ArgumentException($"text must have at least 2 bytes, but {name} has {text.Length}", nameof(text));
        }

        if (!(heldOutShare is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(heldOutShare), heldOutShare, "heldOutShare must be in [0, 1)");
        }

        Name = name;
        int heldOut = (int)(text.Length * heldOutShare);
        Training = text[..^heldOut];
        HeldOut = text[^heldOut..];
    }

    /// <summary>What messages call the text.</summary>
    public string Name { get; }

    /// <summary>The bytes to train on: the beginning of the text, at least one.</summary>
    public ReadOnlyMemory<byte> Training { get; }

    /// <summary>The bytes held out: the end of the text; empty where the share is 0.</summary>
    public ReadOnlyMemory<byte> HeldOut { get; }

    /// <summary>The text that comes with the library: plays of Shakespeare, 1,115,394 bytes, public domain (Data/README.md).</summary>
    /// <param name="heldOutShare">The share held out, in [0, 1).</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static TextCorpus Bundled(double heldOutShare = DefaultHeldOutShare)
    {
        using Stream compressed = typeof(TextCorpus).Assembly.GetManifestResourceStream(Resource)!;
        using GZipStream text = new(compressed, CompressionMode.Decompress);
        using MemoryStream bytes = new(1 << 21);
        text.CopyTo(bytes);
        return new TextCorpus("tiny Shakespeare (bundled)", bytes.ToArray(), heldOutShare);
    }

    /// <summary>Reads a file, whatever its encoding.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="heldOutShare">The share held out, in [0, 1).</param>
    /// <returns>The text.</returns>
    /// <exception cref="FileFormatException">The file has fewer than 2 bytes or more than <see cref="LargestFile"/>, or is no regular file.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static TextCorpus Read(string path, double heldOutShare = DefaultHeldOutShare)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (!file.CanSeek)
        {
            throw new FileFormatException(path, "is not a regular file");
        }

        if (file.Length is < 2 or > LargestFile)
        {
            throw new FileFormatException(path, $"must have between 2 and {LargestFile} bytes of text, but has {file.Length}");
        }

        byte[] text = new byte[file.Length];
        int length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length == text.Length
            ? new TextCorpus(path, text, heldOutShare)
            : throw new FileFormatException(path, "became shorter while it was read");
    }
}
