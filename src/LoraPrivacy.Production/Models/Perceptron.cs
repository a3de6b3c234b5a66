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
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;
    private readonly HiddenActivation activation;

    /// <summary>A perceptron with normal weights of variance 1/inputs and zero biases.</summary>
    /// <param name="sizes">The number of inputs, of each hidden layer's units, and of outputs; at least two, each at least 1.</param>
    /// <param name="activation">The activation of the hidden units.</param>
    /// <param name="source">Where the weights come from, each in the stream of its name; drawn in float64 and then rounded.</param>
    /// <param name="dtype">The type of the parameters: float32, float64, bfloat16 or float16.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, one is less than 1, or the activation is none of the two.</exception>
    public Perceptron(
        IReadOnlyList<int> sizes,
        HiddenActivation activation,
        RandomSource source,
        ScalarType dtype = ScalarType.Float32,
        Device? device = null)
        : base(nameof(Perceptron))
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(source);
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
        {
            throw new ArgumentException($"sizes must be at least two numbers of at least 1, but are [{string.Join(", ", sizes)}]", nameof(sizes));
        }

        if (!Enum.IsDefined(activation))
        {
            throw new ArgumentException($"activation must be Relu or Tanh, but is {activation}", nameof(activation));
        }

        this.activation = activation;
        Sizes = [.. sizes];
        using var frozen = no_grad();
        layers = new ModuleList<nn.Module<Tensor, Tensor>>();
        for (int i = 0; i + 1 < sizes.Count; i++)
        {
            Linear linear = nn.Linear(sizes[i], sizes[i + 1], device: device, dtype: dtype);
            using var scope = NewDisposeScope();
            using RandomSequence sequence = source.Sequence($"weight layers.{i}.weight");
            linear.weight!.copy_(sequence.Normal(sizes[i + 1], sizes[i]).div_(Math.Sqrt(sizes[i])));
            linear.bias!.zero_();
            layers.Add(linear);
        }

        RegisterComponents();
    }

    /// <summary>The number of inputs, of each hidden layer's units, and of outputs.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The outputs, without an activation on the last layer.</summary>
    /// <param name="input">batch × inputs, of the weights' type and on their device.</param>
    /// <returns>batch × outputs.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 2 || input.shape[1] != Sizes[0])
        {
            throw new ArgumentException($"input must be batch × {Sizes[0]}, but has shape [{string.Join(", ", input.shape)}]", nameof(input));
        }

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
