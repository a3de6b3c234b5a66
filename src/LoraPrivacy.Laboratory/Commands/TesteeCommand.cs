using LoraPrivacy.Laboratory.Testee;

namespace LoraPrivacy.Laboratory.Commands;

/// <summary>The verb <c>testee-production</c>: the production path as a testee of <c>conform</c>.</summary>
internal static class TesteeCommand
{
    public static Command Create()
    {
        DetailedCommand command = new(
            "testee-production",
            "Answer conformance queries with the production path: real layers, gradients and draws.",
            $"""
            It answers {string.Join(" and ", ProductionOperations.All.Listed.Select(operation => operation.Name))} in libtorch, and sees no reference value.

            Example
              lora-oracle conform -- lora-lab testee-production

            """);
        command.SetAction(async (_, cancellation) =>
        {
            using Stream input = StandardInput.Open();
            await new EvaluationLoop(input, StandardOutput.Open(), ProductionOperations.All, EvaluationLoop.UsualLimit).RunAsync(cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
