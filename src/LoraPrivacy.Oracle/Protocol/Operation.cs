using System.Text.Json;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>One operation of the JSON-lines protocol.</summary>
/// <param name="Name">Its name, for example product/delta.</param>
/// <param name="Statement">The statement of the specification that it computes; null where it computes none.</param>
/// <param name="Parameters">The names of its parameters; a name that ends in "?" may be left out.</param>
/// <param name="Answer">Reads the parameters and writes the members of the result object.</param>
internal sealed record Operation(
    string Name, string? Statement, string[] Parameters, Action<ParameterReader, Utf8JsonWriter> Answer);
