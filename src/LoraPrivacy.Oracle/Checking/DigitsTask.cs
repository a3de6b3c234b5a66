using LoraPrivacy.Oracle.Data;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Randomness;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Checking;

/// <summary>The bundled digits and a perceptron of 64, 64 and 10 units with tanh.</summary>
internal sealed class DigitsTask(Device device, RandomSource source) : BundledTask(device, source)
{
    /// <summary>The perceptron's sizes.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [DigitImages.PixelCount, 64, DigitImages.ClassCount];

    /// <summary>The images, in the order of the examples.</summary>
    public DigitImages Images { get; } = DigitImages.Read();

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
    protected override LearningProblem Problem(nn.Module model, ScalarType type, bool heldOut)
    {
        DigitImages images = heldOut ? Images.HeldOut : Images.Training;
        long[] labels = [.. images.Labels.Select(label => (long)label)];
        return new ClassificationProblem((Perceptron)model, tensor(images.Pixels, type, Device), tensor(labels, device: Device), "images");
    }
}
