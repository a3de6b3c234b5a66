namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// One step of plain gradient descent on the adapters of a production model, by autograd and a subtraction, and what it was made from. All
/// matrices are exact copies of production's numbers; weights and their gradients are outputs × inputs.
/// </summary>
internal sealed class AdapterStep
{
    private readonly double[,] input, outputGradient;
    private readonly ScalarType activationType, adapterType;
    private readonly double scale, learningRate;

    private AdapterStep(LoraLinear layer, Tensor gradient, Tensor outputGradient, double learningRate)
    {
        this.learningRate = learningRate;
        scale = layer.Scale;
        activationType = outputGradient.dtype;
        adapterType = layer.B.dtype;
        input = layer.Saved!.Input.reshape(-1, layer.InputFeatures).ToMatrix();
        this.outputGradient = outputGradient.reshape(-1, layer.OutputFeatures).ToMatrix();
        Gradient = (layer.FanInFanOut ? gradient.t() : gradient).ToMatrix();
        // What the products see: over a bfloat16 base the adapter is float32, and cast.
        BeforeA = layer.A.to(activationType).ToMatrix();
        BeforeB = layer.B.ToMatrix();
        AfterA = BeforeA;
        AfterB = BeforeB;
    }

    /// <summary>G, of the effective weight, as autograd gives it.</summary>
    public double[,] Gradient { get; }

    public double[,] BeforeA { get; }

    public double[,] BeforeB { get; }

    public double[,] AfterA { get; private set; }

    public double[,] AfterB { get; private set; }

    /// <summary>The change of the effective weight, s (B⁺A⁺ − B A), from ΔB and ΔA so that nothing cancels.</summary>
    public double[,] Change()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor a, Tensor b, Tensor nextA, Tensor nextB) = (BeforeA.ToTensor(), BeforeB.ToTensor(), AfterA.ToTensor(), AfterB.ToTensor());
        return ((nextB - b).matmul(nextA) + b.matmul(nextA - a)).mul(scale).ToMatrix();
    }

    /// <summary>−η s² G AᵀA, the full step that S1 says it is; or a multiple of it, which it is not.</summary>
    public double[,] SketchedStep(double factor = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = BeforeA.ToTensor();
        return Gradient.ToTensor().matmul(a.t()).matmul(a).mul(-factor * learningRate * scale * scale).ToMatrix();
    }

    /// <summary>−η s² B BᵀG + η² s³ G AᵀBᵀG, what training A as well adds (S1, item 4).</summary>
    public double[,] TrainedTerm()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor a, Tensor b, Tensor g) = (BeforeA.ToTensor(), BeforeB.ToTensor(), Gradient.ToTensor());
        return (b.matmul(b.t()).matmul(g).mul(-learningRate * scale * scale)
            + g.matmul(a.t()).matmul(b.t()).matmul(g).mul(learningRate * learningRate * scale * scale * scale)).ToMatrix();
    }

    /// <summary>
    /// How far, element by element, <see cref="Change"/> of a layer with frozen A may be from <see cref="SketchedStep"/>. From the same x and
    /// ∂loss/∂y production forms G = (∂y)ᵀx and, by way of h = x Aᵀ, ∂B = (∂y)ᵀ(s h): each is within its <see cref="RoundedMatrix"/>
    /// bound, so ∂B is within E_B + s E_G|A|ᵀ of s G Aᵀ. Then B⁺ = B − η ∂B rounds η, the product and the difference:
    /// γ₂ η|∂B| + u|B⁺|. All of it is multiplied by s|A|.
    /// </summary>
    public RoundedMatrix Bound()
    {
        double unit = UnitOf(activationType);
        RoundedMatrix x = RoundedMatrix.Exact(input, unit), dy = RoundedMatrix.Exact(outputGradient, unit).Transposed();
        RoundedMatrix a = RoundedMatrix.Exact(BeforeA, unit);
        RoundedMatrix gradientB = RoundedMatrix.Product(dy, RoundedMatrix.Product(x, a.Transposed()).Times(scale));
        RoundedMatrix gradient = RoundedMatrix.Product(dy, x);
        using DisposeScope scope = NewDisposeScope();
        Tensor absoluteA = BeforeA.ToTensor().abs();
        Tensor error = gradientB.Error.ToTensor() + gradient.Error.ToTensor().matmul(absoluteA.t()).mul(scale);
        double step = UnitOf(adapterType);
        Tensor rounding = (gradientB.Value.ToTensor().abs() + error).mul(learningRate * 2.01 * step) + AfterB.ToTensor().abs().mul(step);
        Tensor total = (error.mul(learningRate) + rounding).matmul(absoluteA).mul(scale);
        return new RoundedMatrix(SketchedStep(), total.ToMatrix(), unit);
    }

    /// <summary>Takes one step on every B, and on every A that is trained.</summary>
    public static IReadOnlyList<AdapterStep> Take(IReadOnlyList<LoraLinear> layers, Func<Tensor> meanLoss, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (LoraLinear layer in layers)
        {
            layer.Weight.requires_grad = true;
            layer.SavesActivations = true;
        }

        Tensor loss = meanLoss();
        Parameter[] trained = [.. layers.SelectMany(layer => layer.TrainsA ? new[] { layer.B, layer.A } : [layer.B])];
        IList<Tensor> gradients = autograd.grad(
            [loss],
            [.. layers.Select(layer => layer.Weight), .. layers.Select(layer => layer.Saved!.Output), .. trained]);
        AdapterStep[] steps = [.. layers.Select((layer, l) => new AdapterStep(layer, gradients[l], gradients[layers.Count + l], learningRate))];
        using (no_grad())
        {
            for (int i = 0; i < trained.Length; i++)
            {
                trained[i].sub_(gradients[(2 * layers.Count) + i] * learningRate);
            }
        }

        foreach ((LoraLinear layer, AdapterStep step) in layers.Zip(steps))
        {
            step.AfterB = layer.B.ToMatrix();
            step.AfterA = layer.TrainsA ? layer.A.ToMatrix() : step.BeforeA;
            layer.Weight.requires_grad = false;
            layer.SavesActivations = false;
        }

        return steps;
    }

    // bfloat16 keeps 8 significant bits.
    private static double UnitOf(ScalarType type) => type switch
    {
        ScalarType.Float64 => RoundedMatrix.Double,
        ScalarType.BFloat16 => 1.0 / (1 << 8),
        _ => RoundedMatrix.Single,
    };
}
