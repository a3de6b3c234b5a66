using LoraPrivacy.Laboratory.Checking;
using LoraPrivacy.Protocol;
using TorchSharp.Modules;

namespace LoraPrivacy.Laboratory.Testee;

/// <summary>The operations that the production path answers by doing them: its own layer, libtorch's gradients, its own draws of A.</summary>
internal static class ProductionOperations
{
    private const string Path = "layer";
    private const double NormalizationTolerance = 1e-9;

    /// <summary>What the production path does for real.</summary>
    public static OperationSet All { get; } = new("LoraPrivacy production", CommandProgram.Version, new Dictionary<string, Action<Arguments, Utf8JsonWriter>>
    {
        ["lora/step"] = Step,
        [SamplingOperation.Name] = SamplingOperation.Of(Draw),
    });

    private static void Step(Arguments arguments, Utf8JsonWriter result)
    {
        Libtorch.Load();
        (double[,] a, double[,] targets, bool isCrossEntropy) = (arguments.Matrix("a"), arguments.Matrix("target"), arguments.Word("loss") == "cross-entropy");
        if (arguments.Real("scale") <= 0)
        {
            throw new SkippedQueryException("an adapter of the production path has a scale above 0");
        }

        if (isCrossEntropy)
        {
            CheckProbabilities(targets);
        }

        using var scope = NewDisposeScope();
        using LoraLinear layer = Layer(arguments.Matrix("weight"), a.GetLength(0), arguments.Real("scale"));
        Fill(layer.A, a);
        Fill(layer.B, arguments.Matrix("b"));
        layer.Weight.requires_grad = true;
        Tensor output = layer.call(Of(arguments.Matrix("input")));
        Tensor target = Of(targets);
        Tensor loss = isCrossEntropy
            ? nn.functional.log_softmax(output, 1).mul(target).sum(dim: 1).mean().neg()
            : output.sub(target).square().sum(dim: 1).mean().div(Of(new double[,] { { 2 } })).sum();
        Tensor[] gradients = [.. autograd.grad([loss], [layer.Weight, layer.B, layer.A])];
        result.WriteReal("loss", TensorMatrix.Values(loss)[0]);
        result.WriteMatrix("gradient", TensorMatrix.Of(gradients[0]));
        result.WriteMatrix("gradientB", TensorMatrix.Of(gradients[1]));
        result.WriteMatrix("gradientA", TensorMatrix.Of(gradients[2]));
    }

    /// <summary>Steps of gradient descent on B from B = 0, at a rate of 1, each with an A drawn anew: −ΔW = q AᵀA.</summary>
    private static IEnumerable<double[]> Draw(double[] gradient, int rank, int count, long seed)
    {
        Libtorch.Load();
        RandomSource source = RandomSource.FromSeed(seed);
        using LoraLinear layer = Layer(new double[1, gradient.Length], rank, scale: 1);
        double[,] row = new double[1, gradient.Length];
        Buffer.BlockCopy(gradient, 0, row, 0, gradient.Length * sizeof(double));

        // The loss is the output itself, so that the full gradient is the input.
        using Tensor input = Of(row);
        for (int draw = 0; draw < count; draw++)
        {
            using var scope = NewDisposeScope();
            using RandomSequence sequence = source.Sequence("A", draw);
            layer.DrawA(sequence);
            Tensor gradientB = autograd.grad([layer.call(input).sum()], [layer.B])[0];
            yield return TensorMatrix.Values(gradientB.matmul(layer.A));
        }
    }

    private static LoraLinear Layer(double[,] weight, int rank, double scale)
    {
        Linear linear = nn.Linear(weight.GetLength(1), weight.GetLength(0), hasBias: false, dtype: ScalarType.Float64);
        Fill(linear.weight!, weight);
        LoraConfiguration configuration = new()
        {
            Targets = TargetModules.Named(Path),
            Rank = rank,
            Alpha = scale * rank,
            Initialization = AInitialization.UnbiasedGaussian,
            TrainsA = true,
        };
        return new LoraLinear(linear, Path, configuration, RandomSource.FromSeed(0));
    }

    private static void CheckProbabilities(double[,] target)
    {
        for (int row = 0; row < target.GetLength(0); row++)
        {
            double[] entries = [.. Enumerable.Range(0, target.GetLength(1)).Select(column => target[row, column])];
            if (Array.Exists(entries, entry => entry is < 0 or > 1) || Math.Abs(entries.Sum() - 1) > NormalizationTolerance)
            {
                throw ProtocolException.OutOfRange("target", $"row {row} of target must be a probability vector");
            }
        }
    }

    private static void Fill(Tensor tensor, double[,] values)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        tensor.copy_(Of(values));
    }

    private static Tensor Of(double[,] values) => tensor(values, ScalarType.Float64);
}
