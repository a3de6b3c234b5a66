namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>How often testees may still be started anew. Thread-safe.</summary>
internal sealed class RestartBudget(int restarts)
{
    private int _used;

    /// <summary>How often they were.</summary>
    public int Used => Math.Min(Volatile.Read(ref _used), restarts);

    /// <summary>Takes one.</summary>
    /// <exception cref="TesteeGoneException">There is none left.</exception>
    public void Take()
    {
        if (Interlocked.Increment(ref _used) > restarts)
        {
            throw new TesteeGoneException($"the testee had been started anew {restarts} times");
        }
    }
}
