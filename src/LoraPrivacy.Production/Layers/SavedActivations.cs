namespace LoraPrivacy.Production.Layers;

/// <summary>
/// What one forward pass through a <see cref="LoraLinear"/> leaves for per-example gradients: batch first, then any further
/// dimensions (tokens), then features. Outside every dispose scope: the layer owns it, and frees it at its next pass.
/// </summary>
/// <param name="Input">x, the layer's input, … × m; without a graph.</param>
/// <param name="AdapterInput">x after dropout, the input of A; the same as <paramref name="Input"/> without dropout. No graph.</param>
/// <param name="Hidden">h = AdapterInput·Aᵀ, … × r, a node of the graph where A is trained.</param>
/// <param name="Output">y, the layer's output, … × n, a node of the graph: ask autograd for its gradient.</param>
public sealed record SavedActivations(Tensor Input, Tensor AdapterInput, Tensor Hidden, Tensor Output) : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Input.Dispose();
        AdapterInput.Dispose();
        Hidden.Dispose();
        Output.Dispose();
    }
}
