namespace LoraPrivacy.Oracle.Tests.Audit;

/// <summary>Writes small adapters as PEFT does: two layers of two modules, A drawn by the reference.</summary>
internal static class SampleAdapter
{
    private const int Rank = 4;
    private const int Inputs = 48;

    public static void Write(string folder, string initialization, Func<int, int, Random, double[]> a, double b = 0.01, int outputs = 32, ElementType type = ElementType.Float32, string baseModel = "example/base")
    {
        Random random = new(7);
        List<PeftLayerWeights> layers = [];
        foreach (string path in new[] { "model.layers.0.attn.q_proj", "model.layers.0.attn.v_proj", "model.layers.1.attn.q_proj", "model.layers.1.attn.v_proj" })
        {
            int rows = path.EndsWith("q_proj", StringComparison.Ordinal) ? 8 : outputs;
            layers.Add(PeftLayerWeights.Of(
                path, Inputs, rows, type, a(Rank, Inputs, random), Enumerable.Range(0, rows * Rank).Select(_ => b * ((2 * random.NextDouble()) - 1)).ToArray()));
        }

        PeftConfiguration configuration = new() { Rank = Rank, Alpha = 16, Initialization = initialization, TargetModules = ["q_proj", "v_proj"], BaseModel = baseModel };
        PeftAdapter.Save(folder, configuration, layers);
    }

    public static double[] Kaiming(int rank, int inputs, Random random) => Flat(Initialization.KaimingUniform.Sample(rank, inputs, random));

    public static double[] Gaussian(int rank, int inputs, Random random) => Flat(Initialization.PeftGaussian.Sample(rank, inputs, random));

    /// <summary>PEFT's "orthogonal": A = Qᵀ Zᵀ/10 with Z standard normal m × r/2 and Q half the rows of an orthogonal matrix.</summary>
    public static double[] Orthogonal(int rank, int inputs, Random random)
    {
        double[,] q = Initialization.Orthonormal().Sample(rank / 2, rank, random);
        double[,] z = Initialization.Gaussian(1).Sample(rank / 2, inputs, random);
        double[] a = new double[rank * inputs];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Enumerable.Range(0, rank / 2).Sum(k => q[k, i / inputs] * z[k, i % inputs]) / 10;
        }

        return a;
    }

    /// <summary>A that has been trained: the draw and a tenth of noise.</summary>
    public static double[] Trained(int rank, int inputs, Random random)
        => [.. Kaiming(rank, inputs, random).Select(x => x + (((2 * random.NextDouble()) - 1) / (5 * Math.Sqrt(inputs))))];

    public static double[] Flat(double[,] matrix) => [.. matrix.Cast<double>()];
}
