namespace LoraPrivacy.Oracle.Audit;

/// <summary>What an initialisation computes A from.</summary>
internal enum InitializationSource
{
    /// <summary>Random numbers alone.</summary>
    Chance,

    /// <summary>The base model's weights.</summary>
    BaseWeights,

    /// <summary>The training data.</summary>
    Data,

    /// <summary>Not known to this command.</summary>
    Unknown,
}
