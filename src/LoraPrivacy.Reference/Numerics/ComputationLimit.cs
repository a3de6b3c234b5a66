using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Bounds the time of a computation of the reference from outside: its long loops ask here whether they are still wanted, at least every few
/// milliseconds, on whatever threads they run. A computation without a limit runs to its end.
/// </summary>
public static class ComputationLimit
{
    // A time, not a token that a timer cancels: the timer would wait for a thread where computations have them all.
    private static readonly AsyncLocal<long> Deadline = new();

    /// <summary>Runs a computation that ends early when it has taken long enough.</summary>
    /// <param name="compute">The computation.</param>
    /// <param name="limit">How long it may take, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <exception cref="OperationCanceledException">It takes longer.</exception>
    public static void Run(Action compute, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(compute);
        long before = Deadline.Value;
        Deadline.Value = limit == Timeout.InfiniteTimeSpan ? 0 : Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        try
        {
            compute();
        }
        catch (AggregateException failure)
        {
            // Several threads were at it; the first says why it ended, as one thread would have.
            ExceptionDispatchInfo.Throw(failure.Flatten().InnerExceptions[0]);
        }
        finally
        {
            Deadline.Value = before;
        }
    }

    /// <summary>Ends the computation if it has taken long enough. It costs some nanoseconds.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    internal static void ThrowIfReached()
    {
        if (Deadline.Value is long deadline and not 0 && Stopwatch.GetTimestamp() >= deadline)
        {
            throw new OperationCanceledException();
        }
    }
}
