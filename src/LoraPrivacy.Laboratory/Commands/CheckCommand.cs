using LoraPrivacy.CommandLine.Plots;
using LoraPrivacy.Laboratory.Checking;
using LoraPrivacy.Protocol;
using Spectre.Console;

namespace LoraPrivacy.Laboratory.Commands;

/// <summary>The verb <c>check</c>: holds the production path against the reference, claim by claim.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Option<string> device = new("--device")
        {
            Description = "auto (CUDA where there is one, else the CPU), cpu, cuda or cuda:N.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "auto",
        };
        Option<bool> quick = new("--quick") { Description = "Fewer draws and steps, in some 20 seconds." };
        Option<long> seed = CommonOptions.Seed("The seed of all chance");
        Option<bool> json = CommonOptions.Json();
        Option<string?> plot = ChartFile.Option("Draw the measured noise against the rank, on the exact line,");
        Option<string?> file = CommonOptions.Out();
        DetailedCommand command = new(
            "check",
            "Train and sample the production path on the bundled data, and hold it against the reference.",
            $"""
            Each claim names a statement of spec/, the exact value, what was observed and what is allowed. A verdict
            that rests on draws fails a right production path with probability at most 1e-9. Where a claim fails, its
            formula is named and the exit code is {ExitCode.ClaimFails}.

            Examples
              lora-lab check
              lora-lab check --quick --json
              lora-lab check --seed 7 --plot noise.svg

            """)
        {
            device, quick, seed, json, plot, file,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                CheckSettings settings = new(Choose(parsed.GetValue(device)!), parsed.GetValue(seed), parsed.GetValue(quick));
                CheckReport report = ProgressDisplay.Run(settings, cancellation);
                if (parsed.GetValue(plot) is string path)
                {
                    ChartFile.Save(NoiseChart.Of(report.Noise), path);
                }

                if (parsed.GetValue(json))
                {
                    CommandOutput.Write(parsed.GetValue(file), CheckRendering.Json(report));
                }
                else
                {
                    CommandOutput.Write(parsed.GetValue(file), console => CheckRendering.WriteText(console, report), CheckRendering.Width);
                }

                return Verdict(report, Console.Error);
            },
            cancellation));
        return command;
    }

    /// <summary>The exit code of a report; what fails is named with its formula.</summary>
    internal static int Verdict(CheckReport report, TextWriter error)
    {
        if (report.Failures.Count == 0)
        {
            return ExitCode.Success;
        }

        error.WriteLine(
            $"lora-lab: {report.Failures.Count} of {report.Claims.Count()} claims fail: "
            + string.Join("; ", report.Failures.Select(claim => $"{claim.Title} ({claim.Statement ?? "no statement"}: {claim.Formula})")));
        return ExitCode.ClaimFails;
    }

    private static TorchSharp.torch.Device Choose(string name)
    {
        try
        {
            return ComputeDevice.Choose(name);
        }
        catch (ArgumentException failure)
        {
            throw new InputException("--" + QueryAnswerer.MessageOf(failure), failure);
        }
        catch (LibtorchException failure)
        {
            throw new InputException(failure.Message, failure);
        }
    }

    /// <summary>Runs the check with its progress on standard error, where a person can see it.</summary>
    private static class ProgressDisplay
    {
        public static CheckReport Run(CheckSettings settings, CancellationToken cancellation)
        {
            if (Console.IsErrorRedirected)
            {
                return CheckRun.Of(settings, (_, _) => { }, cancellation);
            }

            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            return console.Progress().AutoClear(true).Start(progress =>
            {
                Dictionary<string, ProgressTask> tasks = CheckRun.Subjects.ToDictionary(subject => subject, subject => progress.AddTask(subject, maxValue: 1));
                return CheckRun.Of(settings, (subject, part) => tasks[subject].Value = Math.Max(part, tasks[subject].Value), cancellation);
            });
        }
    }
}
