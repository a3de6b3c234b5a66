namespace LoraPrivacy.Certifier.Suites;

/// <summary>Wrong parameters of an operation, from what its parameters may be, with the error that each has to be answered by.</summary>
internal static class InvalidTests
{
    /// <summary>An unknown parameter; then, for every parameter that must be given and is no word, none and one value for each reason to refuse it; then more.</summary>
    public static SuiteGroup Group(string operation, JsonObject valid, params VectorTest[] more)
        => Group(OperationTable.Of(operation).Parameters, valid, more);

    /// <summary>The same with the parameters in another order, which the ids keep.</summary>
    public static SuiteGroup Group(IEnumerable<Parameter> parameters, JsonObject valid, params VectorTest[] more)
    {
        List<VectorTest> tests = [VectorTest.Invalid(valid.With(("extra", 1)), ErrorCode.BadParameters, "extra", "a parameter that there is not")];
        foreach (Parameter parameter in parameters.Where(parameter => !parameter.IsOptional && parameter.Kind is not WordKind))
        {
            string name = parameter.Name;
            tests.Add(VectorTest.Invalid(valid.Without(name), ErrorCode.BadParameters, name, $"{name} is missing"));
            tests.AddRange(parameter.Kind.Refused.Select(wrong => VectorTest.Invalid(valid.With((name, wrong.Value)), wrong.Code, name, $"{name} {wrong.Why}")));
        }

        return new SuiteGroup(801, "wrong parameters", SuiteGroup.Definition, IsRequired: true, Agreement.Bits, [.. tests, .. more]);
    }
}
