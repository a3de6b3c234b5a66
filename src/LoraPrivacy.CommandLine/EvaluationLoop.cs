using System.Threading.Channels;
using LoraPrivacy.CommandLine.Input;
using LoraPrivacy.Protocol;

namespace LoraPrivacy.CommandLine;

/// <summary>
/// Reads queries line by line, answers them on all cores, and writes the answers in the order of the queries. Memory does not
/// grow with the number of lines: a bounded number of them is under way at any time.
/// </summary>
/// <param name="input">The queries.</param>
/// <param name="output">Where the answers go.</param>
/// <param name="operations">What can be asked.</param>
internal sealed class EvaluationLoop(Stream input, Stream output, OperationSet operations)
{
    /// <summary>The longest line that is read.</summary>
    public const int LongestLine = 16 << 20;

    private const int MostUnderWay = 1024;

    /// <summary>Lines above this size are answered one at a time, so that the lines under way stay small together.</summary>
    private const int LongLine = 1 << 16;

    private readonly Channel<Task<ReadOnlyMemory<byte>>> answers =
        Channel.CreateBounded<Task<ReadOnlyMemory<byte>>>(new BoundedChannelOptions(MostUnderWay) { SingleReader = true, SingleWriter = true });

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Runs until the input ends.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A read from a terminal or pipe cannot be cancelled, so it has a thread of its own that the process need not wait for.
        Thread reading = new(() => ReadAll(cancellation)) { IsBackground = true, Name = "queries" };
        reading.Start();
        await WriteAllAsync(cancellation).ConfigureAwait(false);
    }

    private void ReadAll(CancellationToken cancellation)
    {
        try
        {
            LineReader lines = new(input, LongestLine);
            LineStatus status;
            bool isFirst = true;
            while ((status = lines.Read(out ReadOnlySpan<byte> line)) != LineStatus.End)
            {
                if (isFirst && line.StartsWith(ByteOrderMark))
                {
                    line = line[ByteOrderMark.Length..];
                }

                isFirst = false;
                Task<ReadOnlyMemory<byte>> answer = status == LineStatus.TooLong
                    ? Task.FromResult(QueryAnswerer.AnswerTooLong(LongestLine))
                    : Start(line.ToArray());
                answers.Writer.WriteAsync(answer, cancellation).AsTask().Wait(cancellation);
                if (line.Length > LongLine)
                {
                    answer.Wait(cancellation);
                }
            }

            answers.Writer.Complete();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ChannelClosedException)
        {
            answers.Writer.TryComplete(failure);
        }
    }

    private Task<ReadOnlyMemory<byte>> Start(byte[] line) => Task.Run(() => QueryAnswerer.Answer(line, operations));

    private async Task WriteAllAsync(CancellationToken cancellation)
    {
        BufferedStream buffered = new(output, 1 << 16);
        await using (buffered.ConfigureAwait(false))
        {
            ChannelReader<Task<ReadOnlyMemory<byte>>> answers = this.answers.Reader;
            while (true)
            {
                if (!answers.TryRead(out Task<ReadOnlyMemory<byte>>? answer))
                {
                    // Nothing else is under way: the client may be waiting for what is in the buffer.
                    await buffered.FlushAsync(cancellation).ConfigureAwait(false);
                    if (!await answers.WaitToReadAsync(cancellation).ConfigureAwait(false))
                    {
                        return;
                    }

                    continue;
                }

                if (!answer.IsCompleted)
                {
                    await buffered.FlushAsync(cancellation).ConfigureAwait(false);
                }

                ReadOnlyMemory<byte> bytes = await answer.WaitAsync(cancellation).ConfigureAwait(false);
                await buffered.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            }
        }
    }
}
