namespace LoraPrivacy.Production.Training;

/// <summary>
/// Parameters as views of one flat tensor, and their gradients as views of another, so that an optimiser's step is a handful of
/// tensor operations however many parameters there are.
/// </summary>
/// <remarks>
/// The parameters keep their values and shapes, and their storage becomes the buffer's. Backward passes add to
/// <see cref="Gradient"/> in place; clear it with <see cref="ClearGradient"/>, never by taking a parameter's gradient off.
/// </remarks>
public sealed class ParameterBuffer : IDisposable
{
    private readonly Tensor storage;

    /// <summary>Moves parameters into a buffer.</summary>
    /// <param name="parameters">At least one, all different, of one type and on one device.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public ParameterBuffer(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        if (Parameters.Count == 0 || Parameters.Distinct(ReferenceEqualityComparer.Instance).Count() < Parameters.Count)
        {
            throw new ArgumentException("parameters must be at least one and all different", nameof(parameters));
        }

        ScalarType type = Parameters[0].dtype;
        if (Parameters.FirstOrDefault(parameter => parameter.dtype != type || parameter.device.ToString() != Parameters[0].device.ToString()) is { } other)
        {
            throw new ArgumentException(
                $"parameters must be of one type and on one device, but are {type} on {Parameters[0].device} and {other.dtype} on {other.device}",
                nameof(parameters));
        }

        Count = Parameters.Sum(parameter => parameter.numel());
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        storage = cat([.. Parameters.Select(parameter => parameter.flatten())]).DetachFromDisposeScope();
        Gradient = zeros_like(storage).DetachFromDisposeScope();
        Values = type is ScalarType.BFloat16 or ScalarType.Float16 ? storage.to(ScalarType.Float32).DetachFromDisposeScope() : storage;
        long offset = 0;
        foreach (Parameter parameter in Parameters)
        {
            long count = parameter.numel();
            parameter.set_(storage.narrow(0, offset, count).view(parameter.shape));
            parameter.grad = Gradient.narrow(0, offset, count).view(parameter.shape);
            offset += count;
        }
    }

    /// <summary>The parameters, in the order of the buffer.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The number of numbers in all of them.</summary>
    public long Count { get; }

    /// <summary>
    /// All values, flat: the parameters themselves, or float32 master copies of parameters of 16 bits (then call
    /// <see cref="Publish"/> after a change).
    /// </summary>
    public Tensor Values { get; }

    /// <summary>All gradients, flat, in the parameters' type.</summary>
    public Tensor Gradient { get; }

    /// <summary>Sets the gradient to 0.</summary>
    public void ClearGradient()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Gradient.zero_();
    }

    /// <summary>The gradient in the type of <see cref="Values"/>.</summary>
    /// <returns><see cref="Gradient"/> itself where the types agree, otherwise a copy for the caller to dispose.</returns>
    public Tensor WideGradient() => Gradient.dtype == Values.dtype ? Gradient : Gradient.to(Values.dtype);

    /// <summary>Rounds <see cref="Values"/> into the parameters, where these are of 16 bits.</summary>
    public void Publish()
    {
        if (!ReferenceEquals(Values, storage))
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            storage.copy_(Values);
        }
    }

    /// <summary>Frees the master copies and the gradient; the parameters keep their values and lose their gradients.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in Parameters.Where(parameter => !parameter.IsInvalid))
        {
            parameter.grad = null;
        }

        Gradient.Dispose();
        Values.Dispose();
        storage.Dispose();
    }
}
