namespace LoraPrivacy.Oracle.Audit;

/// <summary>The laws of A that its entries can be held against.</summary>
internal enum FactorLaw
{
    /// <summary>None: A depends on something that is not in the adapter's folder.</summary>
    None,

    /// <summary>Independent uniform entries on [−1/√m, 1/√m].</summary>
    KaimingUniform,

    /// <summary>Independent normal entries with standard deviation 1/r.</summary>
    Gaussian,

    /// <summary>PEFT's "orthogonal": a matrix of rank r/2.</summary>
    HalfRank,
}
