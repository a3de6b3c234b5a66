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
