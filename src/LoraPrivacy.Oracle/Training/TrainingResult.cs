using System.Globalization;
using System.Text;
using System.Text.Json;
using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Production.Data;
using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Native;
using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Production.Training;

namespace LoraPrivacy.Oracle.Training;

/// <summary>The result of a finished training: its files, and what is printed about it.</summary>
internal sealed class TrainingResult(
    TrainingRequest request, TrainingSubject subject, Trainer trainer, string device, double? lossBefore, double? lossAfter)
{
    /// <summary>The record of what was run, which <c>audit</c> reads as the trainer's claim.</summary>
    public const string FileName = "training.json";

    /// <summary>The folder of the merged model, where A was fresh at every step.</summary>
    public const string MergedFolderName = "merged";

    private readonly double? epsilon = trainer.Options.Privacy is DpSgdParameters mechanism
        ? new DpSgdAccountant().EpsilonSoFar(mechanism, trainer.CompletedSteps, trainer.Options.Delta)
        : null;

    /// <summary>Writes the files, the record last.</summary>
    public void Write()
    {
        LoraAdapters adapters = trainer.Adapters!;
        if (trainer.Options.FreshA)
        {
            subject.SaveMerged(adapters, Path.Combine(request.Output, MergedFolderName));
        }
        else
        {
            bool isText = subject.Problem.Model is GptModel;
            string prefix = isText ? "transformer." : "";
            AdapterFolder.Save(
                request.Output,
                adapters,
                AdapterFolder.ConfigurationOf(adapters, prefix) with { BaseModel = request.BaseFolder ?? TrainingSubject.BaseFolderName, TaskType = isText ? "CAUSAL_LM" : null },
                prefix);
        }

        AtomicFile.Write(Path.Combine(request.Output, FileName), JsonSerializer.SerializeToUtf8Bytes(Record(), JsonLayout.Indented));
    }

    /// <summary>What is printed at the end.</summary>
    public string Text()
    {
        StringBuilder text = new();
        if (lossBefore is double before && lossAfter is double after)
        {
            text.Append(CultureInfo.InvariantCulture, $"Loss on held-out data: {before:0.0000} before, {after:0.0000} after {trainer.CompletedSteps} steps.\n");
        }

        foreach (string line in Statement())
        {
            text.Append(line).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"Written: {request.Output}\n").ToString();
    }

    private IReadOnlyList<string> Statement() => PrivacyStatement.Of(request, subject, trainer.Options.Privacy, epsilon);

    private Dictionary<string, object?> Record()
    {
        TrainingOptions options = trainer.Options;
        DpSgdParameters? mechanism = options.Privacy;
        return new()
        {
            ["model"] = subject.ModelDescription,
            ["tokenizer"] = subject.Problem.Model is GptModel gpt ? ByteTokenizer.For(gpt.Configuration.Vocabulary).Name : null,
            ["data"] = subject.DataDescription,
            ["example"] = subject.ExampleDescription,
            ["examples"] = subject.Problem.ExampleCount,
            ["initialization"] = request.Adapters.Initialization.Name,
            ["frozenA"] = !request.Adapters.TrainsA,
            ["freshA"] = options.FreshA,
            ["mechanism"] = mechanism is null ? "none" : "DP-SGD",
            ["noiseMultiplier"] = mechanism?.NoiseMultiplier,
            ["clippingNorm"] = mechanism?.ClippingNorm,
            ["samplingRate"] = mechanism?.SamplingRate,
            ["neighbouringRelation"] = mechanism is null ? null : "add-remove",
            ["secretSeed"] = request.Seed is null,
            ["steps"] = trainer.CompletedSteps,
            ["epsilon"] = epsilon,
            ["delta"] = mechanism is null ? null : options.Delta,
            ["batchSize"] = mechanism is null ? options.BatchSize : null,
            ["microBatchSize"] = options.MicroBatchSize,
            ["optimizer"] = options.Optimizer.ToString(),
            ["schedule"] = options.Schedule.ToString(),
            ["maxGradientNorm"] = options.MaxGradientNorm,
            ["precision"] = request.Precision.ToString(),
            ["trainedParameters"] = trainer.Buffer.Count,
            ["heldOutLossBefore"] = Finite(lossBefore),
            ["heldOutLossAfter"] = Finite(lossAfter),
            ["libtorch"] = Libtorch.RequiredVersion.ToString(),
            ["device"] = device,
            ["statement"] = Statement(),
        };
    }

    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
