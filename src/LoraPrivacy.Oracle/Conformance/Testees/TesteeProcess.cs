using System.Collections.Concurrent;
using System.ComponentModel;

namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>
/// One process of a testee, with a line in for a line out. Nothing that it does holds up the runner for longer than a limit or makes it
/// hold more than two lines. Disposing it ends the process and all that it has started, on Linux by a <see cref="TesteeGuard"/>.
/// </summary>
internal sealed class TesteeProcess : IDisposable
{
    private const int ReadSize = 4096;

    /// <summary>How long a guard may take to end all that it guards; it is ready in milliseconds but for many processes or a busy machine.</summary>
    private static readonly TimeSpan TimeForEnding = TimeSpan.FromSeconds(60);

    private readonly string name;
    private readonly Process process;
    private readonly TesteeLimits limits;
    private readonly TesteeLog log;
    private readonly BlockingCollection<(LineStatus Status, byte[] Line)> lines = new(1);
    private readonly CancellationTokenSource closing = new();

    private TesteeProcess(string name, Process process, TesteeLimits limits, TesteeLog log)
    {
        this.name = name;
        this.process = process;
        this.limits = limits;
        this.log = log;
        new Thread(ReadOutput) { IsBackground = true, Name = "testee output" }.Start();
        new Thread(ReadErrors) { IsBackground = true, Name = "testee errors" }.Start();
    }

    /// <summary>Starts a process, through no shell.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="log">Where its standard error goes.</param>
    /// <exception cref="InputException">It cannot be started.</exception>
    public static TesteeProcess Start(IReadOnlyList<string> words, TesteeLimits limits, TesteeLog log)
    {
        IReadOnlyList<string> all = TesteeGuard.IsSupported ? TesteeGuard.Words(words) : words;
        ProcessStartInfo start = new(all[0], all.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        log.BeginProcess();
        try
        {
            return new TesteeProcess(words[0], Process.Start(start)!, limits, log);
        }
        catch (Win32Exception failure)
        {
            throw new InputException($"--testee: {words[0]} cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>Sends a line and waits for a line.</summary>
    /// <param name="line">The line with its line feed.</param>
    /// <param name="patience">How long both may take together.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TesteeFaultException">No line came.</exception>
    public ReadOnlyMemory<byte> Exchange(ReadOnlyMemory<byte> line, TimeSpan patience, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();

        // A testee that does not read blocks the writer when the pipe is full, so it has a thread of its own; it ends with the process.
        Task sending = Task.Run(() => Send(line), CancellationToken.None);
        bool isSent = sending.Wait((int)patience.TotalMilliseconds, cancellation);
        TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
        if (!isSent || !lines.TryTake(out (LineStatus Status, byte[] Line) answer, Math.Max(1, (int)left.TotalMilliseconds), cancellation))
        {
            throw new TesteeFaultException($"gave no answer within {patience.TotalSeconds:0.###} s") { IsSilence = true };
        }

        return answer.Status == LineStatus.Line ? answer.Line : throw Fault(answer.Status);
    }

    /// <summary>Closes its input and gives it time to end by itself.</summary>
    public void End()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        process.WaitForExit(limits.End);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closing.Cancel();
        try
        {
            if (TesteeGuard.IsSupported && !process.HasExited)
            {
                TesteeGuard.Terminate(process.Id);
                process.WaitForExit(TimeForEnding);
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit(limits.End);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It has ended already, or a part of its tree has.
        }

        process.Dispose();
    }

    private void Send(ReadOnlyMemory<byte> line)
    {
        try
        {
            Stream input = process.StandardInput.BaseStream;
            input.Write(line.Span);
            input.Flush();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // Nobody reads any more: what there is to say about it comes from the other stream.
        }
    }

    private TesteeFaultException Fault(LineStatus status)
    {
        if (status == LineStatus.TooLong)
        {
            return new($"wrote more than {limits.Line} bytes without a line feed, or more than {limits.Output} bytes in all");
        }

        // What it last said may still be on its way, and its guard may still be ending what it has left.
        bool hasEnded = process.WaitForExit(TimeSpan.FromSeconds(5));
        if (hasEnded && process.ExitCode == TesteeGuard.CannotStart && TesteeGuard.IsSupported && log.LastLine?.StartsWith("cannot be started", StringComparison.Ordinal) == true)
        {
            throw new InputException($"--testee: {name} {log.LastLine}");
        }

        string end = hasEnded ? $"ended with exit code {process.ExitCode}" : "closed its output";
        return new(log.LastLine is string last ? $"{end}; its last words: {last}" : end);
    }

    private void ReadOutput()
    {
        try
        {
            LineReader lines = new(process.StandardOutput.BaseStream, limits.Line, dropsLongLines: false);
            long left = limits.Output;
            LineStatus status;
            do
            {
                status = lines.Read(out ReadOnlySpan<byte> line);
                left -= line.Length + 1;
                status = left < 0 ? LineStatus.TooLong : status;
                this.lines.Add((status, line.ToArray()), closing.Token);
            }
            while (status == LineStatus.Line);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The process has been disposed of.
        }
    }

    private void ReadErrors()
    {
        try
        {
            Stream errors = process.StandardError.BaseStream;
            byte[] buffer = new byte[ReadSize];
            int count;
            while ((count = errors.Read(buffer)) > 0)
            {
                log.Add(buffer.AsSpan(0, count));
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The same.
        }
    }
}
