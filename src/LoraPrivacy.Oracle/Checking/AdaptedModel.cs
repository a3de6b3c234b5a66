using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Checking;

/// <summary>A problem of production whose model has adapters, and plain steps of gradient descent on them.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Adapters">Its adapters.</param>
internal sealed record AdaptedModel(LearningProblem Problem, LoraAdapters Adapters) : IDisposable
{
    /// <summary>An adapted layer.</summary>
    public LoraLinear Layer(string path) => Adapters.Layers.Single(layer => layer.Path == path);

    /// <summary>The mean loss of a batch, without a graph.</summary>
    public double Loss(ReadOnlySpan<long> batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return Problem.ExampleLosses(batch).mean().to(ScalarType.Float64).item<double>();
    }

    /// <summary>The gradients of the mean loss of a batch in some parameters, as n × m of the parameter's own shape.</summary>
    public Tensor[] Gradients(ReadOnlySpan<long> batch, IList<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        IList<Tensor> gradients = autograd.grad([Problem.ExampleLosses(batch).mean()], parameters);
        return [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    /// <summary>
    /// G of every adapted layer, n × m, by a full backward pass to the frozen weights: what full fine-tuning would see at the present
    /// weights.
    /// </summary>
    public double[][,] FullGradients(ReadOnlySpan<long> batch)
    {
        using var scope = NewDisposeScope();
        foreach (LoraLinear layer in Adapters.Layers)
        {
            layer.Weight.requires_grad = true;
        }

        Tensor[] gradients = Gradients(batch, [.. Adapters.Layers.Select(layer => (Tensor)layer.Weight)]);
        foreach (LoraLinear layer in Adapters.Layers)
        {
            layer.Weight.requires_grad = false;
        }

        return [.. Adapters.Layers.Select((layer, l) => TensorMatrix.Of(layer.FanInFanOut ? gradients[l].t() : gradients[l]))];
    }

    /// <summary>One step of plain gradient descent on the trainable parameters.</summary>
    public void Step(ReadOnlySpan<long> batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. Adapters.TrainableParameters];
        Tensor[] gradients = Gradients(batch, [.. parameters]);
        using var frozen = no_grad();
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].add_(gradients[i], -learningRate);
        }
    }

    /// <summary>s B A of a layer, n × m.</summary>
    public static double[,] AdapterWeight(LoraLinear layer)
    {
        using var scope = NewDisposeScope();
        Tensor weight = layer.AdapterWeight();
        return TensorMatrix.Of(layer.FanInFanOut ? weight.t() : weight);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Problem.Model.Dispose();
}
