namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The claims about one subject.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Claims">The claims, in the order in which they were checked.</param>
internal sealed record Section(string Name, IReadOnlyList<Claim> Claims);
