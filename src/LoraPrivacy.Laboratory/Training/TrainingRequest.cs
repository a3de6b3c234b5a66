namespace LoraPrivacy.Laboratory.Training;

/// <summary>What the command line of <c>train</c> asks for.</summary>
internal sealed record TrainingRequest
{
    /// <summary>What to write where nothing says how large a batch is to be.</summary>
    public const string SizeIsMissing =
        "--dp-noise needs a declared size of these data, which is never counted: --public-size N for the examples to train on, or both --dp-rate q and --batch b for q and the expected batch, such as --public-size 1000";

    /// <summary><c>digits</c> or <c>gpt</c>.</summary>
    public required string Model { get; init; }

    /// <summary>A GPT-2 checkpoint to start from, or null for a model of our own.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>Whether text is read as single bytes though the base has other tokens.</summary>
    public bool TokenizesBytes { get; init; }

    /// <summary>The steps that a base of our own is pre-trained for, on text that is not fine-tuned on.</summary>
    public int PretrainSteps { get; init; }

    /// <summary>The tokens of an example.</summary>
    public int Context { get; init; }

    /// <summary>The data to train on, or null for what is bundled.</summary>
    public string? DataFile { get; init; }

    /// <summary>The data to hold out, or null to hold out a tenth of <see cref="DataFile"/>.</summary>
    public string? HeldOutFile { get; init; }

    /// <summary>What is declared of a private table; null for other data.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>The declared unit of privacy, or null where the bundled data have theirs.</summary>
    public string? Unit { get; init; }

    /// <summary>The declared number of units to train on, or null.</summary>
    public long? PublicSize { get; init; }

    /// <summary>Whether the training is with DP-SGD, and its result is to be published without what is private.</summary>
    public bool IsPrivate => NoiseMultiplier is not null;

    /// <summary>The targets, or none for all linear layers.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The adapters; the targets are in <see cref="Targets"/>.</summary>
    public required LoraConfiguration Adapters { get; init; }

    /// <summary>How to train; the mechanism of DP-SGD is added by <see cref="OptionsFor"/>.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>In how many pieces a batch passes through the model.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>σ, or null for plain training.</summary>
    public double? NoiseMultiplier { get; init; }

    /// <summary>C.</summary>
    public double ClippingNorm { get; init; } = 1;

    /// <summary>q, or null to take the expected batch size.</summary>
    public double? SamplingRate { get; init; }

    /// <summary>How the noise is drawn.</summary>
    public NoiseSampler NoiseSampler { get; init; }

    /// <summary>The seed, or null for a secret key.</summary>
    public long? Seed { get; init; }

    public ScalarType Precision { get; init; } = ScalarType.Float32;

    public string Device { get; init; } = "auto";

    public required string Output { get; init; }

    /// <summary>Whether to go on from the folder's checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether results of an earlier training are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>A checkpoint is written after every so many steps, or never unless interrupted.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>The command line, to repeat with --resume.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The options of a training: with DP-SGD by what is declared of its data alone, whatever they are (S31).</summary>
    public TrainingOptions OptionsFor(TrainingSubject subject)
    {
        long? examples = IsPrivate ? subject.PublicSize : subject.Problem.ExampleCount;
        if (SamplingRate is null && Training.BatchSize > examples)
        {
            throw new InputException($"--batch must be in [1, examples = {examples}], but is {Training.BatchSize}");
        }

        if (NoiseMultiplier is not double noise)
        {
            return Training with { MicroBatchSize = Piece(Training.BatchSize) };
        }

        (double rate, double expected) = (SamplingRate, examples) switch
        {
            (double given, null) => (given, Training.BatchSize),
            (double given, long size) => (given, given * size),
            (null, long size) => ((double)Training.BatchSize / size, Training.BatchSize),
            _ => throw new InputException(SizeIsMissing),
        };
        return Training with
        {
            Privacy = new DpSgdParameters(noise, rate, ClippingNorm, expected, NoiseSampler),
            MicroBatchSize = Piece((int)Math.Min(int.MaxValue, Math.Ceiling(expected))),
        };
    }

    private int Piece(int batch) => Math.Max(1, (batch + Accumulation - 1) / Accumulation);
}
