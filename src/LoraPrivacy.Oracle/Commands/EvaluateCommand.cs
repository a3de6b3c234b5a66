using LoraPrivacy.Oracle.Protocol;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>evaluate</c>: answers queries, one JSON object a line.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string?> file = CommonOptions.Out();
        Option<double?> timeout = CommonOptions.Real(
            "--query-timeout", $"How long computing an answer may take (default {EvaluationLoop.UsualLimit.TotalSeconds}); then the answer is the error too-expensive.",
            new NumberKind(0.001, 86400), "S");
        DetailedCommand command = new(
            "evaluate",
            "Answer queries from standard input, one JSON object a line, in order.",
            $$$"""
            Query:
              {"id":7,"op":"product/delta-floor","params":{"rank":2,"angle":0.5}}
            Answer:
              {"id":7,"op":"product/delta-floor","statement":"S12","result":{"value":…}}
              {"id":7,"error":{"code":"out-of-range","parameter":"rank","message":"…"}}
              The codes are bad-json, unknown-op, bad-params, out-of-range and too-expensive. Infinities are the
              strings "Infinity" and "-Infinity". Other numbers are written so that they read back unchanged. A δ
              or ε above 0 that is too small for a double is rounded up to the smallest, 5E-324.

            {{{string.Join("\n", OperationText.Help())}}}

            It is also a testee of `lora-oracle conform`, and answers hello (spec/conformance.md).

            """)
        {
            file, timeout,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file), parsed.GetValue(timeout) is double seconds ? TimeSpan.FromSeconds(seconds) : EvaluationLoop.UsualLimit, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? path, TimeSpan limit, CancellationToken cancellation)
    {
        using Stream input = StandardInput.Open();
        if (path is null)
        {
            await new EvaluationLoop(input, StandardOutput.Open(), Operations.Reference, limit).RunAsync(cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        }

        using AtomicFile file = new(path);
        await new EvaluationLoop(input, file.Stream, Operations.Reference, limit).RunAsync(cancellation).ConfigureAwait(false);
        file.Commit();
        return ExitCode.Success;
    }
}
