using System.Diagnostics;
using System.Threading.Channels;

namespace LoraPrivacy.CommandLine;

/// <summary>
/// Reads queries line by line, answers them on all cores, and writes the answers in the order of the queries. Memory does not
/// grow with the number of lines: a bounded number of them is under way at any time.
/// </summary>
/// <param name="input">The queries.</param>
/// <param name="output">Where the answers go.</param>
/// <param name="operations">What can be asked.</param>
/// <param name="limit">How long computing an answer may take before it is too-expensive.</param>
internal sealed class EvaluationLoop(Stream input, Stream output, OperationSet operations, TimeSpan limit)
{
    /// <summary>How long an answer may take where nothing else is asked for.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);

    /// <summary>The longest line that is read.</summary>
    public const int LongestLine = 16 << 20;

    private const int MostUnderWay = 1024;

    /// <summary>Lines above this size are answered one at a time, so that the lines under way stay small together.</summary>
    private const int LongLine = 1 << 16;

    /// <summary>What a computation that is told to end may take to do so; then its answer is given without it.</summary>
    private static readonly TimeSpan TimeForEnding = TimeSpan.FromSeconds(1);

    private readonly Channel<Query> queries = Channel.CreateBounded<Query>(new BoundedChannelOptions(MostUnderWay) { SingleReader = true, SingleWriter = true });

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
                Query query = status == LineStatus.TooLong ? new(QueryAnswerer.AnswerTooLong(LongestLine)) : new(line.ToArray(), operations, limit);
                queries.Writer.WriteAsync(query, cancellation).AsTask().Wait(cancellation);
                if (line.Length > LongLine)
                {
                    query.AnswerAsync(cancellation).Wait(cancellation);
                }
            }

            queries.Writer.Complete();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ChannelClosedException)
        {
            queries.Writer.TryComplete(failure);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellation)
    {
        BufferedStream buffered = new(output, 1 << 16);
        await using (buffered.ConfigureAwait(false))
        {
            while (true)
            {
                if (!queries.Reader.TryRead(out Query? query))
                {
                    // Nothing else is under way: the client may be waiting for what is in the buffer.
                    await buffered.FlushAsync(cancellation).ConfigureAwait(false);
                    if (!await queries.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
                    {
                        return;
                    }

                    continue;
                }

                if (!query.IsAnswered)
                {
                    await buffered.FlushAsync(cancellation).ConfigureAwait(false);
                }

                ReadOnlyMemory<byte> bytes = await query.AnswerAsync(cancellation).ConfigureAwait(false);
                await buffered.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A query that is being answered.</summary>
    private sealed class Query
    {
        private readonly byte[] line = [];
        private readonly TimeSpan limit;
        private readonly Task<ReadOnlyMemory<byte>> answer;
        private long start;

        public Query(ReadOnlyMemory<byte> answer) => this.answer = Task.FromResult(answer);

        public Query(byte[] line, OperationSet operations, TimeSpan limit)
        {
            (this.line, this.limit) = (line, limit);
            answer = Task.Run(() =>
            {
                Volatile.Write(ref start, Stopwatch.GetTimestamp());
                return QueryAnswerer.Answer(line, operations, limit);
            });
        }

        public bool IsAnswered => answer.IsCompleted;

        /// <summary>The answer, or the one that says that it takes too long: some computation does not end when it is told to.</summary>
        public async Task<ReadOnlyMemory<byte>> AnswerAsync(CancellationToken cancellation)
        {
            TimeSpan left = limit + TimeForEnding;
            while (!answer.IsCompleted && left > TimeSpan.Zero)
            {
                await Task.WhenAny(answer, answer.WaitAsync(left, cancellation)).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                long started = Volatile.Read(ref start);
                left = limit + TimeForEnding - (started == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started));
            }

            return answer.IsCompleted ? await answer.ConfigureAwait(false) : QueryAnswerer.AnswerTooExpensive(line, limit);
        }
    }
}
