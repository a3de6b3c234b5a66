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

    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _isTooLong;

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its line feed; valid until the next call. Empty where the line is too long.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="IOException">A line that is passed over does not end.</exception>
    public LineStatus Read(out ReadOnlySpan<byte> line)
    {
        if (_isTooLong && dropsLongLines)
        {
            DropLine();
        }

        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, separator: 1, out line);
            }

            searched = _end - _start;
            if (_atEnd)
            {
                return searched > 0 ? Take(searched, separator: 0, out line) : Nothing(LineStatus.End, out line);
            }

            if (searched > longest)
            {
                _isTooLong = true;
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
        line = _buffer.AsSpan(_start, length);
        _start += length + separator;
        return length <= longest ? LineStatus.Line : Nothing(LineStatus.TooLong, out line);
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Math.Max(longest + 1L, UsualSize)));
        }

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _atEnd = read == 0;
        _end += read;
    }

    private void DropLine()
    {
        _isTooLong = false;
        for (long dropped = 0; !_atEnd; dropped += _end - _start)
        {
            if (dropped > (long)MostDropped * longest)
            {
                throw new IOException($"a line has more than {(long)MostDropped * longest} bytes, and nothing after it is read");
            }

            int feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _start += feed + 1;
                return;
            }

            _start = _end;
            Fill();
        }

        _start = _end;
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
