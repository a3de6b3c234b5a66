namespace LoraPrivacy.Oracle.Conformance;

/// <summary>Holds a testee against tests.</summary>
internal static class ConformanceRun
{
    /// <summary>Runs all tests.</summary>
    /// <param name="settings">What and how.</param>
    /// <param name="log">Where the testee's standard error goes.</param>
    /// <param name="finished">Told of each test when it is over; may be called from several threads.</param>
    /// <param name="cancellation">Ends the run and the testee.</param>
    /// <exception cref="InputException">The testee cannot be started.</exception>
    public static ConformanceReport Of(ConformanceSettings settings, TesteeLog log, Action<TestOutcome> finished, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        RestartBudget restarts = new(settings.Limits.Restarts);
        TestOutcome[] outcomes = new TestOutcome[settings.Tests.Count];
        TesteeIdentity? identity = null;
        int next = -1;
        Task[] workers = [.. Enumerable.Range(0, Math.Max(1, Math.Min(settings.Jobs, settings.Tests.Count))).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(workers, CancellationToken.None);
        }
        catch (AggregateException failures)
        {
            // What ended one worker ends the command; the first says it best.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }

        return new(settings, identity, outcomes, restarts.Used, Stopwatch.GetElapsedTime(start));

        void Work()
        {
            using TesteeSession session = new(settings.Testee, settings.Limits, log, restarts, cancellation);
            int index;
            while ((index = Interlocked.Increment(ref next)) < outcomes.Length)
            {
                cancellation.ThrowIfCancellationRequested();
                TestOutcome outcome = settings.Tests[index].Run(session) with { IsKnownFailure = settings.KnownFailures.Contains(settings.Tests[index].Id) };
                outcomes[index] = outcome;
                identity = session.Identity ?? identity;
                finished(outcome);
            }

            session.End();
        }
    }
}
