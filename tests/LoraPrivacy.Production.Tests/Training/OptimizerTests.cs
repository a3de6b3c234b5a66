using OptimizerOptions = LoraPrivacy.Production.Training.OptimizerOptions;

namespace LoraPrivacy.Production.Tests.Training;

/// <summary>The flat optimisers against the formulas in plain doubles, and against TorchSharp's own, step by step.</summary>
public class OptimizerTests
{
    private const int Steps = 12;

    private static readonly double[] Start = [1, -2, 0.5, 3e-3, 40];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.5, 0.1)]
    public void Sgd_is_its_formula(double momentum, double decay)
    {
        double[] values = [.. Start];
        double[] velocity = new double[values.Length];
        Compare(new SgdOptions { Momentum = momentum, WeightDecay = decay }, values, (step, rate) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                velocity[i] = (momentum * velocity[i]) + Gradient(values[i], step) + (decay * values[i]);
                values[i] -= rate * velocity[i];
            }
        });
    }

    [Theory]
    [InlineData(0.9, 0.999, 0)]
    [InlineData(0.5, 0.9, 0.3)]
    public void AdamW_is_its_formula(double beta1, double beta2, double decay)
    {
        double[] values = [.. Start];
        double[] mean = new double[values.Length];
        double[] square = new double[values.Length];
        Compare(new AdamWOptions { Beta1 = beta1, Beta2 = beta2, WeightDecay = decay, Epsilon = 1e-3 }, values, (step, rate) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                double gradient = Gradient(values[i], step);
                values[i] *= 1 - (rate * decay);
                mean[i] = (beta1 * mean[i]) + ((1 - beta1) * gradient);
                square[i] = (beta2 * square[i]) + ((1 - beta2) * gradient * gradient);
                double corrected = Math.Sqrt(square[i] / (1 - Math.Pow(beta2, step))) + 1e-3;
                values[i] -= rate * mean[i] / (1 - Math.Pow(beta1, step)) / corrected;
            }
        });
    }

    [Fact]
    public void AdamW_is_PyTorchs()
    {
        using var scope = NewDisposeScope();
        Parameter theirs = new(tensor(Start));
        optim.Optimizer reference = optim.AdamW([theirs], lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.2);
        Parameter ours = new(tensor(Start));
        using ParameterBuffer buffer = new([ours]);
        using Optimizer optimizer = new AdamWOptions { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.2 }.Create(buffer);
        for (int step = 1; step <= Steps; step++)
        {
            reference.zero_grad();
            (theirs * theirs).sum().backward();
            reference.step();
            buffer.ClearGradient();
            (ours * ours).sum().backward();
            optimizer.Step(step, 0.05);
            Assert.InRange((theirs - ours).abs().max().item<double>(), 0, 1e-12);
        }
    }

    private static double Gradient(double value, int step) => (2 * value) - (step % 3);

    private static void Compare(OptimizerOptions options, double[] expected, Action<int, double> move)
    {
        using var scope = NewDisposeScope();
        Parameter first = new(tensor(Start[..2]));
        Parameter second = new(tensor(Start[2..]));
        using ParameterBuffer buffer = new([first, second]);
        using Optimizer optimizer = options.Create(buffer);
        for (int step = 1; step <= Steps; step++)
        {
            double rate = 0.1 / step;
            double[] values = buffer.Values.data<double>().ToArray();
            using (no_grad())
            {
                buffer.Gradient.copy_(tensor(Array.ConvertAll(values, value => Gradient(value, step))));
            }

            optimizer.Step(step, rate);
            move(step, rate);
            double[] actual = [.. first.data<double>().ToArray(), .. second.data<double>().ToArray()];
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }
}
