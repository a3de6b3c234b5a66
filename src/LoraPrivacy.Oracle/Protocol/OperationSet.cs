using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>What one answerer of the protocol can be asked: its operations, and the greeting that lists them.</summary>
internal sealed class OperationSet
{
    /// <summary>The operation that every testee answers first.</summary>
    public const string Hello = "hello";

    /// <summary>The version of the protocol (spec/conformance.md).</summary>
    public const int ProtocolVersion = 1;

    private readonly string name;
    private readonly FrozenDictionary<string, Operation> byName;

    private OperationSet(string name, IReadOnlyList<Operation> operations)
    {
        this.name = name;
        Listed = operations;
        byName = operations.Append(new Operation(Hello, null, ["protocol", "runner?"], Greet)).ToFrozenDictionary(operation => operation.Name);
    }

    /// <summary>What the reference computes, and draws of the law it computes with.</summary>
    public static OperationSet Reference { get; } = new("LoraPrivacy reference", [.. Operations.All, SamplingOperation.OfReference]);

    /// <summary>What the production path does for real.</summary>
    public static OperationSet Production { get; } = new("LoraPrivacy production", [.. ProductionOperations.All]);

    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; }
        = typeof(OperationSet).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>All operations but the greeting.</summary>
    public IReadOnlyList<Operation> Listed { get; }

    /// <summary>The operation of a name, or an unknown-op error.</summary>
    public Operation Find(string operation)
        => byName.TryGetValue(operation, out Operation? found)
            ? found
            : throw ProtocolException.UnknownOperation($"there is no such operation; there are {string.Join(", ", Listed.Select(o => o.Name))}");

    private void Greet(ParameterReader parameters, Utf8JsonWriter result)
    {
        if (parameters.Finite("protocol") != ProtocolVersion)
        {
            throw parameters.Outside("protocol", $"{ProtocolVersion}");
        }

        result.WriteNumber("protocol", ProtocolVersion);
        result.WriteString("name", name);
        result.WriteString("version", ProgramVersion);
        result.WriteStartArray("operations");
        foreach (Operation operation in Listed)
        {
            result.WriteStringValue(operation.Name);
        }

        result.WriteEndArray();
    }
}
