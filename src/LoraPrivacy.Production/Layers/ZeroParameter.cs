namespace LoraPrivacy.Production.Layers;

/// <summary>Parameters that a module owns, whatever dispose scope it is constructed in: they live until the module is disposed of.</summary>
internal static class ZeroParameter
{
    /// <summary>A parameter of zeros.</summary>
    /// <param name="dtype">Its type.</param>
    /// <param name="device">Its device; null for the CPU.</param>
    /// <param name="shape">Its shape.</param>
    internal static Parameter Create(ScalarType dtype, Device? device, params long[] shape)
    {
        using var scope = NewDisposeScope();
        Parameter parameter = new(zeros(shape, dtype, device));
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
