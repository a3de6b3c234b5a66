using LoraPrivacy.Oracle.Accounting;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>account dp-sgd</c>: DP-SGD on B as users run it.</summary>
internal static class AccountDpSgdCommand
{
    /// <summary>The operation of the protocol that asks for the same.</summary>
    private const string Operation = "dp-sgd/epsilon";

    public static Command Create()
    {
        Option<double?> noise = CommonOptions.Real(
            "--noise", "σ, the noise multiplier: the standard deviation of the noise over the clipping norm.", OperationTable.RangeOf(Operation, "noiseMultiplier"), "σ");
        Option<double?> rate = CommonOptions.Real("--rate", "q, the sampling rate.", OperationTable.RangeOf(Operation, "samplingRate"), "q");
        Option<double?> batch = CommonOptions.Real("--batch", "The expected batch size; with --examples, in place of --rate.", ParameterKind.Positive, "B");
        Option<double?> examples = CommonOptions.Real("--examples", "The number of examples.", ParameterKind.Positive, "N");
        Option<long?> steps = AccountOptions.Steps("T, the number of steps.");
        Option<double?> epochs = CommonOptions.Real("--epochs", "T as a number of passes: the steps are ⌈epochs/q⌉.", new NumberKind(0, 1e6, IsLowIncluded: false), "E");
        Option<double?> target = CommonOptions.Real(
            "--target-epsilon", "Find the smallest noise, or the most steps, that keep ε at this or below it.", ParameterKind.Positive, "ε");
        Option<string> neighbours = CommonOptions.Neighbours("When two data sets are neighbours.");
        AccountOptions common = new();
        DetailedCommand command = new(
            "dp-sgd",
            "DP-SGD on the factor B, A independent of the data: ε and δ between proved bounds (S19).",
            """
            Examples:
              lora-oracle account dp-sgd --noise 1 --rate 0.01 --steps 10000 --delta 1e-5
              lora-oracle account dp-sgd --batch 256 --examples 60000 --epochs 20 --target-epsilon 3 --delta 1e-5

            """)
        {
            noise, rate, batch, examples, steps, epochs, target, neighbours,
        };
        foreach (Option option in common.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            double q = RateOf(parsed.GetValue(rate), parsed.GetValue(batch), parsed.GetValue(examples));
            DpSgdAccount account = new()
            {
                SamplingRate = q,
                NoiseMultiplier = parsed.GetValue(noise),
                Steps = StepsOf(parsed.GetValue(steps), parsed.GetValue(epochs), q),
                Deltas = parsed.GetValue(target) is null ? common.Deltas(parsed) : common.DeltasOrDefault(parsed),
                Epsilons = common.Epsilons(parsed),
                TargetEpsilon = parsed.GetValue(target),
                Neighbours = CommonOptions.NeighboursOf(parsed.GetValue(neighbours)),
            };
            Table table = await WaitingDisplay.Run(() => account.Answer(cancellation), cancellation).ConfigureAwait(false);
            CommandOutput.Write(common.File(parsed), table, common.Json(parsed));
            return ExitCode.Success;
        });
        return command;
    }

    private static double RateOf(double? rate, double? batch, double? examples) => (rate, batch, examples) switch
    {
        (double q, null, null) => q,
        (null, double b, double n) when b <= n => b / n,
        (null, double b, double n) => throw new InputException($"--batch must be at most --examples = {n:R}, but is {b:R}"),
        (null, null, null) => throw new InputException("the sampling rate is missing: give --rate, or --batch and --examples"),
        (null, _, _) => throw new InputException("--batch and --examples belong together"),
        _ => throw new InputException("--rate excludes --batch and --examples"),
    };

    private static long? StepsOf(long? steps, double? epochs, double rate) => (steps, epochs) switch
    {
        (not null, not null) => throw new InputException("--steps and --epochs exclude each other"),
        (null, double passes) => (long)Math.Ceiling(passes / rate),
        _ => steps,
    };
}
