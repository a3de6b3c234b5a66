namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The bundled digits and a perceptron of 64, 64 and 10 units with tanh.</summary>
internal sealed class DigitsTask(Device device, RandomSource source) : BundledTask(device, source)
{
    public static IReadOnlyList<int> Sizes { get; } = [DigitImages.PixelCount, 64, DigitImages.ClassCount];

    /// <summary>The images, in the order of the examples.</summary>
    public DigitImages Images { get; } = DigitImages.Read();

    /// <summary>The images of examples, examples × 64.</summary>
    public double[,] PixelsOf(long[] examples) => Rows(Images.Pixels, examples);

    /// <summary>Their labels as unit vectors, examples × 10.</summary>
    public double[,] OneHotLabels(long[] examples) => Rows(Images.OneHotLabels(), examples);

    /// <inheritdoc/>
    public override string Name => "digits";

    /// <inheritdoc/>
    public override TargetModules Targets { get; } = TargetModules.Named("layers.0", "layers.1");

    /// <inheritdoc/>
    public override string Layer => "layers.0";

    /// <inheritdoc/>
    public override int Inputs => DigitImages.PixelCount;

    /// <inheritdoc/>
    protected override nn.Module Create(RandomSource source) => new Perceptron(Sizes, HiddenActivation.Tanh, source);

    /// <inheritdoc/>
    public override int ExampleCount(bool heldOut) => (heldOut ? Images.HeldOut : Images.Training).Count;

    /// <inheritdoc/>
    protected override LearningProblem Problem(nn.Module model, ScalarType type, bool heldOut, int first, int count)
    {
        DigitImages images = (heldOut ? Images.HeldOut : Images.Training).Range(first, count);
        long[] labels = [.. images.Labels.Select(label => (long)label)];
        using var scope = NewDisposeScope();
        return new ClassificationProblem(
            (Perceptron)model,
            tensor(images.Pixels).to(type).to(Device).DetachFromDisposeScope(),
            tensor(labels, device: Device).DetachFromDisposeScope(),
            "images");
    }

    private static double[,] Rows(double[,] matrix, long[] rows)
    {
        double[,] chosen = new double[rows.Length, matrix.GetLength(1)];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < chosen.GetLength(1); j++)
            {
                chosen[i, j] = matrix[rows[i], j];
            }
        }

        return chosen;
    }
}
