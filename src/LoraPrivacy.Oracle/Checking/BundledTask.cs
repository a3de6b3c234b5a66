using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Checking;

/// <summary>A model of the production path with bundled data: pre-trained once, then copied for each claim.</summary>
internal abstract class BundledTask : IDisposable
{
    private readonly RandomSource _source;
    private readonly Dictionary<string, Tensor> _weights = [];

    protected BundledTask(Device device, RandomSource source)
    {
        Device = device;
        _source = source;
    }

    /// <summary>Where the copies live.</summary>
    public Device Device { get; }

    /// <summary>What the claims call it: <c>digits</c> or <c>text</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The layers that get an adapter.</summary>
    public abstract TargetModules Targets { get; }

    /// <summary>The path of the layer whose draws are looked at one by one.</summary>
    public abstract string Layer { get; }

    /// <summary>m of that layer.</summary>
    public abstract int Inputs { get; }

    /// <summary>A model as it is before pre-training, in float32 on the CPU.</summary>
    protected abstract nn.Module Create(RandomSource source);

    /// <summary>The problem of a model on its device and in its type.</summary>
    protected abstract LearningProblem Problem(nn.Module model, ScalarType type, bool heldOut);

    /// <summary>A fresh copy of the pre-trained model, with the examples to train on or those held out.</summary>
    public LearningProblem Load(ScalarType type, bool heldOut = false)
    {
        nn.Module model = Create(_source);
        Assign(model);
        model.to(Device, type);
        return Problem(model, type, heldOut);
    }

    /// <summary>The same model with the other examples.</summary>
    public LearningProblem HeldOutOf(LearningProblem problem, ScalarType type) => Problem(problem.Model, type, heldOut: true);

    /// <summary>A fresh copy with adapters.</summary>
    public AdaptedModel Adapt(LoraConfiguration configuration, RandomSource source, ScalarType type)
    {
        LearningProblem problem = Load(type);
        return new AdaptedModel(problem, LoraAdapters.Wrap(problem.Model, configuration, source));
    }

    /// <summary>Keeps a model's weights as those that copies start from.</summary>
    public void Keep(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            if (_weights.Remove(name, out Tensor? old))
            {
                old.Dispose();
            }

            _weights[name] = parameter.detach().to(CPU, copy: true).DetachFromDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor weight in _weights.Values)
        {
            weight.Dispose();
        }
    }

    private void Assign(nn.Module model)
    {
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            if (_weights.TryGetValue(name, out Tensor? weight))
            {
                parameter.copy_(weight);
            }
        }
    }
}
