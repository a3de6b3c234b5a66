using System.Diagnostics;
using Spectre.Console;

namespace LoraPrivacy.Laboratory.Training;

/// <summary>Shows a training on standard error: a bar on a terminal, elsewhere a line every ten seconds and at the end.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    // The ε in a line is composed from all steps so far: that takes the fiftieth part of the time at most.
    private const int ShareOfDescription = 50;

    private readonly string name;
    private readonly string? unit;
    private readonly string? withoutEpsilon;
    private readonly ProgressTask? bar;
    private TimeSpan interval;
    private long last = Stopwatch.GetTimestamp();

    private TrainingDisplay(string name, string? unit, string? withoutEpsilon, ProgressTask? bar)
    {
        this.name = name;
        this.unit = unit;
        this.withoutEpsilon = withoutEpsilon;
        this.bar = bar;
        interval = bar is null ? TimeSpan.FromSeconds(10) : TimeSpan.Zero;
    }

    /// <summary>Runs work with a display.</summary>
    /// <param name="name">What a step is called.</param>
    /// <param name="work">The work.</param>
    /// <param name="unit">The unit of privacy, which stands beside every ε.</param>
    /// <param name="withoutEpsilon">Why no ε is shown, where that is not what the training says itself.</param>
    public static T Show<T>(string name, Func<IProgress<TrainingProgress>, T> work, string? unit = null, string? withoutEpsilon = null)
    {
        if (Console.IsErrorRedirected)
        {
            return work(new TrainingDisplay(name, unit, withoutEpsilon, null));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 20 }, new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(progress => work(new TrainingDisplay(name, unit, withoutEpsilon, progress.AddTask(Markup.Escape(name), maxValue: 1))));
    }

    public void Report(TrainingProgress value)
    {
        bar?.Value = (double)value.Step / value.Steps;
        if (value.Step < value.Steps && Stopwatch.GetElapsedTime(last) < interval)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        string line = Describe(value);
        last = Stopwatch.GetTimestamp();
        TimeSpan share = ShareOfDescription * Stopwatch.GetElapsedTime(start, last);
        if (bar is null)
        {
            interval = share > TimeSpan.FromSeconds(10) ? share : TimeSpan.FromSeconds(10);
            Console.Error.WriteLine(line);
        }
        else
        {
            interval = share;
            bar.Description = Markup.Escape(line);
        }
    }

    private string Describe(TrainingProgress value)
    {
        string loss = value.Loss is double mean ? $"loss {mean:0.0000}" : "no example drawn";
        string epsilon = value.Epsilon is double bound ? $"ε ≤ {Digits.Up(bound, 4, 0)} for one {unit}" : $"no ε: {withoutEpsilon ?? value.WithoutEpsilon}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {value.Step}/{value.Steps}: {loss}, rate {value.LearningRate:0.##e+0}, {value.UnitsPerSecond:0} {value.UnitName}/s, {value.ResidentBytes >> 20} MiB, {epsilon}");
    }
}
