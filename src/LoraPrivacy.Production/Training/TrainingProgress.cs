namespace LoraPrivacy.Production.Training;

/// <summary>
/// Where a training stands. Losses and counts are computed from the data without noise: no guarantee of privacy covers them.
/// </summary>
/// <param name="Step">The steps done.</param>
/// <param name="Steps">The steps of the whole training.</param>
/// <param name="Loss">The mean loss over the examples seen since the last report, or null where none was drawn.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="UnitsPerSecond">The units of work a second since the last report.</param>
/// <param name="UnitName">What a unit is called, in the plural.</param>
/// <param name="ResidentBytes">The memory of the process that is in RAM.</param>
/// <param name="Accounting">Computes ε of the steps done at the training's δ, or null where no bound is known; it may take a while, and runs when it is asked only.</param>
/// <param name="WithoutBound">What to say where there is no ε, in a phrase.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    double? Loss,
    double LearningRate,
    double UnitsPerSecond,
    string UnitName,
    long ResidentBytes,
    Lazy<double?> Accounting,
    string WithoutBound)
{
    /// <summary>ε of the steps done at the training's δ, or null where no accounting exists.</summary>
    public double? Epsilon => Accounting.Value;

    /// <summary>Why there is no ε, in a phrase; null where there is one.</summary>
    public string? WithoutEpsilon => Epsilon is null ? WithoutBound : null;
}
