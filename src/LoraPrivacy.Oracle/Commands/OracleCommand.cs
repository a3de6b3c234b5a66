using System.CommandLine;
using System.CommandLine.Help;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Output;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The command <c>lora-oracle</c>: its verbs, and what its failures look like.</summary>
internal static class OracleCommand
{
    /// <summary>Parses and runs a command line.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            // A word that fits nowhere explains the other errors, such as a missing command.
            string problem = parsed.UnmatchedTokens.Count > 0
                ? $"unrecognised command or argument '{parsed.UnmatchedTokens[0]}'"
                : parsed.Errors[0].Message;
            return Fail(problem + " (see --help)", ExitCode.BadInput);
        }

        // Interrupts are ours to handle: the library's own handler ends the process before files are cleaned up.
        using Interruption interruption = new();
        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
        }
        catch (InputException failure)
        {
            return Fail(failure.Message, ExitCode.BadInput);
        }
        catch (ArgumentException failure)
        {
            // The reference's own checks: their messages name the parameter, its value and the allowed range.
            return Fail(failure.Message.Split(" (Parameter")[0], ExitCode.BadInput);
        }
        catch (ArithmeticException failure)
        {
            return TooExtreme(failure);
        }
        catch (AggregateException failures) when (failures.GetBaseException() is ArithmeticException failure)
        {
            return TooExtreme(failure);
        }
        catch (OperationCanceledException)
        {
            return interruption.ExitCode;
        }
        catch (IOException) when (StandardOutput.IsClosed)
        {
            // The reader of a pipe, such as head, has seen enough.
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Fail(failure.Message, ExitCode.BadInput);
        }
#pragma warning disable CA1031 // The last resort: one line instead of a stack trace.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Fail($"internal failure: {failure.GetType().Name}: {failure.Message}", ExitCode.InternalFailure);
        }
    }

    /// <summary>The command with all its verbs.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new(
            "The correctness oracle for the privacy of LoRA: exact gradient laws, exact privacy curves, and what is and is not private.")
        {
            CheckCommand.Create(),
            AssessCommand.Create(),
            AuditCommand.Create(),
            LawCommand.Create(),
            CurveCommand.Create(),
            EpsilonCommand.Create(),
            BoundsCommand.Create(),
            AccountCommand.Create(),
            ReportCommand.Create(),
            TraceCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ConformCommand.Create(),
            TesteeProductionCommand.Create(),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new DetailedHelpAction((HelpAction)help.Action!);
        }

        return root;
    }

    private static int TooExtreme(ArithmeticException failure)
        => Fail($"the values given are too extreme to compute with: {failure.Message}", ExitCode.BadInput);

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"lora-oracle: error: {OneLine.Of(message)}");
        return code;
    }
}
