using Xunit;

namespace LoraPrivacy.Oracle.Tests.Reporting.Browser;

/// <summary>A test that needs an installed Chromium; where none runs it is reported as skipped, with the reason.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Absence;
}
