using LoraPrivacy.CommandLine.Data;
using LoraPrivacy.Reference.Models;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>
/// A LoRA step on real data that comes with the command: a linear softmax classifier of 8×8 digit images, pre-trained by a few plain
/// steps, and then the gradient of the next batch, which an adapter of that layer would see.
/// </summary>
internal static class DigitsProblem
{
    private const int PretrainingImages = 500;
    private const int PretrainingSteps = 20;
    private const double LearningRate = 0.5;
    private const int BatchSize = 64;

    /// <summary>The per-example gradients of the batch, with an image to replace one by and the batch that follows.</summary>
    public static ExampleGradients Create()
    {
        DigitImages images = DigitImages.Read();
        double[,] weight = Pretrain(images.Range(0, PretrainingImages));
        const int first = PretrainingImages;
        LoraStep step = Step(images.Range(first, BatchSize), weight);
        LoraStep replacement = Step(images.Range(first + BatchSize, 1), weight);
        LoraStep next = Step(images.Range(first + BatchSize, BatchSize), weight);
        return new ExampleGradients(
            $"bundled UCI digits: {DigitImages.ClassCount}×{DigitImages.PixelCount} softmax layer, batch of images {first} to {first + BatchSize - 1}",
            [.. step.Examples.Select(example => example.Gradient)])
        {
            NameOf = index => $"image {first + index} (a {images.Labels[first + index]})",
            Replacement = replacement.Gradient,
            ReplacementName = $"image {first + BatchSize} (a {images.Labels[first + BatchSize]})",
            NextGradient = next.Gradient,
        };
    }

    private static double[,] Pretrain(DigitImages images)
    {
        double[,] weight = new double[DigitImages.ClassCount, DigitImages.PixelCount];
        for (int i = 0; i < PretrainingSteps; i++)
        {
            weight = MatrixParts.Combine(weight, -LearningRate, Step(images, weight).Gradient);
        }

        return weight;
    }

    /// <summary>Loss and gradients at the start of LoRA: with B = 0 the adapter changes nothing, whatever A is.</summary>
    private static LoraStep Step(DigitImages images, double[,] weight)
    {
        LoraLayer layer = new(weight, new double[1, DigitImages.PixelCount], new double[DigitImages.ClassCount, 1], scale: 1);
        return LoraStep.Compute(layer, images.Pixels, images.OneHotLabels(), LossFunction.CrossEntropy);
    }
}
