namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>Something that answers queries and is not trusted.</summary>
internal interface ITestee
{
    /// <summary>Starts it, if it does not run, and has it say hello.</summary>
    /// <exception cref="TesteeFaultException">It did not do so.</exception>
    /// <exception cref="TesteeGoneException">It has been started too often.</exception>
    TesteeIdentity Greet();

    /// <summary>Asks one query.</summary>
    /// <param name="id">Its id, as JSON.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="parameters">The parameters, as JSON.</param>
    /// <exception cref="TesteeFaultException">There was no answer. The testee will be started anew for the next query.</exception>
    /// <exception cref="TesteeGoneException">It has been started too often.</exception>
    TesteeAnswer Ask(string id, string operation, string parameters);
}

/// <summary>What a testee says of itself in its greeting.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Operations">What it can be asked.</param>
internal sealed record TesteeIdentity(string Name, string Version, IReadOnlySet<string> Operations);

/// <summary>A testee broke the protocol: it crashed, took too long, or wrote something else than an answer. It is started anew.</summary>
internal sealed class TesteeFaultException(string message) : Exception(message)
{
    /// <summary>Whether nothing came within the time that there was.</summary>
    public bool IsSilence { get; init; }
}

/// <summary>A testee is not started any more, because it had to be too often.</summary>
internal sealed class TesteeGoneException(string message) : Exception(message);
