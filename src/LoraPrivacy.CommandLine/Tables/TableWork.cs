using System.Runtime.ExceptionServices;

namespace LoraPrivacy.CommandLine.Tables;

/// <summary>Computes the entries of a table on all cores, and reports how far it is.</summary>
/// <param name="Report">Called with the part that is done, from 0 to 1, from several threads at once.</param>
/// <param name="Cancellation">Stops the work between entries.</param>
internal sealed record TableWork(Action<double> Report, CancellationToken Cancellation)
{
    /// <summary>No reports and no end but the table's own.</summary>
    public static TableWork Silent { get; } = new(_ => { }, CancellationToken.None);

    /// <summary>Applies a function to every input, in parallel, and keeps the order.</summary>
    public TResult[] Map<TInput, TResult>(IReadOnlyList<TInput> inputs, Func<TInput, TResult> compute)
    {
        TResult[] results = new TResult[inputs.Count];
        int done = 0;

        // One entry at a time: neighbouring entries differ in cost by orders of magnitude, and ranges would not balance.
        ParallelOptions options = new() { CancellationToken = Cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        int next = -1;
        try
        {
            Parallel.For(0, Math.Min(Environment.ProcessorCount, inputs.Count), options, _ =>
            {
                int i;
                while ((i = Interlocked.Increment(ref next)) < inputs.Count)
                {
                    Cancellation.ThrowIfCancellationRequested();
                    results[i] = compute(inputs[i]);
                    Report((double)Interlocked.Increment(ref done) / inputs.Count);
                }
            });
        }
        catch (AggregateException failures)
        {
            // One entry's failure says all there is to say.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return results;
    }

    /// <summary>Computes a grid: result[i][j] belongs to row i and column j.</summary>
    public TResult[][] Grid<TRow, TColumn, TResult>(
        IReadOnlyList<TRow> rows, IReadOnlyList<TColumn> columns, Func<TRow, TColumn, TResult> compute)
    {
        (TRow Row, TColumn Column)[] entries = [.. rows.SelectMany(row => columns.Select(column => (row, column)))];
        return [.. Map(entries, entry => compute(entry.Row, entry.Column)).Chunk(columns.Count)];
    }
}
