using System.Text;

namespace LoraPrivacy.Laboratory.Training;

/// <summary>The result of a finished training: its files, and what is printed about it.</summary>
internal sealed class TrainingResult(
    TrainingRequest request, TrainingSubject subject, Trainer trainer, string device, double? lossBefore, double? lossAfter, string privateFolder)
{
    /// <summary>The record of what was run, which <c>audit</c> reads as the trainer's claim.</summary>
    public const string FileName = "training.json";

    /// <summary>The folder of the merged model, where A was fresh at every step.</summary>
    public const string MergedFolderName = "merged";

    // Noise from a seed that was given is no noise to who knows the seed.
    private readonly double? epsilon = trainer.Options.Privacy is DpSgdParameters mechanism && request.Seed is null
        ? new DpSgdAccountant().EpsilonSoFar(mechanism, trainer.CompletedSteps, trainer.Options.Delta)
        : null;

    /// <summary>Writes the files, the record last.</summary>
    public void Write()
    {
        LoraAdapters adapters = trainer.Adapters!;
        if (request.IsPrivate)
        {
            AtomicFile.Write(Path.Combine(privateFolder, OutputFolders.PrivateFileName), PrivateRecord());
        }

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
        if (!request.IsPrivate && lossBefore is double before && lossAfter is double after)
        {
            text.Append(CultureInfo.InvariantCulture, $"Loss on held-out data: {before:0.0000} before, {after:0.0000} after {trainer.CompletedSteps} steps.\n");
        }

        foreach (string line in Statement())
        {
            text.Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"Written{(request.IsPrivate ? ", to publish" : "")}: {request.Output}\n");
        if (request.IsPrivate)
        {
            text.Append(CultureInfo.InvariantCulture, $"Written, private, with the losses and the number of examples: {privateFolder}\n");
        }

        return text.ToString();
    }

    private IReadOnlyList<string> Statement() => PrivacyStatement.Of(request, subject, trainer.Options.Privacy, epsilon);

    private Dictionary<string, object?> Record()
    {
        TrainingOptions options = trainer.Options;
        DpSgdParameters? mechanism = options.Privacy;
        NoiseLattice? lattice = mechanism is null ? null : new NoiseLattice(mechanism);
        Dictionary<string, object?> record = new()
        {
            ["model"] = subject.ModelDescription,
            ["tokenizer"] = subject.Problem.Model is GptModel gpt ? ByteTokenizer.For(gpt.Configuration.Vocabulary).Name : null,
            ["data"] = subject.DataDescription,
            ["example"] = subject.ExampleDescription,
            ["unit"] = mechanism is null ? null : subject.Unit,
            ["featureRanges"] = subject.FeatureRanges?.Select(range => new[] { range.Low, range.High }),
            ["initialization"] = request.Adapters.Initialization.Name,
            ["frozenA"] = !request.Adapters.TrainsA,
            ["freshA"] = options.FreshA,
            ["mechanism"] = mechanism is null ? "none" : "DP-SGD",
            ["noiseMultiplier"] = mechanism?.NoiseMultiplier,
            ["clippingNorm"] = mechanism?.ClippingNorm,
            ["samplingRate"] = mechanism?.SamplingRate,
            ["expectedBatchSize"] = mechanism?.ExpectedBatchSize,
            ["publicSize"] = mechanism is null ? null : subject.PublicSize,
            ["noiseSampler"] = mechanism?.Sampler.ToString().ToLowerInvariant(),
            ["noiseGranularity"] = lattice is null ? null : $"2^{Math.ILogB(lattice.Granularity)}",
            ["noiseDeviation"] = lattice?.Deviation * lattice?.Granularity,
            ["sensitivity"] = mechanism?.ClippingNorm,
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
            ["libtorch"] = Libtorch.RequiredVersion.ToString(),
            ["device"] = device,
            ["statement"] = Statement(),
        };
        if (mechanism is null)
        {
            Measured().ToList().ForEach(entry => record.Add(entry.Key, entry.Value));
        }

        return record;
    }

    // The mark is the first line of the file, which is JSON all the same.
    private string PrivateRecord()
    {
        Dictionary<string, object?> record = new()
        {
            ["PRIVATE"] = "Do not publish: computed from the data without noise, and covered by no guarantee (S31).",
            ["dataFile"] = request.DataFile,
            ["heldOutFile"] = request.HeldOutFile,
            ["linesThatAreNoRecord"] = subject.Dropped,
        };
        string json = JsonSerializer.Serialize(record.Concat(Measured()).ToDictionary(), JsonLayout.Indented);
        return "{ " + json[json.IndexOf('"')..];
    }

    /// <summary>What is computed from the data without noise.</summary>
    private Dictionary<string, object?> Measured() => new()
    {
        ["examples"] = subject.Problem.ExampleCount,
        ["heldOutExamples"] = subject.HeldOut?.ExampleCount,
        ["heldOutLossBefore"] = lossBefore,
        ["heldOutLossAfter"] = lossAfter,
    };
}
