namespace VerifyXunit;

/// <summary>
/// Compares a text with the snapshot <c>Class.Method.verified.txt</c> beside the test's source, in Verify's own call shape and
/// with its files. On a mismatch the text is left in <c>Class.Method.received.txt</c>; accept it by renaming it.
/// </summary>
/// <remarks>
/// It stands in for Verify.Xunit, which <c>-p:UseVerify=true</c> takes instead where the package source has it. The class's name
/// must be that of its source file.
/// </remarks>
public static class Verifier
{
    /// <summary>Compares a text with its snapshot.</summary>
    public static async Task Verify(
        string target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        string source = Locate(sourceFile);
        string stem = Path.Combine(Path.GetDirectoryName(source)!, $"{Path.GetFileNameWithoutExtension(source)}.{method}");
        string verifiedPath = stem + ".verified.txt";
        string receivedPath = stem + ".received.txt";
        string received = target.ReplaceLineEndings("\n");
        string? verified = File.Exists(verifiedPath)
            ? (await File.ReadAllTextAsync(verifiedPath)).ReplaceLineEndings("\n")
            : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        await File.WriteAllTextAsync(receivedPath, received, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        throw new InvalidOperationException(
            verified is null
                ? $"There is no snapshot yet. Read {receivedPath} and rename it to {Path.GetFileName(verifiedPath)} if it is right."
                : $"{Path.GetFileName(verifiedPath)} differs from what was received, {Difference(verified, received)}. The whole text is in {receivedPath}.");
    }

    /// <summary>Deterministic builds write source paths as /_/tests/…; they are found again from the test assembly.</summary>
    private static string Locate(string sourceFile)
    {
        if (!sourceFile.StartsWith("/_/", StringComparison.Ordinal))
        {
            return sourceFile;
        }

        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, sourceFile[3..])))
        {
            directory = directory.Parent;
        }

        return directory is null ? sourceFile : Path.Combine(directory.FullName, sourceFile[3..]);
    }

    private static string Difference(string verified, string received)
    {
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
        {
            line++;
        }

        string Line(string[] lines) => line < lines.Length ? $"\"{lines[line]}\"" : "the end";
        return $"first in line {line + 1}: expected {Line(expected)}, received {Line(actual)}";
    }
}
