namespace LoraPrivacy.Oracle.Protocol;

/// <summary>What the reference computes.</summary>
internal static class Operations
{
    public static OperationSet Reference { get; } = new("LoraPrivacy reference", CommandProgram.Version, new[]
    {
        GradientOperations.All, ProductOperations.All, ReleaseOperations.All, MechanismOperations.All,
    }.SelectMany(family => family).ToDictionary(), ComputationLimit.Run);

    /// <summary>A function whose result is one number.</summary>
    public static Action<Arguments, Utf8JsonWriter> Value(Func<Arguments, double> compute) => (arguments, result) => result.WriteReal("value", compute(arguments));

    /// <summary>δ(ε) of two laws with densities that are positive everywhere: it falls to 0.</summary>
    public static Action<Arguments, Utf8JsonWriter> VanishingDelta(Func<Arguments, Func<double, double>> curve) => Value(arguments =>
    {
        Func<double, double> delta = curve(arguments);
        return double.IsInfinity(arguments.Real("epsilon")) ? 0 : delta(arguments.Real("epsilon"));
    });

    /// <summary>A function whose result is a proved bracket.</summary>
    public static Action<Arguments, Utf8JsonWriter> Bracket(Func<Arguments, Reference.Numerics.Bracket> compute) => (arguments, result) =>
    {
        Reference.Numerics.Bracket bracket = compute(arguments);
        if (double.IsPositiveInfinity(bracket.Upper) && double.IsFinite(bracket.Lower))
        {
            throw ProtocolException.OutOfRange(null, string.Create(
                CultureInfo.InvariantCulture, $"the parameters are too extreme for a finite upper bound; all that is known is at least {bracket.Lower:R}"));
        }

        result.WriteReal("lower", bracket.Lower);
        result.WriteReal("upper", bracket.Upper);
    };
}
