namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>An initialisation of production with its counterpart in the reference, which may depend on the rank and the scale.</summary>
public sealed record InitializationPair(AInitialization Production, Func<int, double, Initialization> Reference)
{
    public static IReadOnlyList<InitializationPair> All { get; } =
    [
        new(AInitialization.KaimingUniform, (_, _) => Initialization.KaimingUniform),
        new(AInitialization.PeftGaussian, (_, _) => Initialization.PeftGaussian),
        new(AInitialization.UnbiasedGaussian, Initialization.Unbiased),
        new(AInitialization.Gaussian(0.3), (_, _) => Initialization.Gaussian(0.3)),
        new(AInitialization.Rademacher(0.7), (_, _) => Initialization.Rademacher(0.7)),
        new(AInitialization.Sparse(0.4), (_, _) => Initialization.Sparse(0.4)),
        new(AInitialization.Orthonormal(1.5), (_, _) => Initialization.Orthonormal(1.5)),
    ];

    public override string ToString() => Production.Name;
}
