namespace LoraPrivacy.Laboratory.Checking;

/// <summary>An adapter that is saved in PEFT's files and loaded into a fresh model gives the same outputs, bit for bit.</summary>
internal static class AdapterFileClaims
{
    /// <summary>The claim, in a temporary folder that is removed.</summary>
    public static Claim Of(BundledTask task, RandomSource source)
    {
        using AdaptedModel model = task.Adapt(new LoraConfiguration { Rank = 4, Alpha = 8, TrainsA = true, Targets = task.Targets }, source, ScalarType.Float32, 0, 16);
        using (Trainer trainer = model.FullBatchTrainer(0.5, 3))
        {
            trainer.Run();
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("lora-oracle-check-");
        try
        {
            AdapterFolder.Save(folder.FullName, model.Adapters);
            LearningProblem fresh = task.Load(ScalarType.Float32);
            AdapterFolder.Load(folder.FullName, fresh.Model);
            double distance = Distance(model.Problem, fresh, model.AllExamples);
            LearningProblem unadapted = task.Load(ScalarType.Float32);
            double moved = Distance(model.Problem, unadapted, model.AllExamples);
            fresh.Model.Dispose();
            unadapted.Model.Dispose();
            return Claim.Near(null, $"{task.Name}: adapter saved and loaded, change of losses", "adapter_model.safetensors holds A and B bit for bit", 0, distance, 0) with
            {
                Detail = FormattableString.Invariant($"16 examples, float32, 3 steps trained; without the adapter the change is {moved:G2}"),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Distance(LearningProblem one, LearningProblem other, long[] examples)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        one.Model.eval();
        other.Model.eval();
        return (one.ExampleLosses(examples) - other.ExampleLosses(examples)).abs().max().to(ScalarType.Float64).item<double>();
    }
}
