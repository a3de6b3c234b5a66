namespace LoraPrivacy.Oracle.Reporting;

/// <summary>What a page is made from.</summary>
/// <param name="IsQuick">Whether the slow tables are left out and the plots have fewer choices and points.</param>
/// <param name="Conformance">Results of <c>conform</c>, in the order in which they are shown.</param>
internal sealed record ReportSettings(bool IsQuick, IReadOnlyList<ConformanceResult> Conformance);
