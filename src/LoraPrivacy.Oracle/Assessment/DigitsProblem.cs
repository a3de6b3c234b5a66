using System.IO.Compression;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Reference.Models;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>
/// A LoRA step on real data that comes with the command: a linear softmax classifier of 8×8 digit images, pre-trained by a few plain
/// steps, and then the gradient of the next batch, which an adapter of that layer would see.
/// </summary>
internal static class DigitsProblem
{
    private const string Resource = "digits.csv.gz";
    private const int Pixels = 64;
    private const int Classes = 10;
    private const double LargestPixel = 16;
    private const int PretrainingImages = 500;
    private const int PretrainingSteps = 20;
    private const double LearningRate = 0.5;
    private const int BatchSize = 64;

    /// <summary>The per-example gradients of the batch, with an image to replace one by and the batch that follows.</summary>
    public static ExampleGradients Create()
    {
        Tensor images = ReadImages();
        double[,] weight = Pretrain(images);
        const int first = PretrainingImages;
        LoraStep step = Step(images, weight, first, BatchSize);
        LoraStep replacement = Step(images, weight, first + BatchSize, 1);
        LoraStep next = Step(images, weight, first + BatchSize, BatchSize);
        return new ExampleGradients(
            $"bundled UCI digits: {Classes}×{Pixels} softmax layer, batch of images {first} to {first + BatchSize - 1}",
            [.. step.Examples.Select(example => example.Gradient)])
        {
            NameOf = index => $"image {first + index} (a {Label(images, first + index)})",
            Replacement = replacement.Gradient,
            ReplacementName = $"image {first + BatchSize} (a {Label(images, first + BatchSize)})",
            NextGradient = next.Gradient,
        };
    }

    private static Tensor ReadImages()
    {
        using Stream compressed = typeof(DigitsProblem).Assembly.GetManifestResourceStream(Resource)!;
        using GZipStream text = new(compressed, CompressionMode.Decompress);
        return CsvReader.Read(text, Resource);
    }

    private static double[,] Pretrain(Tensor images)
    {
        double[,] weight = new double[Classes, Pixels];
        for (int i = 0; i < PretrainingSteps; i++)
        {
            weight = MatrixParts.Combine(weight, -LearningRate, Step(images, weight, 0, PretrainingImages).Gradient);
        }

        return weight;
    }

    /// <summary>Loss and gradients at the start of LoRA: with B = 0 the adapter changes nothing, whatever A is.</summary>
    private static LoraStep Step(Tensor images, double[,] weight, int first, int count)
    {
        double[,] input = new double[count, Pixels];
        double[,] target = new double[count, Classes];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < Pixels; j++)
            {
                input[i, j] = images.Values[((first + i) * (Pixels + 1)) + j] / LargestPixel;
            }

            target[i, Label(images, first + i)] = 1;
        }

        LoraLayer layer = new(weight, new double[1, Pixels], new double[Classes, 1], scale: 1);
        return LoraStep.Compute(layer, input, target, LossFunction.CrossEntropy);
    }

    private static int Label(Tensor images, int image) => (int)images.Values[(image * (Pixels + 1)) + Pixels];
}
