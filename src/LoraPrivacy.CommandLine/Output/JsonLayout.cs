using System.Text.Encodings.Web;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>How JSON documents for people and programs are laid out.</summary>
internal static class JsonLayout
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
