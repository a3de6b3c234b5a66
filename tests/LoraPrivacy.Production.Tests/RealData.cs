using System.IO.Compression;
using System.Reflection;
using System.Text;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Tests;

/// <summary>Real data for the tests: images of digits, and text.</summary>
internal static class RealData
{
    private const int Pixels = 64;

    /// <summary>The first UCI digits: count × 64 in [0, 1], and their labels.</summary>
    public static (TorchSharp.torch.Tensor Images, TorchSharp.torch.Tensor Labels) Digits(int count, ScalarType type)
    {
        using StreamReader reader = Open("digits.csv.gz");
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

    /// <summary>The first bytes of a text.</summary>
    public static TorchSharp.torch.Tensor Tokens(int count)
    {
        using StreamReader reader = Open("text");
        char[] text = new char[count];
        reader.ReadBlock(text);
        return tensor(Encoding.Latin1.GetBytes(text).Select(value => (long)value).ToArray());
    }

    private static StreamReader Open(string name)
    {
        Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(resource, CompressionMode.Decompress) : resource, Encoding.Latin1);
    }
}
