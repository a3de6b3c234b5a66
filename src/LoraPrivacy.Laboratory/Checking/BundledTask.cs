using TorchSharp;
using TorchSharp.Modules;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>A model of the production path with bundled data: pre-trained once, then copied for each claim.</summary>
internal abstract class BundledTask : IDisposable
{
    private readonly RandomSource source;
    private readonly Dictionary<string, Tensor> weights = [];

    protected BundledTask(Device device, RandomSource source)
    {
        Device = device;
        this.source = source;
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

    /// <summary>The examples to train on, or those held out.</summary>
    public abstract int ExampleCount(bool heldOut);

    /// <summary>The problem of a model that is on its device and in its type, with consecutive examples.</summary>
    protected abstract LearningProblem Problem(nn.Module model, ScalarType type, bool heldOut, int first, int count);

    /// <summary>A fresh copy of the pre-trained model with all examples to train on.</summary>
    public LearningProblem Load(ScalarType type) => Load(type, 0, ExampleCount(heldOut: false));

    /// <summary>The same model with examples held out, from the first on.</summary>
    public LearningProblem HeldOutOf(LearningProblem problem, ScalarType type, int count) => Problem(problem.Model, type, heldOut: true, 0, count);

    /// <summary>A fresh copy with adapters, which trains on all examples or on consecutive ones.</summary>
    public AdaptedModel Adapt(LoraConfiguration configuration, RandomSource source, ScalarType type, int first = 0, int? count = null)
    {
        LearningProblem problem = Load(type, first, count ?? ExampleCount(heldOut: false));
        return new AdaptedModel(problem, LoraAdapters.Wrap(problem.Model, configuration, source), source);
    }

    /// <summary>Keeps a model's weights as those that copies start from.</summary>
    public void Keep(nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            if (weights.Remove(name, out Tensor? old))
            {
                old.Dispose();
            }

            weights[name] = parameter.detach().to(CPU, copy: true).DetachFromDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor weight in weights.Values)
        {
            weight.Dispose();
        }
    }

    private LearningProblem Load(ScalarType type, int first, int count)
    {
        nn.Module model = Create(source);
        Assign(model);
        model.to(Device, type);
        return Problem(model, type, heldOut: false, first, count);
    }

    private void Assign(nn.Module model)
    {
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            if (weights.TryGetValue(name, out Tensor? weight))
            {
                parameter.copy_(weight);
            }
        }
    }
}
