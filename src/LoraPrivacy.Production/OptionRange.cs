namespace LoraPrivacy.Production;

/// <summary>The check of an option against its range, with the one wording of its failure.</summary>
internal static class OptionRange
{
    /// <summary>Throws unless a condition holds.</summary>
    /// <param name="holds">Whether the value is in its range.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="range">The range, such as <c>in (0, 1)</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The condition does not hold.</exception>
    public static void Check(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be {range}, but is {value}"));
        }
    }
}
