using LoraPrivacy.Oracle.Data;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Training;

/// <summary>Rows of numbers with a class each, in a perceptron with one hidden layer and random base weights.</summary>
internal static class ImageSubject
{
    private const int HiddenUnits = 64;
    private const double HeldOutShare = 0.1;
    private const int MostClasses = 10_000;

    public static TrainingSubject Create(TrainingRequest request, RandomSource source, Device device)
    {
        (double[] features, long[] labels, int width, int heldOut, string name) = request.DataFile is string file ? Read(file) : Bundled();
        int classes = (int)labels.Max() + 1;
        Perceptron model = new([width, HiddenUnits, classes], HiddenActivation.Relu, source, request.Precision, device);
        int count = labels.Length;
        using var scope = NewDisposeScope();
        torch.Tensor inputs = tensor(features, [count, width], ScalarType.Float64).to(request.Precision).to(device);
        torch.Tensor targets = tensor(labels, device: device);
        return new TrainingSubject(
            Problem(0, count - heldOut),
            heldOut > 0 ? Problem(count - heldOut, heldOut) : null,
            $"perceptron {width}-{HiddenUnits}-{classes} with random base weights",
            $"{name}: {count - heldOut} examples, {heldOut} held out",
            request.DataFile is null ? "one image with its digit" : "one line of the file",
            ["0", "1"]);

        ClassificationProblem Problem(long first, long size) => new(
            model,
            inputs.narrow(0, first, size).DetachFromDisposeScope(),
            targets.narrow(0, first, size).DetachFromDisposeScope(),
            request.DataFile is null ? "images" : "examples");
    }

    private static (double[] Features, long[] Labels, int Width, int HeldOut, string Name) Bundled()
    {
        DigitImages images = DigitImages.Read();
        return (
            [.. images.Pixels.Cast<double>()],
            [.. images.Labels.Select(label => (long)label)],
            DigitImages.PixelCount,
            images.Count - DigitImages.TrainingCount,
            "UCI digits (bundled)");
    }

    private static (double[] Features, long[] Labels, int Width, int HeldOut, string Name) Read(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read);
        Input.Tensor table = CsvReader.Read(stream, file, cure: "the first line must have either numbers alone or names that do not begin like one");
        int count = table.Shape[0];
        int width = table.Shape[1] - 1;
        if (width < 1 || count < 2)
        {
            throw new InputException($"{file}: must have at least 2 lines of at least one feature and a label, but is {count}×{width + 1}");
        }

        double[] features = new double[count * width];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++)
        {
            table.Values.AsSpan(i * (width + 1), width).CopyTo(features.AsSpan(i * width));
            double label = table.Values[(i * (width + 1)) + width];
            labels[i] = label >= 0 && label < MostClasses && label == Math.Floor(label)
                ? (long)label
                : throw new InputException($"{file}, row {i + 1}: the label, its last number, must be an integer in [0, {MostClasses - 1}], but is {label:R}");
        }

        return (features, labels, width, (int)(count * HeldOutShare), file);
    }
}
