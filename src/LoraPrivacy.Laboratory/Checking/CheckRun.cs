namespace LoraPrivacy.Laboratory.Checking;

/// <summary>Trains and samples the production path on the bundled data, and holds it against the reference.</summary>
internal sealed class CheckRun : IDisposable
{
    private const int LawRank = 4;
    private const int SmallRank = 1;
    private const int BatchSize = 8;

    private readonly CheckSettings settings;
    private readonly Action<string, double> report;
    private readonly CancellationToken cancellation;
    private readonly RandomSource source;
    private readonly DigitsTask digits;
    private readonly TextTask text;

    private CheckRun(CheckSettings settings, Action<string, double> report, CancellationToken cancellation)
    {
        this.settings = settings;
        this.report = report;
        this.cancellation = cancellation;
        source = RandomSource.FromSeed(settings.Seed);
        digits = new DigitsTask(settings.Device, source);
        text = new TextTask(settings.Device, source);
    }

    /// <summary>The subjects, in order, as they are reported.</summary>
    public static IReadOnlyList<string> Subjects { get; } =
    [
        "Training", "Agreement with the reference", "One LoRA step", "Law of the sketched gradient", "Noise by rank",
        "Privacy of one row", "Where there is none", "Factor release", "DP-SGD", "Adapter files",
    ];

    /// <summary>Runs all of it.</summary>
    /// <param name="settings">What on, and how much.</param>
    /// <param name="report">Told the subject and the part of it that is done, in [0, 1].</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static CheckReport Of(CheckSettings settings, Action<string, double> report, CancellationToken cancellation)
    {
        // The models are small: on several threads their operations would wait for each other most of the time.
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using CheckRun run = new(settings, report, cancellation);
            return run.All();
        }
        finally
        {
            CollectionSchedule.End();
            set_num_threads(threads);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        digits.Dispose();
        text.Dispose();
    }

    private CheckReport All()
    {
        Dictionary<string, NoisePoint[]> noise = [];
        List<Section> sections =
        [
            In(0, Training),
            In(1, _ => AgreementClaims.Of(digits, source, 32)),
            In(2, _ => [.. StepIdentityClaims.Of(digits, source, 0, BatchSize), .. StepIdentityClaims.Of(text, source, 0, 4)]),
        ];
        List<Claim> laws = [];
        List<Claim> privacy = [];
        List<Claim> attacks = [];
        List<Claim> factors = [];
        BundledTask[] tasks = [digits, text];
        for (int i = 0; i < tasks.Length; i++)
        {
            double share = (double)i / tasks.Length;
            LawsOf(tasks[i], (subject, part) => report(Subjects[subject], share + (part / tasks.Length)), laws, privacy, attacks, factors);
        }

        sections.Add(new Section(Subjects[3], laws));
        sections.Add(In(4, report => Noise(report, noise)));
        sections.Add(new Section(Subjects[5], privacy));
        sections.Add(new Section(Subjects[6], attacks));
        sections.Add(new Section(Subjects[7], factors));
        sections.Add(In(8, _ => DpSgd()));
        sections.Add(In(9, _ => [AdapterFileClaims.Of(digits, source), AdapterFileClaims.Of(text, source)]));
        return new CheckReport(settings, Libtorch.RequiredVersion.ToString(), ComputeDevice.Describe(settings.Device), sections, noise);
    }

    private Section In(int subject, Func<Action<double>, IEnumerable<Claim>> claims)
    {
        cancellation.ThrowIfCancellationRequested();
        report(Subjects[subject], 0);
        Section section = new(Subjects[subject], [.. claims(part => report(Subjects[subject], part))]);
        report(Subjects[subject], 1);
        return section;
    }

    private List<Claim> Training(Action<double> report)
    {
        Pretraining.Run(digits, settings.PretrainingSteps.Digits, 64, source, part => report(part * 0.1), cancellation);
        Pretraining.Run(text, settings.PretrainingSteps.Text, 8, source, part => report(0.1 + (part * 0.7)), cancellation);
        return
        [
            TrainingClaims.TextBase(text),
            .. TrainingClaims.FineTuning(digits, settings.FineTuningSteps, source, cancellation),
            .. TrainingClaims.FineTuning(text, settings.FineTuningSteps, source, cancellation),
        ];
    }

