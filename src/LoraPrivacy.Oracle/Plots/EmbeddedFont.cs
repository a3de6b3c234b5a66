using ScottPlot;
using SkiaSharp;

namespace LoraPrivacy.Oracle.Plots;

/// <summary>
/// The font of the pictures, taken from this program itself: a bare server has none, and the labels would be missing without a word.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>The font's family name; .svg files ask their viewer for it.</summary>
    public const string Family = "DejaVu Sans";

    private const string Resource = "DejaVuSans-subset.ttf";

    private static readonly Lazy<EmbeddedFont> Registered = new(() =>
    {
        EmbeddedFont font = new();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Family;
        return font;
    });

    /// <summary>Makes the font the one that charts are drawn with.</summary>
    public static void Use() => _ = Registered.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Load() : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
        => fontName == Family ? Load() : null;

    private static SKTypeface Load()
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(Resource)!;
        return SKTypeface.FromStream(stream);
    }
}
