using System.Security.Cryptography;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>A style sheet or script that is part of this command, as it stands in the page.</summary>
/// <param name="Contents">What stands between the tags; the same bytes whether the page is read as HTML or as XML.</param>
internal sealed record PageAsset(string Contents)
{
    private const string Prefix = "report.";

    /// <summary>The source of the content security policy that allows exactly these contents.</summary>
    public string Source => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Contents)))}'";

    public static PageAsset Style(string name) => new($"/*<![CDATA[*/\n{Read(name)}/*]]>*/");

    /// <summary>Scripts, one after the other in a scope of their own.</summary>
    public static PageAsset Script(params string[] names)
        => new($"//<![CDATA[\n(() => {{\n\"use strict\";\n{string.Concat(names.Select(Read))}}})();\n//]]>");

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAsset).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"the resource {Prefix}{name} is missing");
        using StreamReader reader = new(stream, Encoding.UTF8);

        // A checkout may have turned the line ends; the page has the same bytes everywhere.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
