namespace LoraPrivacy.Oracle.Protocol;

/// <summary>All operations with stored vectors, which the reference answers.</summary>
internal static class Operations
{
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
}
