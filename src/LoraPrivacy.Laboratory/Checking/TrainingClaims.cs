namespace LoraPrivacy.Laboratory.Checking;

/// <summary>That training works at all: pre-training, LoRA fine-tuning, merging.</summary>
internal static class TrainingClaims
{
    private const int HeldOutExamples = 256;

    /// <summary>The base model of text against the best guess without context.</summary>
    public static Claim TextBase(TextTask task)
    {
        LearningProblem problem = task.Load(ScalarType.Float32);
        double loss = Loss(task.HeldOutOf(problem, ScalarType.Float32, HeldOutExamples));
        problem.Model.Dispose();
        return Claim.AtMost(null, "text: held-out loss after pre-training", "below the entropy of single bytes", loss, task.UnigramLoss(HeldOutExamples)) with
        {
            Detail = $"nats a byte, {HeldOutExamples} examples of {TextTask.Length} bytes; bound: the loss of the training text's byte frequencies",
        };
    }

    /// <summary>Fine-tuning with adapters, and the merged model.</summary>
    public static IEnumerable<Claim> FineTuning(BundledTask task, int steps, RandomSource source, CancellationToken cancellation)
    {
        LoraConfiguration configuration = new() { Rank = 8, Alpha = 16, TrainsA = true, Targets = task.Targets };
        using AdaptedModel model = task.Adapt(configuration, source, ScalarType.Float32);
        LearningProblem heldOut = task.HeldOutOf(model.Problem, ScalarType.Float32, HeldOutExamples);
        double before = Loss(heldOut);
        TrainingOptions options = new() { Steps = steps, BatchSize = 16, MicroBatchSize = 16, Schedule = new LearningRateSchedule { Peak = 3e-3 } };
        using (Trainer trainer = new(model.Problem, model.Adapters, options, source))
        {
            while (trainer.CompletedSteps < steps)
            {
                cancellation.ThrowIfCancellationRequested();
                CollectionSchedule.BetweenSteps();
                trainer.Step();
            }
        }

        double after = Loss(heldOut);
        yield return Claim.AtMost(null, $"{task.Name}: held-out loss after LoRA fine-tuning", "below that of the base model", after, before) with
        {
            Detail = $"{steps} steps of AdamW on rank 8, A trained; bound: the loss before",
        };
        foreach (LoraLinear layer in model.Adapters.Layers)
        {
            layer.Merge();
        }

        yield return Claim.Near(null, $"{task.Name}: held-out loss of the merged model", "W + s B A", after, Loss(heldOut), 1e-5 * after) with
        {
            Detail = "float32; the same model after its adapters are merged",
        };
    }

    public static double Loss(LearningProblem problem)
    {
        const int piece = 64;
        problem.Model.eval();
        using var frozen = no_grad();
        double sum = 0;
        for (int start = 0; start < problem.ExampleCount; start += piece)
        {
            using var scope = NewDisposeScope();
            long[] examples = [.. Enumerable.Range(start, (int)Math.Min(piece, problem.ExampleCount - start)).Select(example => (long)example)];
            sum += problem.ExampleLosses(examples).sum().to(ScalarType.Float64).item<double>();
        }

        return sum / problem.ExampleCount;
    }
}
