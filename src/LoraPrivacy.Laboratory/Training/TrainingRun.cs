namespace LoraPrivacy.Laboratory.Training;

/// <summary>Runs the training of a request, from its data to the files of its result.</summary>
internal static class TrainingRun
{
    private const long HeldOutExamples = 512;

    // Saving the state of a large model takes its time.
    private static readonly TimeSpan PatienceWithSaving = TimeSpan.FromMinutes(5);

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; what to do next has been said on standard error.</exception>
    public static int Run(TrainingRequest request, CancellationToken cancellation)
    {
        OutputFolders folders = new(request);
        string? checkpoint = folders.Prepare();
        Device device = ComputeDevice.Choose(request.Device);
        RandomSource source = checkpoint is not null ? Checkpoint.Source(checkpoint)
            : request.Seed is long seed ? RandomSource.FromSeed(seed) : RandomSource.Fresh();
        if (source.IsFromSeed != (request.Seed is not null))
        {
            throw new InputException($"--resume: the training was begun {(source.IsFromSeed ? "with" : "without")} --seed, and goes on with the same options");
        }

        using var scope = NewDisposeScope();
        TrainingSubject subject = TrainingSubject.Create(request, source, device);
        TrainingOptions options = request.OptionsFor(subject);
        options.Validate(subject.Problem.ExampleCount);
        double? before;
        Trainer started;
        try
        {
            if (checkpoint is null)
            {
                Check(request, folders, subject, source, device);
            }

            Pretrain(subject, cancellation);
            before = HeldOutLoss(request, subject);
            LoraAdapters adapters = subject.Wrap(request, source);
            started = new(subject.Problem, adapters, options, source, request.Seed is null ? new DpSgdAccountant() : null);
            if (checkpoint is null)
            {
                folders.RequireRoom(Room(request, adapters));
                folders.Clear();
                if (request.BaseFolder is null)
                {
                    // B is 0 still: the effective weights are the base's.
                    subject.SaveMerged(adapters, Path.Combine(request.Output, TrainingSubject.BaseFolderName));
                }
            }
        }
        catch when (checkpoint is null)
        {
            folders.Undo();
            throw;
        }

        using Trainer trainer = started;
        if (checkpoint is not null)
        {
            Checkpoint.Resume(checkpoint, trainer);
        }

        Console.Error.WriteLine($"{subject.ModelDescription}; {subject.DataDescription}; {trainer.Buffer.Count} trained parameters; libtorch {Libtorch.RequiredVersion} on {ComputeDevice.Describe(device)}");
        if (request.IsPrivate)
        {
            Console.Error.WriteLine("What is shown while training is computed from the data without noise: it is private, as is " + folders.Private);
        }

        Interruption.Patience = PatienceWithSaving;
        bool finished;
        double? after;
        try
        {
            finished = TrainingDisplay.Show("step", progress => Train(trainer, request, folders, progress, cancellation), subject.Unit, SeedIsGiven(request));
            after = finished ? HeldOutLoss(request, subject) : null;
        }
        catch when (!Directory.Exists(folders.Checkpoints))
        {
            // Without a checkpoint there is nothing to go on from: the next training finds the folders as this one did.
            folders.Undo();
            throw;
        }

        if (!finished)
        {
            Console.Error.WriteLine($"interrupted after {trainer.CompletedSteps} of {options.Steps} steps; saved, with the secret key of the randomness, in {folders.Saved}");
            Console.Error.WriteLine($"to go on: {request.CommandLine}{(request.Resume ? "" : " --resume")}");
            throw new OperationCanceledException(cancellation);
        }

        TrainingResult result = new(request, subject, trainer, ComputeDevice.Describe(device), before, after, folders.Private);
        try
        {
            result.Write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            folders.Save(trainer);
            throw new InputException($"the result cannot be written: {failure.Message}; the finished training is saved, and {request.CommandLine}{(request.Resume ? "" : " --resume")} writes it once it can be", failure);
        }

        // The key is not needed any more, and the folder may now be published as it is.
        folders.RemoveCheckpoints();

        StandardOutput.Write(result.Text());
        return ExitCode.Success;
    }

    /// <summary>Makes the folders, after a trial of what would otherwise fail when the base has been pre-trained.</summary>
    private static void Check(TrainingRequest request, OutputFolders folders, TrainingSubject subject, RandomSource source, Device device)
    {
        using var scope = NewDisposeScope();
        LoraAdapters? trial = subject.Pretrain is null ? null : TrainingSubject.Create(request, source, device).Wrap(request, source);
        folders.Create();
        if (trial is not null)
        {
            folders.RequireRoom(Room(request, trial));
        }
    }

    // The base and what is merged, the adapter, and two checkpoints of parameters, two moments and the adapter, in four bytes each.
    private static long Room(TrainingRequest request, LoraAdapters adapters)
    {
        int copies = (request.BaseFolder is null ? 1 : 0) + (request.Training.FreshA ? 1 : 0);
        return (copies * adapters.Model.parameters().Sum(parameter => parameter.numel() * parameter.element_size()))
            + (36 * adapters.TrainableParameters.Sum(parameter => parameter.numel()));
    }

    private static void Pretrain(TrainingSubject subject, CancellationToken cancellation)
    {
        try
        {
            _ = subject.Pretrain is { } pretrain && TrainingDisplay.Show("pre-training", progress =>
            {
                pretrain(progress, cancellation);
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("interrupted while the base was pre-trained; nothing was written");
            throw;
        }
    }

    private static bool Train(
        Trainer trainer, TrainingRequest request, OutputFolders folders, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        while (!trainer.Run(progress, Next(trainer, request), cancellation))
        {
            folders.Save(trainer);
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static long Next(Trainer trainer, TrainingRequest request)
        => request.CheckpointEvery is int every ? (trainer.CompletedSteps / every + 1) * every : long.MaxValue;

    private static double? HeldOutLoss(TrainingRequest request, TrainingSubject subject)
    {
        double? loss = subject.HeldOut?.MeanLoss(HeldOutExamples);
        return loss is not double value || double.IsFinite(value) ? loss
            : request.IsPrivate ? throw new ArithmeticException($"the loss on held-out data is {value}; a lower learning rate may help")
            : null;
    }

    private static string? SeedIsGiven(TrainingRequest request) => request.IsPrivate && request.Seed is not null ? "the seed was given" : null;
}
