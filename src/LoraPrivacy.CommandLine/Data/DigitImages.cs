using System.IO.Compression;

namespace LoraPrivacy.CommandLine.Data;

/// <summary>8×8 images of handwritten digits with their labels: the UCI digits that come with the command (see README.md beside this file).</summary>
internal sealed class DigitImages
{
    /// <summary>The number of pixels of an image: 8 rows of 8.</summary>
    public const int PixelCount = 64;

    public const int ClassCount = 10;

    /// <summary>The images <see cref="Training"/> has: the first 1,500 of 1,797.</summary>
    public const int TrainingCount = 1500;

    private const string Resource = "digits.csv.gz";
    private const double LargestPixel = 16;

    private DigitImages(double[,] pixels, int[] labels)
    {
        Pixels = pixels;
        Labels = labels;
    }

    /// <summary>Count × 64, row by row of the image, each a multiple of 1/16 in [0, 1].</summary>
    public double[,] Pixels { get; }

    /// <summary>The digits, each 0 to 9, as many as there are images.</summary>
    public IReadOnlyList<int> Labels { get; }

    public int Count => Labels.Count;

    public DigitImages Training => Range(0, TrainingCount);

    /// <summary>The images held out: those after <see cref="TrainingCount"/>.</summary>
    public DigitImages HeldOut => Range(TrainingCount, Count - TrainingCount);

    /// <summary>Reads all 1,797 images.</summary>
    public static DigitImages Read()
    {
        using Stream compressed = typeof(DigitImages).Assembly.GetManifestResourceStream(Resource)!;
        using GZipStream text = new(compressed, CompressionMode.Decompress);
        Tensor table = CsvReader.Read(text, Resource);
        int count = (int)table.Shape[0];
        double[,] pixels = new double[count, PixelCount];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            int row = i * (PixelCount + 1);
            for (int j = 0; j < PixelCount; j++)
            {
                pixels[i, j] = table.Values[row + j] / LargestPixel;
            }

            labels[i] = (int)table.Values[row + PixelCount];
        }

        return new DigitImages(pixels, labels);
    }

    /// <summary>Consecutive images.</summary>
    /// <param name="first">The number of the first, in [0, <see cref="Count"/>].</param>
    /// <param name="count">How many, in [0, <see cref="Count"/> − <paramref name="first"/>].</param>
    public DigitImages Range(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - first);
        double[,] pixels = new double[count, PixelCount];
        Array.Copy(Pixels, (long)first * PixelCount, pixels, 0, (long)count * PixelCount);
        return new DigitImages(pixels, [.. Labels.Skip(first).Take(count)]);
    }

    /// <summary>The labels as unit vectors: Count × 10, 1 at the label and 0 elsewhere.</summary>
    public double[,] OneHotLabels()
    {
        double[,] targets = new double[Count, ClassCount];
        for (int i = 0; i < Count; i++)
        {
            targets[i, Labels[i]] = 1;
        }

        return targets;
    }
}
