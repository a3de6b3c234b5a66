namespace LoraPrivacy.Laboratory.Checking;

/// <summary>Trains the base models from scratch, all parameters, in float32.</summary>
internal static class Pretraining
{
    /// <summary>Trains a task's model and keeps its weights.</summary>
    /// <param name="task">The model and its data.</param>
    /// <param name="steps">How many steps of AdamW.</param>
    /// <param name="batchSize">The examples of a step.</param>
    /// <param name="source">Where batches come from.</param>
    /// <param name="report">Told the part that is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static void Run(BundledTask task, int steps, int batchSize, RandomSource source, Action<double> report, CancellationToken cancellation)
    {
        LearningProblem problem = task.Load(ScalarType.Float32);
        TrainingOptions options = new()
        {
            Steps = steps,
            BatchSize = batchSize,
            MicroBatchSize = batchSize,
            Schedule = new LearningRateSchedule { Peak = 6e-3, Warmup = steps / 20, Decay = LearningRateDecay.Cosine },
        };
        using (Trainer trainer = new(problem, options, source))
        {
            while (trainer.CompletedSteps < steps)
            {
                cancellation.ThrowIfCancellationRequested();
                CollectionSchedule.BetweenSteps();
                trainer.Step();
                report((double)trainer.CompletedSteps / steps);
            }
        }

        task.Keep(problem.Model);
        problem.Model.Dispose();
    }
}
