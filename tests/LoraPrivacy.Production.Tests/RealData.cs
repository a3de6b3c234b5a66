using System.IO.Compression;
using System.Reflection;

namespace LoraPrivacy.Production.Tests;

/// <summary>Real data for the tests: images of digits, and text.</summary>
internal static class RealData
{
    private const int Pixels = 64;

    /// <summary>The first UCI digits: count × 64 in [0, 1], and their labels.</summary>
    public static (Tensor Images, Tensor Labels) Digits(int count, ScalarType type)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("digits.csv.gz")!;
        using StreamReader reader = new(new GZipStream(resource, CompressionMode.Decompress));
        double[] pixels = new double[count * Pixels];
        long[] labels = new long[count];
        for (int image = 0; image < count; image++)
        {
            double[] row = [.. reader.ReadLine()!.Split(',').Select(double.Parse)];
            row.AsSpan(0, Pixels).CopyTo(pixels.AsSpan(image * Pixels));
            labels[image] = (long)row[Pixels];
        }

        return (tensor(pixels, [count, Pixels], ScalarType.Float64).div_(16).to(type), tensor(labels));
    }

    /// <summary>The first bytes of the text that comes with production.</summary>
    public static Tensor Tokens(int count)
        => tensor(ByteTokenizer.Plain.Encode(TextCorpus.Bundled().Training.Span[..count]));
}
