namespace LoraPrivacy.Laboratory.Training;

/// <summary>A base model with what it is to be trained on.</summary>
/// <param name="Problem">The training examples.</param>
/// <param name="HeldOut">Examples of the same kind that are not trained on, or null where there are none.</param>
/// <param name="ModelDescription">The model in words.</param>
/// <param name="DataDescription">The data in words.</param>
/// <param name="ExampleDescription">What one example, with DP-SGD the unit of privacy, is.</param>
/// <param name="AllTargets">The names of all linear layers.</param>
internal sealed record TrainingSubject(
    LearningProblem Problem,
    LearningProblem? HeldOut,
    string ModelDescription,
    string DataDescription,
    string ExampleDescription,
    IReadOnlyList<string> AllTargets)
{
    /// <summary>The name of the unit of privacy, or null where no part of the data is one.</summary>
    public string? Unit { get; init; }

    /// <summary>The number of examples to train on that is published or declared, never counted; null where there is none.</summary>
    public long? PublicSize { get; init; }

    /// <summary>The range of each feature of a table, from which it is scaled to [0, 1]; null for text.</summary>
    public IReadOnlyList<(double Low, double High)>? FeatureRanges { get; init; }

    /// <summary>How many lines of a private table are no record; null for text.</summary>
    public long? Dropped { get; init; }

    /// <summary>Pre-trains the base, where that is asked for; null where it is not.</summary>
    public Action<IProgress<TrainingProgress>, CancellationToken>? Pretrain { get; init; }

    /// <summary>The folder of the base model inside the output, where it is our own.</summary>
    public const string BaseFolderName = "base";

    /// <summary>Makes the subject of a request. Its base is still to be pre-trained where that is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="source">Where weights come from.</param>
    /// <param name="device">The device.</param>
    public static TrainingSubject Create(TrainingRequest request, RandomSource source, Device device)
        => request.Model == "digits" ? ImageSubject.Create(request, source, device) : TextSubject.Create(request, source, device);

    /// <summary>Saves the model with its adapters merged into the weights.</summary>
    public void SaveMerged(LoraAdapters adapters, string folder)
    {
        if (Problem.Model is GptModel model)
        {
            GptCheckpoint.Save(model, folder);
        }
        else
        {
            Directory.CreateDirectory(folder);
            AdapterFolder.SaveMerged(Path.Combine(folder, GptCheckpoint.WeightsFileName), adapters);
        }
    }

    public LoraAdapters Wrap(TrainingRequest request, RandomSource source)
        => LoraAdapters.Wrap(
            Problem.Model,
            request.Adapters with { Targets = TargetModules.Named([.. request.Targets.Count > 0 ? request.Targets : AllTargets]) },
            source);
}
