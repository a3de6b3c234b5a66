using System.CommandLine.Help;
using System.Reflection;
using LoraPrivacy.CommandLine.Output;

namespace LoraPrivacy.CommandLine;

/// <summary>Runs a command line, and says what went wrong in one line.</summary>
/// <param name="name">The command, as users type it.</param>
/// <param name="root">Its verbs.</param>
/// <param name="sibling">The other command.</param>
/// <param name="siblingVerbs">The verbs that the other command has.</param>
internal sealed class CommandProgram(string name, RootCommand root, string sibling, IReadOnlyCollection<string> siblingVerbs)
{
    private const string Help = "help";

    /// <summary>Options that had another name.</summary>
    private static readonly Dictionary<string, string> Former = new() { ["--relation"] = "--neighbours" };

    public static string Version { get; }
        = typeof(CommandProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public string Name => name;

    public RootCommand Root => root;

    public async Task<int> RunAsync(string[] arguments)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new DetailedHelpAction((HelpAction)help.Action!);
        }

        root.Subcommands.Add(new Command(Help, "Show the help of a verb: help VERB is VERB --help."));
        ParseResult parsed = root.Parse(arguments is [Help, .. string[] verb] ? [.. verb, "--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            // A word that fits nowhere explains the other errors, such as a missing command.
            string? word = Array.Find(arguments, Former.ContainsKey) ?? (parsed.UnmatchedTokens is [string first, ..] ? first : null);
            string problem = word is not null
                ? Unrecognised(word, parsed.CommandResult.Command)
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
        catch (Exception failure) when (failure is InputException or FileFormatException)
        {
            return Fail(failure.Message, ExitCode.BadInput);
        }
        catch (OutOfMemoryException)
        {
            return Fail("what is asked for does not fit into memory", ExitCode.BadInput);
        }
        catch (ArgumentException failure)
        {
            // The reference's own checks: their messages name the parameter, its value and the allowed range.
            return Fail(QueryAnswerer.MessageOf(failure), ExitCode.BadInput);
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
        catch (IOException failure) when (failure.HResult is > 0 and < 4096 && !failure.Message.Contains('\'', StringComparison.Ordinal))
        {
            // The system's own error, such as a full disk, and again no path.
            return Fail($"standard input or output cannot be used: {failure.Message}", ExitCode.BadInput);
        }
        catch (UnauthorizedAccessException failure) when (!failure.Message.Contains('\'', StringComparison.Ordinal))
        {
            // No path is named where a descriptor itself cannot be used.
            return Fail("standard input or output is closed, and cannot be used", ExitCode.BadInput);
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

    /// <summary>What to say of a word that fits nowhere: where it belongs, or what it resembles.</summary>
    private string Unrecognised(string word, Command command)
    {
        if (command == root && siblingVerbs.Contains(word))
        {
            return $"'{word}' is a verb of the other command: {sibling} {word}";
        }

        string[] known = [.. command.Subcommands.Cast<Symbol>().Concat(command.Options).Concat(root.Options.Where(option => option.Recursive)).Select(symbol => symbol.Name)];
        bool isFormer = Former.TryGetValue(word, out string? nearest) && known.Contains(nearest);
        nearest = isFormer ? nearest : known.MinBy(candidate => Distance(word, candidate));
        return $"unrecognised command or argument '{word}'"
            + (isFormer || nearest is not null && Distance(word, nearest) <= Math.Max(1, nearest.TrimStart('-').Length / 3) ? $"; did you mean '{nearest}'?" : "");
    }

    /// <summary>How many letters are to be put in, taken out, replaced, or exchanged with the next.</summary>
    private static int Distance(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                int best = i == 0 ? j : j == 0 ? i
                    : Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                distance[i, j] = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]
                    ? Math.Min(best, distance[i - 2, j - 2] + 1)
                    : best;
            }
        }

        return distance[left.Length, right.Length];
    }

    private int TooExtreme(ArithmeticException failure)
        => Fail($"the values given are too extreme to compute with: {failure.Message}", ExitCode.BadInput);

    private int Fail(string message, int code)
    {
        Console.Error.WriteLine($"{name}: error: {OneLine.Of(message)}");
        return code;
    }
}