    private void LawsOf(BundledTask task, Action<int, double> report, List<Claim> laws, List<Claim> privacy, List<Claim> attacks, List<Claim> factors)
    {
        using AdaptedModel model = Adapt(task, LawRank, AInitialization.UnbiasedGaussian);
        (long[] batch, long[] other, long[] following) = Batches(task);
        using LayerStep step = new(model, task.Layer, batch);
        using LayerStep neighbour = new(model, task.Layer, other);
        using LayerStep next = new(model, task.Layer, following);
        report(3, 0.1);
        SketchDraws draws = Collect(task, step, "law");
        report(3, 0.5);
        laws.AddRange(SketchLawClaims.Of(task.Name, draws));
        report(3, 0.7);
        double[] queryPrime = MatrixParts.Row(neighbour.Gradient, draws.RowIndex);
        privacy.AddRange(PrivacyLossClaims.Of(task.Name, draws, queryPrime, (int)settings.Seed));
        report(5, 0.7);
        attacks.AddRange(AttackClaims.Of(task.Name, step, neighbour, next, draws.RowIndex, settings.Attacks, source));
        report(6, 0.5);
        factors.AddRange(FactorClaims.Of(task.Name, FactorClaims.Collect(step, draws.CombinedRows, settings.Draws / 4, draw => source.Sequence($"factor {task.Name}", draw))));
        report(7, 1);
        SmallRankLaws(task, batch, other, laws, privacy);
        report(3, 1);
        report(5, 1);
        attacks.AddRange(Projection(task, batch, queryPrime));
        report(6, 1);
    }

    private void SmallRankLaws(BundledTask task, long[] batch, long[] other, List<Claim> laws, List<Claim> privacy)
    {
        using AdaptedModel model = Adapt(task, SmallRank, AInitialization.UnbiasedGaussian);
        using LayerStep step = new(model, task.Layer, batch);
        using LayerStep neighbour = new(model, task.Layer, other);
        SketchDraws draws = Collect(task, step, "small rank");
        laws.AddRange(NormalDistanceClaims.Of(task.Name, draws));
        privacy.AddRange(PrivacyLossClaims.Of(task.Name, draws, MatrixParts.Row(neighbour.Gradient, draws.RowIndex), (int)settings.Seed));
    }

    private IEnumerable<Claim> Projection(BundledTask task, long[] batch, double[] queryPrime)
    {
        // Rows of length 1/s make s² AᵀA the projection itself.
        const double scale = 16.0 / LawRank;
        using AdaptedModel model = Adapt(task, LawRank, AInitialization.Orthonormal(1 / scale));
        using LayerStep step = new(model, task.Layer, batch);
        SketchDraws draws = SketchDraws.Collect(step, settings.Draws / 4, draw => source.Sequence($"projection {task.Name}", draw), cancellation);
        return [.. ProjectionClaims.Of(task.Name, draws, queryPrime)];
    }

    private List<Claim> Noise(Action<double> report, Dictionary<string, NoisePoint[]> noise)
    {
        List<Claim> claims = [];
        foreach ((BundledTask task, int steps, int size, double start) in new (BundledTask, int, int, double)[]
        {
            (digits, settings.NoiseSteps.Digits, BatchSize, 0), (text, settings.NoiseSteps.Text, 2, 0.5),
        })
        {
            noise[task.Name] = NoiseByRank.Measure(
                task, NoiseByRank.Ranks, steps, (0, size), source, AInitialization.UnbiasedGaussian, part => report(start + (part / 2)), cancellation);
            claims.AddRange(NoiseByRank.Claims(task.Name, noise[task.Name], steps));
        }

        return claims;
    }

    private List<Claim> DpSgd() =>
    [
        DpSgdClaims.Step(digits, source),
        DpSgdClaims.Clipping(digits, 500, 0.05, source),
        DpSgdClaims.Clipping(text, 32, 0.005, source),
        DpSgdClaims.Noise(digits, settings.Draws / 400, NoiseSampler.Rounded, source),
        DpSgdClaims.Noise(digits, settings.Draws / 400, NoiseSampler.Exact, source),
        DpSgdClaims.BatchSizes(settings.Batches, source),
        .. DpSgdClaims.Run(digits, 1500, 64.0 / 1500, settings.IsQuick ? 20 : 100, 0.5, source, cancellation),
        .. DpSgdClaims.Run(text, 2000, 16.0 / 2000, settings.IsQuick ? 10 : 60, 0.5, source, cancellation),
    ];

    private SketchDraws Collect(BundledTask task, LayerStep step, string purpose)
        => SketchDraws.Collect(step, settings.Draws, draw => source.Sequence($"{purpose} {task.Name}", draw), cancellation);

    private AdaptedModel Adapt(BundledTask task, int rank, AInitialization initialization)
        => task.Adapt(new LoraConfiguration { Rank = rank, Alpha = 16, Initialization = initialization, Targets = task.Targets }, source, ScalarType.Float64);

    /// <summary>A batch, the same with its first example replaced, and the batch of the next step.</summary>
    private static (long[] Batch, long[] Neighbour, long[] Next) Batches(BundledTask task)
    {
        int size = task is DigitsTask ? BatchSize : 2;
        long[] batch = [.. Enumerable.Range(0, size).Select(example => (long)example)];
        return (batch, [size, .. batch[1..]], [.. batch.Select(example => example + size + 1)]);
    }
}
