using LoraPrivacy.Production.Tests.Agreement;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// A model, trained a little on real data and then frozen, with one of its layers adapted and a batch to take a step on. From B = 0 the
/// effective weight is the frozen one, whatever A is: the gradient G of the batch is fixed, and independent of A.
/// </summary>
internal sealed class RealProblem : IDisposable
{
    private const double LearningRate = 0.25;

    private readonly DisposeScope scope;
    private readonly LearningProblem problem;
    private readonly RandomSource source;

    private RealProblem(DisposeScope scope, LearningProblem problem, LoraLinear layer, RandomSource source)
    {
        this.scope = scope;
        this.problem = problem;
        this.source = source;
        Layer = layer;
    }

    public LoraLinear Layer { get; }

    /// <summary>The examples of the batch.</summary>
    public long[] Batch { get; set; } = [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>A perceptron on the UCI digits, with <paramref name="hidden"/> units; layer 0 sees the 64 pixels, layer 1 the hidden units.</summary>
    public static RealProblem Digits(ScalarType type, LoraConfiguration adapter, int hidden = 12, int layer = 0)
    {
        DisposeScope scope = NewDisposeScope();
        RandomSource source = RandomSource.FromSeed(64);
        Perceptron model = new([64, hidden, 10], HiddenActivation.Tanh, source);
        model.to(type);
        (Tensor images, Tensor labels) = RealData.Digits(100, type);
        return Adapt(scope, new ClassificationProblem(model, images, labels), adapter, $"layers.{layer}", source);
    }

    /// <summary>A small transformer on text; the adapted layer is the attention's output, 32 × 32.</summary>
    public static RealProblem Text(ScalarType type, LoraConfiguration adapter)
    {
        DisposeScope scope = NewDisposeScope();
        RandomSource source = RandomSource.FromSeed(65);
        GptModel model = new(new GptConfiguration { Context = 16, Width = 32, Depth = 1, Heads = 2 }, source);
        model.to(type);
        return Adapt(scope, new TextProblem(model, RealData.Tokens(4000), 12), adapter, "h.0.attn.c_proj", source);
    }

    /// <summary>Either of them.</summary>
    public static RealProblem Create(string name, ScalarType type, LoraConfiguration adapter)
        => name == "digits" ? Digits(type, adapter) : Text(type, adapter);

    /// <summary>An adapter of a rank and an initialisation with the scale ¾; the layer is chosen later.</summary>
    public static LoraConfiguration Adapter(int rank, AInitialization initialization) => new()
    {
        Targets = TargetModules.Matching(".*"),
        Rank = rank,
        Alpha = 0.75 * rank,
        Initialization = initialization,
    };

    /// <summary>G, outputs × inputs, in float64: what full fine-tuning would step along.</summary>
    public double[,] Gradient()
    {
        using DisposeScope step = NewDisposeScope();
        Layer.Weight.requires_grad = true;
        Tensor gradient = autograd.grad([problem.ExampleLosses(Batch).mean()], [Layer.Weight])[0];
        Layer.Weight.requires_grad = false;
        return (Layer.FanInFanOut ? gradient.t() : gradient).ToMatrix();
    }

    /// <summary>The stream of the layer's A with a number, as fresh-A training draws it.</summary>
    public void DrawA(long number)
    {
        using RandomSequence sequence = source.Sequence($"A {Layer.Path}", number);
        Layer.DrawA(sequence);
    }

    /// <summary>
    /// One real step from B = 0 with the present A: forward, backward, B ← −η ∂loss/∂B. Returns Ĝ = −ΔW/η, outputs × inputs, from the
    /// weight that the adapter adds.
    /// </summary>
    public Tensor Step()
    {
        using DisposeScope step = NewDisposeScope();
        StepB();
        Tensor change = Layer.AdapterWeight().div_(-LearningRate);
        return (Layer.FanInFanOut ? change.t() : change).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// As <see cref="Step"/>, for an adapter whose rank is <paramref name="rank"/> times a number of draws: its rows of A are independent,
    /// so each block of <paramref name="rank"/> rows, with its columns of B, is an adapter of that rank of its own.
    /// </summary>
    /// <returns>The Ĝ of each block, draws × outputs × inputs, float64.</returns>
    public Tensor StepOfManyDraws(int rank)
    {
        using DisposeScope step = NewDisposeScope();
        StepB();
        Tensor b = Layer.B.detach().to(ScalarType.Float64).view(Layer.OutputFeatures, -1, rank).transpose(0, 1);
        Tensor a = Layer.A.detach().to(ScalarType.Float64).view(-1, rank, Layer.InputFeatures);
        return b.matmul(a).mul_(-Layer.Scale / LearningRate).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        problem.Model.Dispose();
        scope.Dispose();
    }

    private void StepB()
    {
        using (no_grad())
        {
            Layer.B.zero_();
        }

        Tensor gradient = autograd.grad([problem.ExampleLosses(Batch).mean()], [Layer.B])[0];
        using (no_grad())
        {
            Layer.B.sub_(gradient * LearningRate);
        }
    }

    private static RealProblem Adapt(DisposeScope scope, LearningProblem problem, LoraConfiguration adapter, string path, RandomSource source)
    {
        long[] examples = [.. Enumerable.Range(0, 64).Select(example => (long)example)];
        Tensor[] parameters = [.. problem.Model.parameters()];
        for (int iteration = 0; iteration < 12; iteration++)
        {
            using DisposeScope step = NewDisposeScope();
            IList<Tensor> gradients = autograd.grad([problem.ExampleLosses(examples).mean()], parameters);
            using IDisposable frozen = no_grad();
            foreach ((Tensor parameter, Tensor gradient) in parameters.Zip(gradients))
            {
                parameter.sub_(gradient * LearningRate);
            }
        }

        LoraAdapters adapters = LoraAdapters.Wrap(problem.Model, adapter with { Targets = TargetModules.Named(path) }, source);
        return new RealProblem(scope, problem, adapters.Layers.Single(), source);
    }
}
