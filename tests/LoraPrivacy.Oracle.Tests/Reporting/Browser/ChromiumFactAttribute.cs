namespace LoraPrivacy.Oracle.Tests.Reporting.Browser;

/// <summary>A test that needs an installed Chromium; where none runs it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute([CallerMemberName] string test = "")
    {
        // The console names a skipped test, but not its reason: so it stands in the name as well.
        Skip = Chromium.Absence;
        DisplayName = Skip is null ? null : $"{test} ({Skip})";
    }
}
