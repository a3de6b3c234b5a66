using LoraPrivacy.Oracle.Audit;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>audit</c>: what a PEFT adapter's files say, and what they cannot say, about privacy.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("ADAPTER_FOLDER") { Description = "A folder with adapter_config.json and adapter_model.safetensors." };
        Option<bool> json = CommonOptions.Json();
        Option<string?> file = CommonOptions.Out();
        DetailedCommand command = new(
            "audit",
            "Say what a PEFT adapter's initialisation, factors and release imply, and what cannot be certified.",
            $"""
            ADAPTER_FOLDER
              As PEFT saves a LoRA adapter. A training.json in it is reported as its trainer's claim (all
              members are optional): initialization, frozenA, mechanism, noiseMultiplier,
              clippingNorm, samplingRate, steps, neighbouringRelation, unit, secretSeed, epsilon, delta.

            Exit code 0 means that the audit ran, not that the adapter is private: weights cannot show that.
            Exit code {ExitCode.ClaimRefuted} means that the claimed epsilon is below what is proved to be the least for the
            claimed noise, sampling rate, steps and delta: the claim is wrong.

            Examples
              lora-oracle audit ./my-adapter
              lora-oracle audit ./my-adapter --json

            """)
        {
            folder, json, file,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed.GetValue(folder)!, parsed.GetValue(json), parsed.GetValue(file), cancellation), cancellation));
        return command;
    }

    private static int Run(string folder, bool asJson, string? file, CancellationToken cancellation)
    {
        Report report = AdapterAudit.Of(folder, cancellation);
        if (asJson)
        {
            CommandOutput.Write(file, ReportRendering.Json(report));
        }
        else
        {
            CommandOutput.Write(file, console => ReportRendering.WriteText(console, report));
        }

        if (report.Facts.FirstOrDefault(fact => fact.Name == AdapterAudit.RefutationName) is { } refutation)
        {
            Console.Error.WriteLine($"lora-oracle: claim refuted: {refutation.Value.Text}");
            return ExitCode.ClaimRefuted;
        }

        return ExitCode.Success;
    }
}
