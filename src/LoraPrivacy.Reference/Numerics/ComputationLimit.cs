using System.Runtime.ExceptionServices;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Bounds the time of a computation of the reference from outside: its long loops ask here whether they are still wanted, at least every few
/// milliseconds, on whatever threads they run. A computation without a limit runs to its end.
/// </summary>
public static class ComputationLimit
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>Runs a computation that ends early when a token says so.</summary>
    /// <param name="compute">The computation.</param>
    /// <param name="cancellation">Says when.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the computation was done.</exception>
    public static void Run(Action compute, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(compute);
        CancellationToken before = Current.Value;
        Current.Value = cancellation;
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
            Current.Value = before;
        }
    }

    /// <summary>Ends the computation if it is not wanted any more. It costs some nanoseconds.</summary>
    /// <exception cref="OperationCanceledException">It is not.</exception>
    internal static void ThrowIfReached() => Current.Value.ThrowIfCancellationRequested();
}
