namespace LoraPrivacy.Production.Tests.Training;

/// <summary>A thousand steps leave as many live tensors as the first few did, after every single one.</summary>
public class MemoryTests
{
    private static readonly TrainingOptions Plain = new() { Steps = 1000, BatchSize = 4, MicroBatchSize = 2, MaxGradientNorm = 1 };

    public static TheoryData<string> Configurations => [.. Cases.Keys];

    private static Dictionary<string, (Func<TrainingCase> Case, TrainingOptions Options)> Cases { get; } = new()
    {
        ["plain"] = (Digits, Plain),
        ["fresh A"] = (Digits, Plain with { FreshA = true, Optimizer = new SgdOptions() }),
        ["DP-SGD"] = (Digits, Plain with { MaxGradientNorm = null, Privacy = new DpSgdParameters(1, 0.15, 1, 4) }),
        ["text"] = (Text, Plain),
        ["text, DP-SGD"] = (Text, Plain with { MaxGradientNorm = null, Privacy = new DpSgdParameters(1, 0.4, 1, 4) }),
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    [Trait("Speed", "Slow")]
    public void Live_tensors_stay_as_many(string name)
    {
        (Func<TrainingCase> make, TrainingOptions options) = Cases[name];
        using TrainingCase training = make();
        using Trainer trainer = new(training.Problem, training.Adapters!, options, training.Source);
        trainer.Run(until: 10);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long live = Tensor.TotalCount;
        long most = 0;
        Assert.True(trainer.Run(new Immediate(_ => most = Math.Max(most, Tensor.TotalCount))));

        // One tensor a step would be seen here, even if the collector takes it in the end.
        Assert.InRange(most, live - 10, live);
        long before = Tensor.TotalCount;
        trainer.Dispose();
        Assert.True(Tensor.TotalCount < before);
    }

    private static TrainingCase Digits() => TrainingCase.Digits(ScalarType.Float32, trainsA: true, dropout: 0.1);

    private static TrainingCase Text() => TrainingCase.Text(ScalarType.Float32, trainsA: true, dropout: 0.1);
}
