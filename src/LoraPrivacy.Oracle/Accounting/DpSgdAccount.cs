namespace LoraPrivacy.Oracle.Accounting;

/// <summary>What <c>account dp-sgd</c> is asked: a run, or a run with one number to be found for a target.</summary>
internal sealed record DpSgdAccount
{
    /// <summary>q.</summary>
    public required double SamplingRate { get; init; }

    /// <summary>σ; null where the target asks for it.</summary>
    public double? NoiseMultiplier { get; init; }

    /// <summary>T; null where the target asks for it.</summary>
    public long? Steps { get; init; }

    /// <summary>The δ at which ε is given.</summary>
    public required IReadOnlyList<double> Deltas { get; init; }

    /// <summary>The ε at which δ is given.</summary>
    public required IReadOnlyList<double> Epsilons { get; init; }

    /// <summary>The ε that the missing number is to keep, at the first δ.</summary>
    public double? TargetEpsilon { get; init; }

    /// <summary>When two data sets are neighbours.</summary>
    public required NeighbouringRelation Neighbours { get; init; }

    /// <summary>Computes the table.</summary>
    /// <exception cref="InputException">Too little or too much is given.</exception>
    public Table Answer(CancellationToken cancellation)
    {
        AccountTable table = new();
        (double noise, long steps) = Complete(table);
        cancellation.ThrowIfCancellationRequested();
        DpSgdMechanism run = new(noise, SamplingRate, steps, Neighbours);
        string how = SamplingRate == 1 ? "closed form of the Gaussian mechanism" : steps == 1 ? "one step's exact curve" : "privacy loss distributions";
        string kind = SamplingRate == 1 || steps <= 1 ? "exact, within" : "bracket";
        foreach (double delta in Deltas)
        {
            string at = $"δ = {Digits.Shortest(delta)}";
            table.Add("ε", at, run.Epsilon(delta), how, kind);
            AddRenyi(table, run, delta, at);
            cancellation.ThrowIfCancellationRequested();
        }

        foreach (double epsilon in Epsilons)
        {
            table.Add("δ", $"ε = {Digits.Shortest(epsilon)}", run.Delta(epsilon), how, kind);
            cancellation.ThrowIfCancellationRequested();
        }

        return table.Build(
            "Privacy of DP-SGD on the factor B of LoRA (Poisson sampling, Gaussian noise), for the worst neighbours",
            ["S19", "S27"],
            [
                ("noiseMultiplier", Cell.Parameter(noise)),
                ("samplingRate", Cell.Parameter(SamplingRate)),
                ("steps", Cell.Of(steps)),
                ("neighbours", new Cell(Neighbours == NeighbouringRelation.AddRemove ? "add-remove" : "replace-one")),
            ],
            Notes);
    }

    private static IReadOnlyList<string> Notes =>
    [
        "Covers the release of every iterate of B, of the optimiser's state and of A, where A and the start of B do not depend on the data and A is not trained (where it is: if the "
            + "joint gradient is clipped as one vector). The batch is drawn by Poisson sampling, and the sum of clipped gradients is divided by the expected batch size, a constant.",
        "Does not cover an initialisation made from the data (EVA, CorDA, LoRA-GA), batches by shuffling or of fixed size, hyperparameters tuned on the data, or noise that is not secret. "
            + "The sketch by A is not counted on: without the noise there is no guarantee.",
        "Lower and upper are bounds of the worst case's exact value, rounded outward.",
    ];

    private (double Noise, long Steps) Complete(AccountTable table)
    {
        if (TargetEpsilon is not double target)
        {
            return (NoiseMultiplier ?? throw new InputException("the noise is missing: give --noise, or --target-epsilon to find it"),
                Steps ?? throw new InputException("the number of steps is missing: give --steps or --epochs, or --target-epsilon to find it"));
        }

        double delta = Deltas[0];
        string at = $"ε ≤ {Digits.Shortest(target)}, δ = {Digits.Shortest(delta)}";
        switch (NoiseMultiplier, Steps)
        {
            case (null, long steps):
                double noise = DpSgdPlanning.NoiseMultiplier(SamplingRate, steps, target, delta, Neighbours);
                table.AddChoice("noise multiplier", at, Cell.Upper(noise, 7, full: true), "the smallest, up to 5e-4");
                return (noise, steps);
            case (double given, null):
                long most = DpSgdPlanning.Steps(given, SamplingRate, target, delta, Neighbours);
                table.AddChoice("steps", at, Cell.Of(most), "the most, up to 5e-4");
                return (given, most);
            case (null, null):
                throw new InputException("--target-epsilon finds one number: give --noise to find the steps, or --steps or --epochs to find the noise");
            default:
                throw new InputException("--target-epsilon finds the noise or the steps: leave one of them out");
        }
    }

    private void AddRenyi(AccountTable table, DpSgdMechanism run, double delta, string at)
    {
        // The Rényi divergences are those of adding or removing.
        if (Neighbours == NeighbouringRelation.AddRemove && run.NoiseMultiplier > 0 && run.Steps > 0)
        {
            RenyiAccountant accountant = new((RenyiCurve.SubsampledGaussian(run.NoiseMultiplier, run.SamplingRate), run.Steps));
            (double epsilon, double order) = accountant.Epsilon(delta);
            table.AddUpper("ε", at, epsilon, $"Rényi divergence of order {Digits.Shortest(order)}");
        }
    }
}
