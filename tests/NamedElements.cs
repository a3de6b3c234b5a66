namespace LoraPrivacy.Tests;

/// <summary>Finds elements of a page or picture.</summary>
internal static class NamedElements
{
    /// <summary>Elements by their name without a namespace.</summary>
    public static IEnumerable<XElement> Named(this XContainer container, string name)
        => container.Descendants().Where(element => element.Name.LocalName == name);
}
