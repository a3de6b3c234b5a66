namespace LoraPrivacy.CommandLine.Plots;

/// <summary>Charts in .svg files.</summary>
internal static class ChartFile
{
    private static readonly string[] Convertible = ["png", "pdf", "ps", "eps"];

    public static Option<string?> Option(string description)
    {
        Option<string?> option = new("--plot") { Description = description + " into a .svg file.", HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            string path = result.Tokens[0].Value;
            string extension = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
            if (extension != "svg")
            {
                string cure = Convertible.Contains(extension)
                    ? $"; rsvg-convert -f {extension} -o {path} {Path.ChangeExtension(path, "svg")} makes it of one" : string.Empty;
                result.AddError($"--plot must name a .svg file, but is '{path}'{cure}");
            }
        });
        return option;
    }

    public static void Save(Chart chart, string path) => AtomicFile.Write(path, new SvgChart(chart).Render() + "\n");
}
