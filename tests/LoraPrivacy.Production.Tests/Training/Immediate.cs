namespace LoraPrivacy.Production.Tests.Training;

/// <summary>Reports where they are made, not on another thread.</summary>
internal sealed class Immediate(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
