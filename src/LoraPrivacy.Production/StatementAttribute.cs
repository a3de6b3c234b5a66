namespace LoraPrivacy.Production;

/// <summary>
/// Names the numbered statement of <c>spec/</c> that a member puts into practice. One test resolves every
/// attribute against <c>spec/statements.json</c> and fails on a link that is missing on either side.
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Property,
    AllowMultiple = true)]
public sealed class StatementAttribute : Attribute
{
    /// <summary>Links a member to a statement.</summary>
    /// <param name="id">The statement, for example <c>S11</c>.</param>
    public StatementAttribute(string id) => Id = id;

    /// <summary>The statement's id, for example <c>S11</c>.</summary>
    public string Id { get; }
}
