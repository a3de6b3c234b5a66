namespace LoraPrivacy.Tests;

/// <summary>
/// Input that somebody made to do harm: valid files with damaged bytes, sizes that lie, deep nesting, numbers that are none, long texts;
/// and what reading any of it may cost.
/// </summary>
internal static class HostileInput
{
    private const int LongestMessage = 4000;

    /// <summary>Reading a small file takes a millisecond; what takes this long hangs, even where the machine is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "3", "2147483647", "2147483648", "4294967296", "4294967297", "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "99999999999999999999999999999999", "1e308", "1e400", "-1e400", "1e-400", "NaN", "Infinity", "-Infinity", "0x10", "1.5", "null", "true", "\"\"", "[]", "{}", "''", "()",
    ];

    private static readonly string[] Pieces =
        ["\"", "'", "\\", "\\u0000", "\\ud800", "\0", "\n", "\r\n", ",", ":", ";", "{", "}", "[", "]", "(", ")", "\uFEFF", "\u2028", "é", "\U0001F600", "NaN", "1e999999999", "-", ".", "__metadata__"];

    /// <summary>A valid file, damaged in one to three places.</summary>
    public static byte[] Damage(byte[] valid, Random random)
    {
        byte[] damaged = valid;
        for (int k = random.Next(1, 4); k > 0 && damaged.Length > 0; k--)
        {
            damaged = DamageOnce(damaged, random);
        }

        return damaged;
    }

    /// <summary>Bytes without any order.</summary>
    public static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>
    /// Reads an input and demands a value or a refusal: one line that names the source, bounded memory, bounded time.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="read">Reads it under the name "f".</param>
    /// <param name="isRefusal">Whether an exception is the refusal that the reader promises.</param>
    /// <param name="multiple">The most bytes that may be allocated for a byte of the input.</param>
    /// <param name="constant">And beside.</param>
    public static void Check(byte[] input, Action<byte[]> read, Func<Exception, bool> isRefusal, long multiple, long constant = 400_000)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string? message = null;
        try
        {
            read(input);
        }
        catch (Exception failure) when (isRefusal(failure))
        {
            message = failure.Message;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= constant + (multiple * input.Length), $"{allocated} bytes were allocated for {input.Length} bytes: {Shown(input)}");
        Assert.True(elapsed < Patience, $"{elapsed} for {input.Length} bytes: {Shown(input)}");
        if (message is not null)
        {
            Assert.StartsWith("f", message, StringComparison.Ordinal);
            Assert.True(message.Length <= LongestMessage, $"a message of {message.Length} characters: {message[..Math.Min(200, message.Length)]}");
            Assert.True(!message.Any(char.IsControl), $"a message of several lines or with control characters: {message}");
        }
    }

    private static byte[] DamageOnce(byte[] file, Random random)
    {
        int place = random.Next(file.Length);
        int end = random.Next(place, file.Length + 1);
        byte[] changed;
        switch (random.Next(9))
        {
            case 0:
                changed = [.. file];
                changed[place] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                changed = [.. file];
                changed[place] = (byte)random.Next(256);
                return changed;
            case 2:
                return file[..place];
            case 3:
                return [.. file[..place], .. file[end..]];
            case 4:
                return [.. file[..end], .. file[place..]];
            case 5:
                return [.. file[..place], .. Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]), .. file[place..]];
            case 6:
                return ReplaceNumber(file, Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]), random);
            case 7:
                // Deep nesting, or one long text.
                byte[] filling = new byte[random.Next(1, 3000)];
                Array.Fill(filling, "[{(\"'aA1,\\ "u8[random.Next(11)]);
                return [.. file[..place], .. filling, .. file[place..]];
            default:
                // A number of eight, four or two bytes in binary, as large as can be.
                changed = [.. file];
                Array.Fill(changed, (byte)255, place, Math.Min(1 << random.Next(1, 4), changed.Length - place));
                return changed;
        }
    }

    private static byte[] ReplaceNumber(byte[] file, byte[] number, Random random)
    {
        int[] starts = [.. Enumerable.Range(0, file.Length).Where(i => char.IsAsciiDigit((char)file[i]) && (i == 0 || !char.IsAsciiDigit((char)file[i - 1])))];
        if (starts.Length == 0)
        {
            return file;
        }

        int start = starts[random.Next(starts.Length)];
        int end = start;
        while (end < file.Length && char.IsAsciiDigit((char)file[end]))
        {
            end++;
        }

        return [.. file[..start], .. number, .. file[end..]];
    }

    private static string Shown(byte[] input) => Encoding.Latin1.GetString(input.AsSpan(0, Math.Min(300, input.Length)));
}
