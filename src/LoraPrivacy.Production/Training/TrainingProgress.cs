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
/// <param name="Epsilon">ε of the steps done at the training's δ, or null where no accounting exists.</param>
/// <param name="WithoutEpsilon">Why there is no ε, in a phrase; null where there is one.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    double? Loss,
    double LearningRate,
    double UnitsPerSecond,
    string UnitName,
    long ResidentBytes,
    double? Epsilon,
    string? WithoutEpsilon);
