using LoraPrivacy.Production.Layers;
using LoraPrivacy.Reference.Models;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>Copies of production's layers for the reference to compute with.</summary>
internal static class ReferenceModel
{
    /// <summary>One layer.</summary>
    public static LoraLayer LayerOf(LoraLinear layer) => new(
        TensorMatrix.Of(layer.FanInFanOut ? layer.Weight.t() : layer.Weight),
        TensorMatrix.Of(layer.A),
        TensorMatrix.Of(layer.B),
        layer.Scale,
        layer.TrainsA,
        layer.Bias is null ? null : TensorMatrix.Values(layer.Bias));

    /// <summary>The perceptron whose every layer has an adapter.</summary>
    public static MultilayerPerceptron PerceptronOf(LoraAdapters adapters) => new([.. adapters.Layers.Select(LayerOf)], Activation.Tanh);
}
