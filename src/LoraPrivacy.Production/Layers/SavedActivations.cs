using static TorchSharp.torch;

namespace LoraPrivacy.Production.Layers;

/// <summary>
/// What one forward pass through a <see cref="LoraLinear"/> leaves for per-example gradients: batch first, then any further
/// dimensions (tokens), then features. Valid until the dispose scope that the pass ran in ends.
/// </summary>
/// <param name="Input">x, the layer's input, … × m.</param>
/// <param name="AdapterInput">x after dropout, the input of A; the same as <paramref name="Input"/> without dropout.</param>
/// <param name="Hidden">h = AdapterInput·Aᵀ, … × r.</param>
/// <param name="Output">y, the layer's output, … × n, a node of the graph: ask autograd for its gradient.</param>
public sealed record SavedActivations(Tensor Input, Tensor AdapterInput, Tensor Hidden, Tensor Output);
