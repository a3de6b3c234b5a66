namespace LoraPrivacy.Production.Privacy;

/// <summary>The gradient of each example's loss in the adapters' parameters, from one backward pass over the batch.</summary>
/// <remarks>
/// The gradient of an example's loss in B is s Σₜ gₜ hₜᵀ over its tokens, g being the gradient in the layer's output and h = A x
/// (after dropout); in A it is Σₜ (s Bᵀ gₜ) xₜᵀ, where s Bᵀ g is the gradient in h, which the pass yields as well. The
/// gradients of B and A over the whole batch are not computed. The activations are released.
/// </remarks>
public static class PerExampleGradients
{
    /// <summary>Computes them.</summary>
    /// <param name="adapters">
    /// Adapters with <see cref="LoraLinear.SavesActivations"/> set, each used once in the forward pass of <paramref name="losses"/>,
    /// which is the last that ran.
    /// </param>
    /// <param name="losses">The loss of each example of the batch, with its graph, which is freed.</param>
    /// <returns>
    /// One tensor for each of <see cref="LoraAdapters.TrainableParameters"/>, in its order: batch × the parameter's shape, in the
    /// type of the activations.
    /// </returns>
    /// <exception cref="InvalidOperationException">A layer has saved nothing, or not a batch of this length.</exception>
    public static IReadOnlyList<Tensor> Compute(LoraAdapters adapters, Tensor losses)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        ArgumentNullException.ThrowIfNull(losses);
        long batch = losses.numel();
        List<Tensor> nodes = [];
        foreach (LoraLinear layer in adapters.Layers)
        {
            if (layer.Saved is not { } saved || saved.Output.shape[0] != batch)
            {
                throw new InvalidOperationException($"{layer.Path} has not saved the activations of a batch of {batch}");
            }

            nodes.Add(saved.Output);
            if (layer.TrainsA)
            {
                nodes.Add(saved.Hidden);
            }
        }

        using var scope = NewDisposeScope();
        IList<Tensor> gradients = autograd.grad([losses.sum()], nodes);
        using var frozen = no_grad();
        List<Tensor> results = [];
        int next = 0;
        foreach (LoraLinear layer in adapters.Layers)
        {
            SavedActivations saved = layer.Saved!;
            Tensor outer = Product(gradients[next++], saved.Hidden * HeldScalar.Of(layer.Scale), batch);
            if (layer.TrainsA)
            {
                results.Add(Product(gradients[next++], saved.AdapterInput, batch).MoveToOuterDisposeScope());
            }

            results.Add(outer.MoveToOuterDisposeScope());
            layer.ReleaseActivations();
        }

        return results;
    }

    // Σₜ left[b, t, ·] right[b, t, ·]ᵀ; without a dimension of tokens t has one value. BLAS computes a product of few rows by many
    // columns several times faster than one of many rows by few columns, so the narrow factor comes first.
    private static Tensor Product(Tensor left, Tensor right, long batch)
    {
        Tensor x = left.reshape(batch, -1, left.shape[^1]);
        Tensor y = right.reshape(batch, -1, right.shape[^1]);
        return x.shape[2] > y.shape[2] ? y.transpose(1, 2).bmm(x).transpose(1, 2) : x.transpose(1, 2).bmm(y);
    }
}
