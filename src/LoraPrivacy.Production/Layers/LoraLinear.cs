namespace LoraPrivacy.Production.Layers;

/// <summary>A frozen linear layer with a LoRA adapter: x ↦ x (W + s B A)ᵀ + bias.</summary>
/// <remarks>
/// The base is <see cref="Linear"/> (weight outputs × inputs) or <see cref="Conv1D"/> (inputs × outputs). The adapter's
/// matrices are of the base's type, but float32 over a bfloat16 base, as in PEFT; products are taken in the input's type. Where A is
/// frozen it is no parameter that an optimiser sees.
/// </remarks>
public sealed class LoraLinear : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> base_layer;
    private readonly Parameter lora_A;
    private readonly Parameter lora_B;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Freezes a layer and gives it an adapter with B = 0.</summary>
    /// <param name="baseLayer">A <see cref="Linear"/> or a <see cref="Conv1D"/>; owned by this layer from now on.</param>
    /// <param name="path">The layer's path in its model; it names the stream A is drawn from.</param>
    /// <param name="configuration">Rank, scale, dropout, initialisation.</param>
    /// <param name="source">Where A comes from.</param>
    /// <exception cref="ArgumentException">The base is of another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The configuration is out of range for this layer.</exception>
    public LoraLinear(nn.Module<Tensor, Tensor> baseLayer, string path, LoraConfiguration configuration, RandomSource source)
        : base(nameof(LoraLinear))
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(source);
        (weight, bias, FanInFanOut) = baseLayer switch
        {
            Linear linear => (linear.weight!, linear.bias, false),
            Conv1D convolution => (convolution.Weight, convolution.Bias, true),
            _ => throw new ArgumentException($"{path} is a {baseLayer?.GetType().Name ?? "null"}: only linear layers take an adapter", nameof(baseLayer)),
        };
        configuration.Validate();
        base_layer = baseLayer;
        Path = path;
        Rank = configuration.RankOf(path);
        Alpha = configuration.AlphaOf(path);
        Scale = configuration.ScaleOf(path);
        Dropout = configuration.Dropout;
        Initialization = configuration.Initialization;
        TrainsA = configuration.TrainsA;
        foreach (Parameter parameter in baseLayer.parameters())
        {
            parameter.requires_grad = false;
        }

        ScalarType type = weight.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? ScalarType.Float32 : weight.dtype;
        using (NewDisposeScope())
        {
            lora_A = new Parameter(zeros(Rank, InputFeatures, type, weight.device).DetachFromDisposeScope(), TrainsA);
            lora_B = new Parameter(zeros(OutputFeatures, Rank, type, weight.device).DetachFromDisposeScope());
            lora_A.DetachFromDisposeScope();
            lora_B.DetachFromDisposeScope();
        }

        RegisterComponents();
        using RandomSequence sequence = source.Sequence($"A {path}");
        DrawA(sequence);
    }

    /// <summary>The layer's path in its model.</summary>
    public string Path { get; }

    /// <summary>The rank r.</summary>
    public int Rank { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>The scale s.</summary>
    public double Scale { get; }

    /// <summary>The probability with which an input of the adapter is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>How A is drawn.</summary>
    public AInitialization Initialization { get; }

    /// <summary>Whether A is trained.</summary>
    public bool TrainsA { get; }

    /// <summary>Whether the base stores its weight as inputs × outputs.</summary>
    public bool FanInFanOut { get; }

    /// <summary>The number of inputs m.</summary>
    public int InputFeatures => (int)weight.shape[FanInFanOut ? 0 : 1];

    /// <summary>The number of outputs n.</summary>
    public int OutputFeatures => (int)weight.shape[FanInFanOut ? 1 : 0];

    /// <summary>The frozen weight as the base stores it: n × m, or m × n where <see cref="FanInFanOut"/>.</summary>
    public Parameter Weight => weight;

    /// <summary>The frozen bias, of length n, or null.</summary>
    public Parameter? Bias => bias;

    /// <summary>A, r × m.</summary>
    public Parameter A => lora_A;

    /// <summary>B, n × r.</summary>
    public Parameter B => lora_B;

    /// <summary>Whether a forward pass leaves its activations in <see cref="Saved"/>; setting it to false releases them.</summary>
    public bool SavesActivations
    {
        get;
        set
        {
            field = value;
            if (!value)
            {
                ReleaseActivations();
            }
        }
    }

    /// <summary>The activations of the last forward pass, or null; owned by this layer until the next pass.</summary>
    public SavedActivations? Saved { get; private set; }

    /// <inheritdoc/>
    [Statement("S1")]
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        Tensor adapterInput = Dropout > 0 && training ? nn.functional.dropout(input, Dropout, true) : input;
        Tensor hidden = nn.functional.linear(adapterInput, Cast(lora_A, input.dtype));
        Tensor rows = input.reshape(-1, InputFeatures);
        Tensor full = FanInFanOut
            ? bias is null ? rows.matmul(weight) : addmm(bias, rows, weight, 1, 1)
            : nn.functional.linear(rows, weight, bias);

        // In place: no backward pass looks at `full`. With Bᵀ copied, its gradient is a product of few rows by many columns, which BLAS
        // computes several times faster than one of many rows by few columns.
        Tensor output = full.addmm_((hidden * HeldScalar.Of(Scale)).view(-1, Rank), Cast(lora_B, input.dtype).t().contiguous(), 1, 1)
            .view([.. input.shape[..^1], OutputFeatures]);
        if (SavesActivations)
        {
            // Every module above has a dispose scope of its own, and none of them may take what is saved with it. The node that is
            // saved stays on the path to the loss: what is returned is a view of it.
            ReleaseActivations();
            Tensor saved = input.detach().DetachFromDisposeScope();
            Saved = new SavedActivations(
                saved,
                ReferenceEquals(adapterInput, input) ? saved : adapterInput.detach().DetachFromDisposeScope(),
                hidden.DetachFromDisposeScope(),
                output.DetachFromDisposeScope());
            output = output.alias();
        }

        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Frees <see cref="Saved"/>, and with it the graph of the pass.</summary>
    public void ReleaseActivations()
    {
        Saved?.Dispose();
        Saved = null;
    }

    /// <summary>s B A, of the shape of the weight that the base stores.</summary>
    /// <returns>A tensor of the adapter's type, without a graph.</returns>
    public Tensor AdapterWeight()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor product = lora_B.matmul(lora_A).mul_(HeldScalar.Of(Scale));
        return (FanInFanOut ? product.t().contiguous() : product).MoveToOuterDisposeScope();
    }

    /// <summary>W + s B A, of the shape of the weight that the base stores, in the weight's type.</summary>
    /// <returns>A tensor without a graph.</returns>
    public Tensor EffectiveWeight()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor adapter = AdapterWeight();
        return weight.to(adapter.dtype).add(adapter, HeldScalar.One).to(weight.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Adds s B A to the frozen weight and sets B to 0: the layer computes the same, up to rounding.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weight.copy_(EffectiveWeight());
        lora_B.zero_();
    }

    /// <summary>Draws A anew from the layer's initialisation; B stays as it is.</summary>
    /// <param name="sequence">Where the chance comes from.</param>
    public void DrawA(RandomSequence sequence)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        lora_A.copy_(Initialization.Sample(Rank, InputFeatures, Scale, sequence));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ReleaseActivations();
        }

        base.Dispose(disposing);
    }

    private static Tensor Cast(Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to(type);
}
