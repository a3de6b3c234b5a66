namespace LoraPrivacy.Production.Layers;

/// <summary>What adapters a model gets: PEFT's LoraConfig as far as it is supported.</summary>
public sealed record LoraConfiguration
{
    private readonly PathRules<int> ranks = new([]);
    private readonly PathRules<double> alphas = new([]);

    /// <summary>The rank r of layers that <see cref="RankPattern"/> does not name; at least 1.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>α of layers that <see cref="AlphaPattern"/> does not name; positive and finite.</summary>
    public double Alpha { get; init; } = 8;

    /// <summary>Whether the scale is α/√r (PEFT's use_rslora) and not α/r.</summary>
    public bool RankStabilized { get; init; }

    /// <summary>The probability with which an input of the adapter is dropped in training, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>How A is drawn. B starts at 0.</summary>
    public AInitialization Initialization { get; init; } = AInitialization.KaimingUniform;

    /// <summary>Whether A is trained too. PEFT trains it; LoRA-FA, and the identity of S1, freeze it.</summary>
    public bool TrainsA { get; init; }

    /// <summary>The layers that get an adapter.</summary>
    public required TargetModules Targets { get; init; }

    /// <summary>Ranks of layers by regular expression (PEFT's rank_pattern); the first that matches counts.</summary>
    /// <exception cref="ArgumentException">A key is no regular expression.</exception>
    public IReadOnlyDictionary<string, int> RankPattern
    {
        get;
        init
        {
            field = value;
            ranks = Rules(nameof(RankPattern), value);
        }
    } = new Dictionary<string, int>();

    /// <summary>α of layers by regular expression (PEFT's alpha_pattern); the first that matches counts.</summary>
    /// <exception cref="ArgumentException">A key is no regular expression.</exception>
    public IReadOnlyDictionary<string, double> AlphaPattern
    {
        get;
        init
        {
            field = value;
            alphas = Rules(nameof(AlphaPattern), value);
        }
    } = new Dictionary<string, double>();

    /// <summary>The rank of a layer.</summary>
    /// <param name="path">Its path.</param>
    public int RankOf(string path) => ranks.ValueFor(path, Rank);

    /// <summary>α of a layer.</summary>
    /// <param name="path">Its path.</param>
    public double AlphaOf(string path) => alphas.ValueFor(path, Alpha);

    /// <summary>The scale s of a layer: α/r, or α/√r.</summary>
    /// <param name="path">Its path.</param>
    public double ScaleOf(string path) => AlphaOf(path) / (RankStabilized ? Math.Sqrt(RankOf(path)) : RankOf(path));

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        foreach (int rank in RankPattern.Values.Prepend(Rank))
        {
            Check(rank >= 1, nameof(Rank), rank, "at least 1");
        }

        foreach (double alpha in AlphaPattern.Values.Prepend(Alpha))
        {
            Check(alpha > 0 && double.IsFinite(alpha), nameof(Alpha), alpha, "positive and finite");
        }

        Check(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "in [0, 1)");
    }

    private static PathRules<T> Rules<T>(string name, IReadOnlyDictionary<string, T> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns, name);
        try
        {
            return new PathRules<T>(patterns);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentException($"{name}: {failure.Message}", name, failure);
        }
    }

    private static void Check(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}");
        }
    }
}
