using System.ComponentModel;

namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A test that needs python3, and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly string? Missing = Find();

    public PythonFactAttribute() => Skip = Missing;

    private static string? Find()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", "import json, random, sys; sys.exit(sys.version_info < (3, 9))"]))!;
            python.WaitForExit();
            return python.ExitCode == 0 ? null : "python3 is older than 3.9 or lacks its standard library: the testee in Python is not run";
        }
        catch (Win32Exception)
        {
            return "there is no python3 (apt-get install python3): the testee in Python is not run";
        }
    }
}
