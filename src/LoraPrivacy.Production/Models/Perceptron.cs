using LoraPrivacy.Production.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>The function applied to each hidden unit of a <see cref="Perceptron"/>.</summary>
public enum HiddenActivation
{
    /// <summary>max(0, x), with derivative 0 at 0.</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>A multilayer perceptron: linear layers <c>layers.0</c>, <c>layers.1</c>, … with an activation between them.</summary>
public sealed class Perceptron : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;
#pragma warning restore IDE1006
    private readonly HiddenActivation activation;

    /// <summary>A perceptron with normal weights of variance 1/inputs and zero biases.</summary>
    /// <param name="sizes">The number of inputs, of each hidden layer's units, and of outputs; at least two, each at least 1.</param>
    /// <param name="activation">The activation of the hidden units.</param>
    /// <param name="source">Where the weights come from, each in the stream of its name.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is less than 1.</exception>
    public Perceptron(IReadOnlyList<int> sizes, HiddenActivation activation, RandomSource source)
        : base(nameof(Perceptron))
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(source);
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
        {
            throw new ArgumentException($"sizes must be at least two numbers of at least 1, but are [{string.Join(", ", sizes)}]", nameof(sizes));
        }

        this.activation = activation;
        using var frozen = no_grad();
        layers = new ModuleList<nn.Module<Tensor, Tensor>>();
        for (int i = 0; i + 1 < sizes.Count; i++)
        {
            Linear linear = nn.Linear(sizes[i], sizes[i + 1]);
            using var scope = NewDisposeScope();
            using RandomSequence sequence = source.Sequence($"weight layers.{i}.weight");
            linear.weight!.copy_(sequence.Normal(sizes[i + 1], sizes[i]).div_(Math.Sqrt(sizes[i])));
            linear.bias!.zero_();
            layers.Add(linear);
        }

        RegisterComponents();
    }

    /// <summary>The outputs, without an activation.</summary>
    /// <param name="input">batch × inputs.</param>
    /// <returns>batch × outputs.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        Tensor x = input;
        for (int i = 0; i < layers.Count; i++)
        {
            x = layers[i].call(x);
            if (i + 1 < layers.Count)
            {
                x = activation == HiddenActivation.Relu ? nn.functional.relu(x) : x.tanh();
            }
        }

        return x.MoveToOuterDisposeScope();
    }
}
