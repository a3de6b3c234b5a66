namespace LoraPrivacy.Laboratory.Commands;

/// <summary>The command <c>lora-lab</c>: what trains or draws with libtorch.</summary>
internal static class LaboratoryCommand
{
    public static CommandProgram Create() => new(
        "lora-lab",
        new RootCommand("The laboratory of LoraPrivacy: trains LoRA for real, and holds it against the exact reference.")
        {
            CheckCommand.Create(),
            TrainCommand.Create(),
            TesteeCommand.Create(),
        },
        "lora-oracle",
        ["assess", "audit", "law", "curve", "epsilon", "bounds", "account", "report", "trace", "evaluate", "conform"]);
}
