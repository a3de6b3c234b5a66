using Microsoft.Win32.SafeHandles;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>The process's standard output as a stream that reports when its reader has gone.</summary>
internal static class StandardOutput
{
    /// <summary>Whether a write has failed because nobody reads any more.</summary>
    public static bool IsClosed { get; private set; }

    /// <summary>
    /// Opens standard output. The console's own stream drops a broken pipe silently, and an endless stream of answers would then
    /// never stop; so pipes are written through their handle. Files keep the console's stream, since a file stream would
    /// not advance the offset that the shell shares between commands.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        FileStream direct = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!direct.CanSeek)
        {
            return new ReportingStream(direct);
        }

        direct.Dispose();
        return Console.OpenStandardOutput();
    }

    /// <summary>Writes text as UTF-8.</summary>
    public static void Write(string text)
    {
        using Stream output = Open();
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    /// <summary>Passes writes on, and notes a failed one in <see cref="IsClosed"/>.</summary>
    private sealed class ReportingStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                inner.Write(buffer, offset, count);
            }
            catch (IOException)
            {
                IsClosed = true;
                throw;
            }
        }
    }
}
