namespace LoraPrivacy.Oracle.Commands;

/// <summary>The command <c>lora-oracle</c>: it answers, and trains nothing.</summary>
internal static class OracleCommand
{
    public static CommandProgram Create() => new(
        "lora-oracle",
        new RootCommand("The correctness oracle for the privacy of LoRA: exact gradient laws, exact privacy curves, and what is and is not private.")
        {
            AssessCommand.Create(),
            AuditCommand.Create(),
            LawCommand.Create(),
            CurveCommand.Create(),
            EpsilonCommand.Create(),
            BoundsCommand.Create(),
            AccountCommand.Create(),
            ReportCommand.Create(),
            TraceCommand.Create(),
            EvaluateCommand.Create(),
            ConformCommand.Create(),
        },
        "lora-lab",
        ["check", "train", "testee-production"]);
}
