using LoraPrivacy.Oracle.Commands;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Production;
using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Native;
using LoraPrivacy.Production.Randomness;
using LoraPrivacy.Production.Training;
using static TorchSharp.torch;

namespace LoraPrivacy.Oracle.Training;

/// <summary>Runs the training of a request, from its data to the files of its result.</summary>
internal static class TrainingRun
{
    private const string CheckpointFolderName = "checkpoint";
    private const long HeldOutExamples = 512;

    // Saving the state of a large model takes its time.
    private static readonly TimeSpan PatienceWithSaving = TimeSpan.FromMinutes(5);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">It was interrupted; what to do next has been said on standard error.</exception>
    public static int Run(TrainingRequest request, CancellationToken cancellation)
    {
        string checkpoints = Path.Combine(request.Output, CheckpointFolderName);
        string? checkpoint = PrepareFolder(request, checkpoints);
        Device device = ComputeDevice.Choose(request.Device);
        RandomSource source = checkpoint is not null ? Checkpoint.Source(checkpoint)
            : request.Seed is long seed ? RandomSource.FromSeed(seed) : RandomSource.Fresh();
        using var scope = NewDisposeScope();
        TrainingSubject subject = CreateSubject(request, source, device, cancellation);
        TrainingOptions options = request.OptionsFor(subject.Problem.ExampleCount);
        options.Validate(subject.Problem.ExampleCount);
        double? before = HeldOutLoss(subject);
        LoraAdapters adapters = subject.Wrap(request, source);
        using Trainer trainer = new(subject.Problem, adapters, options, source, new DpSgdAccountant());
        if (checkpoint is not null)
        {
            Checkpoint.Resume(checkpoint, trainer);
        }
        else
        {
            Directory.CreateDirectory(request.Output);
            if (request.BaseFolder is null)
            {
                // B is 0 still: the effective weights are the base's.
                subject.SaveMerged(adapters, Path.Combine(request.Output, TrainingSubject.BaseFolderName));
            }
        }

        Console.Error.WriteLine($"{subject.ModelDescription}; {subject.DataDescription}; {trainer.Buffer.Count} trained parameters; libtorch {Libtorch.RequiredVersion} on {ComputeDevice.Describe(device)}");
        Interruption.Patience = PatienceWithSaving;
        bool finished;
        try
        {
            finished = TrainingDisplay.Show("step", progress => Train(trainer, request, checkpoints, progress, cancellation));
        }
        catch when (!Directory.Exists(checkpoints))
        {
            // Without a checkpoint there is nothing to go on from: the next training finds the folder as this one did.
            RemoveBase(request);
            throw;
        }

        if (!finished)
        {
            Console.Error.WriteLine($"interrupted after {trainer.CompletedSteps} of {options.Steps} steps; saved, with the secret key of the randomness, in {checkpoints}");
            Console.Error.WriteLine($"to go on: {request.CommandLine}{(request.Resume ? "" : " --resume")}");
            throw new OperationCanceledException(cancellation);
        }

        TrainingResult result = new(request, subject, trainer, ComputeDevice.Describe(device), before, HeldOutLoss(subject));
        result.Write();

        // The key is not needed any more, and the folder may now be published as it is.
        if (Directory.Exists(checkpoints))
        {
            Directory.Delete(checkpoints, recursive: true);
        }

        StandardOutput.Write(result.Text());
        return ExitCode.Success;
    }

    private static TrainingSubject CreateSubject(TrainingRequest request, RandomSource source, Device device, CancellationToken cancellation)
    {
        try
        {
            return TrainingDisplay.Show("pre-training", progress => TrainingSubject.Create(request, source, device, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("interrupted while the base was pre-trained; nothing was written");
            throw;
        }
    }

    private static bool Train(
        Trainer trainer, TrainingRequest request, string checkpoints, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        while (!trainer.Run(progress, Next(trainer, request), cancellation))
        {
            Checkpoint.Save(checkpoints, trainer);
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static long Next(Trainer trainer, TrainingRequest request)
        => request.CheckpointEvery is int every ? (trainer.CompletedSteps / every + 1) * every : long.MaxValue;

    private static string? PrepareFolder(TrainingRequest request, string checkpoints)
    {
        if (File.Exists(request.Output))
        {
            throw new InputException($"--output {request.Output}: is a file, not a folder");
        }

        if (request.Resume)
        {
            return Checkpoint.Latest(checkpoints) ?? throw new InputException($"--resume: {checkpoints} has no checkpoint");
        }

        if (Directory.Exists(request.Output) && Directory.EnumerateFileSystemEntries(request.Output).Any())
        {
            if (!request.Force)
            {
                throw new InputException($"--output {request.Output}: is not empty; --resume goes on from its checkpoint, --force replaces what it holds");
            }

            foreach (string name in new[] { CheckpointFolderName, TrainingSubject.BaseFolderName, TrainingResult.MergedFolderName })
            {
                if (Directory.Exists(Path.Combine(request.Output, name)))
                {
                    Directory.Delete(Path.Combine(request.Output, name), recursive: true);
                }
            }

            foreach (string name in new[] { "adapter_model.safetensors", PeftConfiguration.FileName, TrainingResult.FileName })
            {
                File.Delete(Path.Combine(request.Output, name));
            }
        }

        return null;
    }

    private static void RemoveBase(TrainingRequest request)
    {
        string folder = Path.Combine(request.Output, TrainingSubject.BaseFolderName);
        if (request.BaseFolder is null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (!Directory.EnumerateFileSystemEntries(request.Output).Any())
        {
            Directory.Delete(request.Output);
        }
    }

    private static double? HeldOutLoss(TrainingSubject subject) => subject.HeldOut?.MeanLoss(HeldOutExamples);
}
