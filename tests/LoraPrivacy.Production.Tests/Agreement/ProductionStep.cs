namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>What production computes for the batch of a pair, in the reference's terms.</summary>
/// <param name="Loss">The mean of <paramref name="ExampleLosses"/> as production forms it.</param>
/// <param name="ExampleLosses">The loss of each example.</param>
/// <param name="Gradients">By autograd: of each layer's weight (as outputs × inputs), B and A.</param>
/// <param name="Examples">
/// Of each example and layer, from the activations saved in one pass and the gradients of the outputs alone.
/// </param>
internal sealed record ProductionStep(
    double Loss, double[] ExampleLosses, IReadOnlyList<LoraGradients> Gradients, IReadOnlyList<IReadOnlyList<LoraGradients>> Examples)
{
    public static ProductionStep Of(TrainingPair pair)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (LoraLinear layer in pair.Layers)
        {
            // The gradient of W is that of the effective weight; the gradient of a frozen A is compared too.
            layer.Weight.requires_grad = true;
            layer.A.requires_grad = true;
            layer.SavesActivations = true;
        }

        Tensor losses = pair.ExampleLosses();
        Tensor mean = losses.mean();
        IList<Tensor> gradients = autograd.grad(
            [mean], [.. pair.Layers.SelectMany(layer => new Tensor[] { layer.Weight, layer.B, layer.A })], retain_graph: true);
        IList<Tensor> outputs = autograd.grad([losses.sum()], [.. pair.Layers.Select(layer => layer.Saved!.Output)]);
        ProductionStep step = new(
            mean.ToDouble(),
            losses.ToVector(),
            [.. pair.Layers.Select((layer, l) => new LoraGradients(
                (layer.FanInFanOut ? gradients[3 * l].t() : gradients[3 * l]).ToMatrix(),
                gradients[(3 * l) + 1].ToMatrix(),
                gradients[(3 * l) + 2].ToMatrix()))],
            [.. Enumerable.Range(0, pair.Case.Batch).Select(example => (IReadOnlyList<LoraGradients>)
                [.. pair.Layers.Select((layer, l) => OfExample(layer, outputs[l], example))])]);
        foreach (LoraLinear layer in pair.Layers)
        {
            layer.Weight.requires_grad = false;
            layer.A.requires_grad = layer.TrainsA;
            layer.SavesActivations = false;
        }

        return step;
    }

    // The three einsums that per-example training is made of, one example at a time.
    private static LoraGradients OfExample(LoraLinear layer, Tensor outputs, int example)
    {
        Tensor g = outputs.narrow(0, example, 1);
        Tensor x = layer.Saved!.Input.narrow(0, example, 1);
        Tensor h = layer.Saved!.Hidden.narrow(0, example, 1);
        return new LoraGradients(
            einsum("bo,bi->oi", g, x).ToMatrix(),
            einsum("bo,br->or", g, h).mul(layer.Scale).ToMatrix(),
            einsum("bo,or,bi->ri", g, layer.B, x).mul(layer.Scale).ToMatrix());
    }
}
