namespace LoraPrivacy.Oracle.Audit;

/// <summary>What an adapter's init_lora_weights says about A before training, as PEFT implements it.</summary>
/// <param name="Name">PEFT's name.</param>
/// <param name="Source">What A was computed from.</param>
/// <param name="Description">One sentence about A and B before training.</param>
internal sealed record DeclaredInitialization(string Name, InitializationSource Source, string Description)
{
    /// <summary>How A's law is checked.</summary>
    public FactorLaw Law { get; private init; } = FactorLaw.None;

    /// <summary>Whether BA starts at 0, so that the first gradient does not depend on A and S1's mean applies to it.</summary>
    public bool IsFirstGradientIndependent { get; private init; }

    /// <summary>What a configuration declares: nothing that is known where a setting is active that nothing is known of.</summary>
    public static DeclaredInitialization Of(PeftConfiguration configuration)
        => configuration.ActiveUnknown.FirstOrDefault() is string unknown
            ? new(configuration.Initialization, InitializationSource.Unknown, $"The configuration sets '{FileFormatException.Quote(unknown)}', which this command does not know and which may change how A is drawn: no statement is applied.")
            : Of(configuration.Initialization);

    public static DeclaredInitialization Of(string name)
    {
        string family = name.StartsWith("pissa", StringComparison.Ordinal) ? "pissa" : name.StartsWith("corda", StringComparison.Ordinal) ? "corda" : name;
        return family switch
        {
            "true" => new(name, InitializationSource.Chance, "Kaiming-uniform A on [−1/√m, 1/√m] (variance 1/(3m), kurtosis 9/5), B = 0.")
            {
                Law = FactorLaw.KaimingUniform,
                IsFirstGradientIndependent = true,
            },
            "false" => new(name, InitializationSource.Chance, "Kaiming-uniform A, and B drawn likewise: B ≠ 0, so that even the first gradient depends on A and S1's mean does not apply.")
            {
                Law = FactorLaw.KaimingUniform,
            },
            "gaussian" => new(name, InitializationSource.Chance, "Gaussian A with standard deviation 1/r (variance 1/r², not 1/r), B = 0.")
            {
                Law = FactorLaw.Gaussian,
                IsFirstGradientIndependent = true,
            },
            "orthogonal" => new(
                name,
                InitializationSource.Chance,
                "A = Qᵀ Zᵀ/10 with Z Gaussian m×r/2 and Q half of an orthogonal matrix: AᵀA = ZZᵀ/100 is the Gaussian sketch of rank r/2, no projection; B ≠ 0 but BA = 0.")
            {
                Law = FactorLaw.HalfRank,
                IsFirstGradientIndependent = true,
            },
            "pissa" => BaseWeights(name, "A and B are the leading singular vectors of the base weight, which is changed to match."),
            "olora" => BaseWeights(name, "A and B are factors of a QR decomposition of the base weight, which is changed to match."),
            "loftq" => BaseWeights(name, "A and B make up for the quantisation of the base weight."),
            "mica" => BaseWeights(name, "B is taken from the base weight's last singular vectors and frozen, A starts at 0 and is trained: no sketch of the gradient at all."),
            "eva" => Data(name, "A is computed from the layer's inputs on the training data, B = 0."),
            "corda" => Data(name, "A and B are computed from the base weight and the covariance of the layer's inputs on data."),
            "lora_ga" => Data(name, "A and B are computed from a gradient on the training data."),
            _ => new(name, InitializationSource.Unknown, "This command does not know this initialisation, and no statement covers it."),
        };
    }

    /// <summary>The rank of the Gaussian or uniform sketch that AᵀA is; null where no statement covers it.</summary>
    public int? SketchRank(int rank) => Law switch
    {
        FactorLaw.None => null,
        FactorLaw.HalfRank => rank >= 2 ? rank / 2 : null,
        _ => rank,
    };

    /// <summary>The kurtosis κ of an entry of the sketch.</summary>
    public double Kurtosis => Law == FactorLaw.KaimingUniform ? Initialization.KaimingUniform.Kurtosis : Initialization.PeftGaussian.Kurtosis;

    /// <summary>The variance v of an entry of the sketch.</summary>
    public double EntryVariance(int rank, int dimension) => Law switch
    {
        FactorLaw.KaimingUniform => Initialization.KaimingUniform.EntryVariance(rank, dimension),
        FactorLaw.Gaussian => Initialization.PeftGaussian.EntryVariance(rank, dimension),

        // Z/10 has standard normal entries over 10.
        _ => 1.0 / 100,
    };

    private static DeclaredInitialization BaseWeights(string name, string description) => new(name, InitializationSource.BaseWeights, description);

    private static DeclaredInitialization Data(string name, string description) => new(name, InitializationSource.Data, description);
}

/// <summary>The laws of A that its entries can be held against.</summary>
internal enum FactorLaw
{
    /// <summary>None: A depends on something that is not in the adapter's folder.</summary>
    None,

    /// <summary>Independent uniform entries on [−1/√m, 1/√m].</summary>
    KaimingUniform,

    /// <summary>Independent normal entries with standard deviation 1/r.</summary>
    Gaussian,

    /// <summary>PEFT's "orthogonal": a matrix of rank r/2.</summary>
    HalfRank,
}

/// <summary>What an initialisation computes A from.</summary>
internal enum InitializationSource
{
    /// <summary>Random numbers alone.</summary>
    Chance,

    /// <summary>The base model's weights.</summary>
    BaseWeights,

    /// <summary>The training data.</summary>
    Data,

    /// <summary>Not known to this command.</summary>
    Unknown,
}
