using System.Collections.Frozen;

namespace LoraPrivacy.Protocol;

/// <summary>What one answerer of the protocol can be asked: its operations with the functions that compute them, and the greeting that lists them.</summary>
public sealed class OperationSet
{
    /// <summary>The version of the protocol (spec/conformance.md).</summary>
    public const int ProtocolVersion = 1;

    private readonly string name;
    private readonly string version;
    private readonly FrozenDictionary<string, (Operation Operation, Action<Arguments, Utf8JsonWriter> Compute)> byName;

    /// <summary>An answerer.</summary>
    /// <param name="name">Its name, for the greeting.</param>
    /// <param name="version">Its version, for the greeting.</param>
    /// <param name="functions">By operation, what writes the members of the result.</param>
    /// <param name="run">Runs a function until it is done or has taken as long as it may; without it functions run to their end.</param>
    /// <exception cref="ArgumentException">A function is of no operation of <see cref="OperationTable"/>.</exception>
    public OperationSet(string name, string version, IReadOnlyDictionary<string, Action<Arguments, Utf8JsonWriter>> functions, Action<Action, TimeSpan>? run = null)
    {
        if (functions.Keys.Except(OperationTable.All.Select(operation => operation.Name)).FirstOrDefault() is string unknown)
        {
            throw new ArgumentException($"{unknown} is computed, but is not in the table of operations", nameof(functions));
        }

        (this.name, this.version) = (name, version);
        Run = run ?? ((compute, _) => compute());
        Listed = [.. OperationTable.All.Where(operation => functions.ContainsKey(operation.Name))];
        byName = Listed.Select(operation => (operation, functions[operation.Name])).Append((Hello, Greet)).ToFrozenDictionary(item => item.Item1.Name);
    }

    /// <summary>The operation that every testee answers first.</summary>
    public static Operation Hello { get; } = new(
        0, "hello", "", "Says who answers, and what can be asked.",
        [new("protocol", ParameterKind.Count(ProtocolVersion, ProtocolVersion), "the version of the protocol"), new("runner", ParameterKind.Anything, "who asks", "nobody")],
        [new("protocol", "the version of the protocol"), new("name", "who answers") { Words = [] }, new("version", "which version of it") { Words = [] }, new("operations", "their names", "k") { Words = [] }],
        $$"""{"protocol":{{ProtocolVersion}}}""");

    /// <summary>All operations but the greeting.</summary>
    public IReadOnlyList<Operation> Listed { get; }

    /// <summary>Runs a function until it is done or has taken as long as it may.</summary>
    internal Action<Action, TimeSpan> Run { get; }

    /// <summary>The operation of a name with its function.</summary>
    /// <exception cref="ProtocolException">There is none: unknown-op.</exception>
    internal (Operation Operation, Action<Arguments, Utf8JsonWriter> Compute) Find(string operation)
        => byName.TryGetValue(operation, out (Operation, Action<Arguments, Utf8JsonWriter>) found)
            ? found
            : throw ProtocolException.UnknownOperation($"there is no such operation; there are {string.Join(", ", Listed.Select(o => o.Name))}");

    private void Greet(Arguments arguments, Utf8JsonWriter result)
    {
        result.WriteNumber("protocol", ProtocolVersion);
        result.WriteString("name", name);
        result.WriteString("version", version);
        result.WriteStartArray("operations");
        foreach (Operation operation in Listed)
        {
            result.WriteStringValue(operation.Name);
        }

        result.WriteEndArray();
    }
}
