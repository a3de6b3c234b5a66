namespace LoraPrivacy.Oracle.Conformance;

/// <summary>One test of a testee.</summary>
/// <param name="id">The test's number, which never changes.</param>
/// <param name="operation">The operation that it is about.</param>
/// <param name="comment">What the case is about.</param>
/// <param name="isRequired">Whether its level is required, and not recommended.</param>
internal abstract class ConformanceTest(int id, string operation, string comment, bool isRequired)
{
    public int Id => id;

    public string Operation => operation;

    public string Comment => comment;

    public bool IsRequired => isRequired;

    /// <summary>The mistakes it catches.</summary>
    public virtual IReadOnlyList<string> Flags => [];

    /// <summary>The parameters of its query, as JSON; empty where it has several queries.</summary>
    public virtual string Parameters => string.Empty;

    /// <summary>Runs it, and turns what the testee does wrong into a verdict.</summary>
    public TestOutcome Run(ITestee testee)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            TestOutcome outcome = testee.Greet().Operations.Contains(Operation)
                ? Judge(testee)
                : Outcome(TestVerdict.Skipped, "the testee does not have this operation");
            return outcome with { Duration = Stopwatch.GetElapsedTime(start) };
        }
        catch (TesteeFaultException fault)
        {
            return Outcome(TestVerdict.Error, $"the testee {fault.Message}") with { Duration = Stopwatch.GetElapsedTime(start) };
        }
        catch (TesteeGoneException gone)
        {
            return Outcome(TestVerdict.NotRun, gone.Message);
        }
    }

    /// <summary>Asks, and judges the answers.</summary>
    protected abstract TestOutcome Judge(ITestee testee);

    protected TestOutcome Outcome(TestVerdict verdict, string message = "") => new(this, verdict, message, TimeSpan.Zero);
}
