namespace LoraPrivacy.Production.Tests.Models;

/// <summary>GPT-2 as its paper has it, in plain loops over doubles and without libtorch: one sequence at a time.</summary>
internal sealed class NaiveGpt(GptConfiguration configuration, IReadOnlyDictionary<string, double[]> weights)
{
    private readonly int width = configuration.Width;

    /// <summary>Copies the weights of a model.</summary>
    public static NaiveGpt Of(GptModel model)
    {
        using var scope = NewDisposeScope();
        return new NaiveGpt(
            model.Configuration,
            model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray()));
    }

    public double[] this[string name] => weights[name];

    /// <summary>The logits, time × vocabulary.</summary>
    public double[][] Logits(long[] tokens)
    {
        double[][] x = [.. tokens.Select((token, position) => Enumerable.Range(0, width)
            .Select(j => weights["wte.weight"][(token * width) + j] + weights["wpe.weight"][(position * width) + j]).ToArray())];
        for (int i = 0; i < configuration.Depth; i++)
        {
            string block = $"h.{i}.";
            x = Add(x, Attention(Norm(x, block + "ln_1"), block + "attn."));
            double[][] hidden = Linear(Norm(x, block + "ln_2"), block + "mlp.c_fc", 4 * width);
            x = Add(x, Linear([.. hidden.Select(row => row.Select(Gelu).ToArray())], block + "mlp.c_proj", width));
        }

        return [.. Norm(x, "ln_f").Select(row => Enumerable.Range(0, configuration.Vocabulary)
            .Select(token => Enumerable.Range(0, width).Sum(j => row[j] * weights["wte.weight"][(token * width) + j])).ToArray())];
    }

    /// <summary>The mean cross-entropy of each token but the first, given those before it.</summary>
    public double Loss(long[] tokens)
        => Logits(tokens[..^1]).Select((row, i) => Math.Log(row.Sum(Math.Exp)) - row[tokens[i + 1]]).Average();

    private static double[][] Add(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (p, q) => p + q).ToArray())];

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private double[][] Norm(double[][] x, string name)
        => [.. x.Select(row =>
        {
            double mean = row.Average();
            double deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + configuration.NormEpsilon);
            return row.Select((value, j) => ((value - mean) / deviation * weights[name + ".weight"][j]) + weights[name + ".bias"][j]).ToArray();
        })];

    // The weight is stored as inputs × outputs.
    private double[][] Linear(double[][] x, string name, int outputs)
        => [.. x.Select(row => Enumerable.Range(0, outputs)
            .Select(o => weights[name + ".bias"][o] + row.Select((value, i) => value * weights[name + ".weight"][(i * outputs) + o]).Sum()).ToArray())];

    private double[][] Attention(double[][] x, string name)
    {
        double[][] mixed = [.. x.Select(_ => new double[width])];
        double[][] all = Linear(x, name + "c_attn", 3 * width);
        int size = width / configuration.Heads;
        for (int head = 0; head < configuration.Heads; head++)
        {
            int query = head * size;
            int key = width + query;
            int value = (2 * width) + query;
            for (int t = 0; t < x.Length; t++)
            {
                double[] scores = [.. Enumerable.Range(0, t + 1)
                    .Select(s => Math.Exp(Enumerable.Range(0, size).Sum(j => all[t][query + j] * all[s][key + j]) / Math.Sqrt(size)))];
                for (int j = 0; j < size; j++)
                {
                    mixed[t][query + j] = scores.Select((score, s) => score * all[s][value + j]).Sum() / scores.Sum();
                }
            }
        }

        return Linear(mixed, name + "c_proj", width);
    }
}
