namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>A conversation with a testee, over as many of its processes as it takes. Not thread-safe.</summary>
internal sealed class TesteeSession(IReadOnlyList<string> words, TesteeLimits limits, TesteeLog log, RestartBudget restarts, CancellationToken cancellation) : ITestee, IDisposable
{
    private const string HelloId = "\"hello\"";

    private TesteeProcess? process;
    private bool hasStarted;

    /// <summary>What the testee said of itself when it was last started; null before.</summary>
    public TesteeIdentity? Identity { get; private set; }

    /// <inheritdoc/>
    public TesteeIdentity Greet()
    {
        restarts.Check();
        if (process is null)
        {
            if (hasStarted)
            {
                restarts.Take();
            }

            hasStarted = true;
            process = TesteeProcess.Start(words, limits, log);
            string parameters = $$"""{"protocol":{{OperationSet.ProtocolVersion}},"runner":"lora-oracle {{CommandProgram.Version}}"}""";
            Identity = Guarded(() => ReadIdentity(Exchange(HelloId, OperationSet.Hello.Name, parameters, limits.Start)), isGreeting: true);
        }

        return Identity!;
    }

    /// <inheritdoc/>
    public TesteeAnswer Ask(string id, string operation, string parameters)
    {
        Greet();
        return Guarded(() => Exchange(id, operation, parameters, limits.Query));
    }

    /// <summary>Lets the testee end by itself.</summary>
    public void End() => process?.End();

    /// <inheritdoc/>
    public void Dispose()
    {
        process?.Dispose();
        process = null;
    }

    private T Guarded<T>(Func<T> exchange, bool isGreeting = false)
    {
        try
        {
            T answer = exchange();
            restarts.Note(isSilence: false, isGreeting);
            return answer;
        }
        catch (TesteeFaultException fault)
        {
            restarts.Note(fault.IsSilence, isGreeting);
            Dispose();
            throw;
        }
    }

    private TesteeAnswer Exchange(string id, string operation, string parameters, TimeSpan patience)
    {
        byte[] query = Encoding.UTF8.GetBytes($$"""{"id":{{id}},"op":"{{JsonEncodedText.Encode(operation)}}","params":{{parameters}}}""" + "\n");
        return AnswerReader.Read(process!.Exchange(query, patience, cancellation), id);
    }

    private static TesteeIdentity ReadIdentity(TesteeAnswer answer)
    {
        if (answer is TesteeAnswer.Error error)
        {
            throw new TesteeFaultException($"refused the greeting: {error.Code} {error.Message}".TrimEnd());
        }

        if (answer is not TesteeAnswer.Result { Members: JsonElement members }
            || !members.TryGetProperty("protocol", out JsonElement protocol)
            || protocol.ValueKind != JsonValueKind.Number || !protocol.TryGetInt32(out int version) || version != OperationSet.ProtocolVersion)
        {
            throw new TesteeFaultException($"did not greet with the protocol {OperationSet.ProtocolVersion}");
        }

        if (!members.TryGetProperty("operations", out JsonElement operations) || operations.ValueKind != JsonValueKind.Array
            || operations.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw new TesteeFaultException("greeted without operations, an array of their names");
        }

        return new(AnswerReader.Text(members, "name") ?? "unnamed", AnswerReader.Text(members, "version") ?? "unknown", operations.EnumerateArray().Select(name => name.GetString()!).ToHashSet());
    }
}
