namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// Splits a byte stream into lines without ever holding more than one line, and no line longer than a limit: a longer one is
/// reported at the limit, and its rest is dropped when the next one is asked for. A line is returned as soon as its line feed has
/// been read, so that an interactive client is answered at once.
/// </summary>
/// <param name="source">The bytes.</param>
/// <param name="longest">The longest line.</param>
/// <param name="dropsLongLines">
/// Whether a longer one is passed over, at most sixteen times the limit of it. If not, it is the last that is read.
/// </param>
internal sealed class LineReader(Stream source, int longest, bool dropsLongLines = true)
{
    private const int UsualSize = 1 << 16;
    private const int MostDropped = 16;

    private byte[] buffer = new byte[UsualSize];
    private int start;
    private int end;
    private bool atEnd;
    private bool isTooLong;

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its line feed; valid until the next call. Empty where the line is too long.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="IOException">A line that is passed over does not end.</exception>
    public LineStatus Read(out ReadOnlySpan<byte> line)
    {
        if (isTooLong && dropsLongLines)
        {
            DropLine();
        }

        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, separator: 1, out line);
            }

            searched = end - start;
            if (atEnd)
            {
                return searched > 0 ? Take(searched, separator: 0, out line) : Nothing(LineStatus.End, out line);
            }

            if (searched > longest)
            {
                isTooLong = true;
                return Nothing(LineStatus.TooLong, out line);
            }

            Fill();
        }
    }

    private static LineStatus Nothing(LineStatus status, out ReadOnlySpan<byte> line)
    {
        line = default;
        return status;
    }

    private LineStatus Take(int length, int separator, out ReadOnlySpan<byte> line)
    {
        line = buffer.AsSpan(start, length);
        start += length + separator;
        return length <= longest ? LineStatus.Line : Nothing(LineStatus.TooLong, out line);
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Math.Max(longest + 1L, UsualSize)));
        }

        int read = source.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
    }

    private void DropLine()
    {
        isTooLong = false;
        for (long dropped = 0; !atEnd; dropped += end - start)
        {
            if (dropped > (long)MostDropped * longest)
            {
                throw new IOException($"a line has more than {(long)MostDropped * longest} bytes, and nothing after it is read");
            }

            int feed = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                start += feed + 1;
                return;
            }

            start = end;
            Fill();
        }

        start = end;
    }
}

/// <summary>What <see cref="LineReader"/> found.</summary>
internal enum LineStatus
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line longer than the limit; its text was dropped.</summary>
    TooLong,

    /// <summary>The end of the stream.</summary>
    End,
}
