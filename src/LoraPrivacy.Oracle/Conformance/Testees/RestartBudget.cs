namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>How often testees may still be started anew and keep silent. Thread-safe.</summary>
internal sealed class RestartBudget(int restarts)
{
    /// <summary>How many tests in a row may end in silence.</summary>
    public const int MostSilent = 3;

    private readonly Lock gate = new();
    private int used;
    private int silent;
    private string? end;

    /// <summary>How often they were started anew.</summary>
    public int Used => Math.Min(Volatile.Read(ref used), restarts);

    /// <summary>Takes one.</summary>
    /// <exception cref="TesteeGoneException">There is none left.</exception>
    public void Take()
    {
        Check();
        if (Interlocked.Increment(ref used) > restarts)
        {
            throw new TesteeGoneException($"the testee had been started anew {restarts} times");
        }
    }

    /// <summary>Makes sure that testees may still be asked.</summary>
    /// <exception cref="TesteeGoneException">They have been silent for too long.</exception>
    public void Check()
    {
        lock (gate)
        {
            if (end is not null)
            {
                throw new TesteeGoneException(end);
            }
        }
    }

    /// <summary>Notes how an exchange ended.</summary>
    /// <param name="isSilence">Whether nothing came in time.</param>
    /// <param name="isGreeting">Whether it was the greeting: who does not greet once will not do so in a later test.</param>
    public void Note(bool isSilence, bool isGreeting)
    {
        lock (gate)
        {
            silent = isSilence ? silent + 1 : isGreeting ? silent : 0;
            end ??= isSilence && isGreeting ? "the testee had not answered the greeting in time"
                : silent >= MostSilent ? $"the testee had given no answer in time in {MostSilent} tests in a row" : null;
        }
    }
}
