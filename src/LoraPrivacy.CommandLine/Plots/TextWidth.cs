namespace LoraPrivacy.CommandLine.Plots;

/// <summary>
/// How wide a text is at most, without a font at hand: by the advances of DejaVu Sans, which is wider than Helvetica and Arial, the fonts
/// that pictures ask for first.
/// </summary>
internal static class TextWidth
{
    /// <summary>Thousandths of the size, from the space to the tilde.</summary>
    private static readonly int[] Ascii =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    /// <summary>The greatest width of a text in the unit of the size. Letters beyond ASCII count as 0.7, signs (∞, ≤, −) as 0.9 and dashes as 1.</summary>
    public static double Of(string text, double size) => size / 1000 * text.Sum(c =>
        c is >= ' ' and <= '~' ? Ascii[c - ' '] : char.IsLetter(c) || c is '·' or '‖' or '′' ? 700 : c is '—' or '…' ? 1000 : 900);

    /// <summary>Breaks a text into lines of at most a width; a word that is wider stands alone.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' '))
        {
            if (lines.Count > 0 && Of($"{lines[^1]} {word}", size) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
