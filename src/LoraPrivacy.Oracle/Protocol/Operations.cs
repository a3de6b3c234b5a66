using System.Collections.Frozen;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>All operations of the protocol, by name.</summary>
internal static class Operations
{
    private static readonly FrozenDictionary<string, Operation> ByName = All.ToFrozenDictionary(operation => operation.Name);

    /// <summary>The operations in the order in which the specification lists them.</summary>
    public static IEnumerable<Operation> All =>
    [
        .. NoiseOperations.All,
        .. ProductOperations.All,
        .. FactorOperations.All,
        .. MatrixOperations.All,
        .. GaussianOperations.All,
        .. DpSgdOperations.All,
        .. SketchedGaussianOperations.All,
        .. LoraOperations.All,
    ];

    /// <summary>The operation of a name, or an unknown-op error.</summary>
    public static Operation Find(string name)
        => ByName.TryGetValue(name, out Operation? operation)
            ? operation
            : throw ProtocolException.UnknownOperation($"there is no such operation; there are {string.Join(", ", All.Select(o => o.Name))}");
}
