namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>What testees write to standard error: all of it, up to a limit, in a file where one is asked for, and the last line for messages.</summary>
internal sealed class TesteeLog : IDisposable
{
    private const int TailLength = 2048;

    private readonly Lock gate = new();
    private readonly AtomicFile? file;
    private readonly Queue<byte> tail = new(TailLength);
    private long left;

    /// <summary>Begins a log.</summary>
    /// <param name="path">The file, or null.</param>
    /// <param name="longest">The most bytes that are kept in it.</param>
    public TesteeLog(string? path, long longest)
    {
        file = path is null ? null : new AtomicFile(path);
        left = longest;
    }

    /// <summary>The last line that is not blank, shortened; null where there is none.</summary>
    public string? LastLine
    {
        get
        {
            lock (gate)
            {
                string? line = Encoding.UTF8.GetString([.. tail]).Split('\n').LastOrDefault(text => !string.IsNullOrWhiteSpace(text));
                return line is null ? null : OneLine.Of(line.Length > 200 ? line[^200..] : line).Trim();
            }
        }
    }

    /// <summary>Adds what was read.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        lock (gate)
        {
            if (file is not null && left > 0)
            {
                ReadOnlySpan<byte> kept = text[..(int)Math.Min(text.Length, left)];
                left -= kept.Length;
                file.Stream.Write(kept);
            }

            foreach (byte letter in text[^Math.Min(text.Length, TailLength)..])
            {
                if (tail.Count == TailLength)
                {
                    tail.Dequeue();
                }

                tail.Enqueue(letter);
            }
        }
    }

    /// <summary>Forgets the last line, which a new process has not written.</summary>
    public void BeginProcess()
    {
        lock (gate)
        {
            tail.Clear();
        }
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        lock (gate)
        {
            left = 0;
            file?.Commit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            left = 0;
            file?.Dispose();
        }
    }
}
