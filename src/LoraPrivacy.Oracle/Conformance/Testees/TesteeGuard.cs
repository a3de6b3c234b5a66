using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>
/// A process between the runner and a testee, on Linux: whatever the testee starts and leaves becomes the guard's child, however often it
/// forks and whatever session it makes for itself. When the testee ends, the runner ends (even by SIGKILL) or asks for it by SIGTERM, the guard
/// ends all of them, and then itself with the testee's exit code.
/// </summary>
internal static class TesteeGuard
{
    /// <summary>The first argument of a guard; the runner's process and the testee's words follow.</summary>
    public const string Verb = "guard-testee";

    /// <summary>The exit code where the testee cannot be started, by the shells' convention.</summary>
    public const int CannotStart = 127;

    private const string Descriptors = "/proc/self/fd";
    private const int SetChildSubreaper = 36;
    private const int Stop = 19;
    private const int Kill = 9;
    private const int MostRounds = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // The one that runs this process, which need not be on PATH: three folders above its libraries.
    private static readonly string Host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Whether there can be a guard here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The words that start a testee under a guard.</summary>
    public static IReadOnlyList<string> Words(IReadOnlyList<string> testee)
        => [Host, Path.Combine(AppContext.BaseDirectory, "lora-oracle.dll"), Verb, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), .. testee];

    /// <summary>Runs what starts guards, and ends what is left where a testee has killed its guard. The process must have no other children.</summary>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public static T Adopting<T>(Func<T> work)
    {
        if (!IsSupported)
        {
            return work();
        }

        _ = Prctl(SetChildSubreaper, 1, 0, 0, 0);
        try
        {
            return work();
        }
        finally
        {
            EndDescendants();
        }
    }

    /// <summary>Guards a testee.</summary>
    /// <param name="arguments">The runner's process, the testee's program and its arguments.</param>
    /// <returns>The testee's exit code.</returns>
    public static int Run(string[] arguments)
    {
        int runner = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        bool isAsked = false;
        _ = Prctl(SetChildSubreaper, 1, 0, 0, 0);

        // Ctrl-C reaches the whole group; it is the runner that says what it means.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => isAsked = context.Cancel = true);
        string?[] streams = [.. Enumerable.Range(0, 3).Select(stream => new FileInfo($"{Descriptors}/{stream}").LinkTarget)];
        Process testee;
        try
        {
            testee = Process.Start(new ProcessStartInfo(arguments[1], arguments.Skip(2)) { UseShellExecute = false })!;
        }
        catch (Win32Exception failure)
        {
            Console.Error.WriteLine($"cannot be started: {new Win32Exception(failure.NativeErrorCode).Message}");
            return CannotStart;
        }

        // The ends of the testee's own streams are to be seen by the runner, and the runtime has copies of ours.
        using (SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite))
        {
            foreach (string descriptor in Directory.GetFileSystemEntries(Descriptors))
            {
                if (streams.Contains(new FileInfo(descriptor).LinkTarget))
                {
                    _ = Duplicate((int)nothing.DangerousGetHandle(), int.Parse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture));
                }
            }
        }

        while (!testee.WaitForExit(Interval) && !Volatile.Read(ref isAsked) && ParentOf(Environment.ProcessId) == runner)
        {
        }

        EndDescendants();
        testee.WaitForExit();
        return testee.ExitCode;
    }

    /// <summary>Stops all descendants before it kills them, so that none can start another meanwhile, until there is none.</summary>
    private static void EndDescendants()
    {
        for (int round = 0; round < MostRounds; round++)
        {
            HashSet<int> stopped = [];
            for (int[] found = Descendants(); found.Any(stopped.Add); found = Descendants())
            {
                Array.ForEach(found, process => _ = Signal(process, Stop));
            }

            if (stopped.Count == 0)
            {
                return;
            }

            foreach (int process in stopped)
            {
                _ = Signal(process, Kill);
            }
        }
    }

    private static int[] Descendants()
    {
        Dictionary<int, int> parents = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && ParentOf(process) is int parent)
            {
                parents[process] = parent;
            }
        }

        return [.. parents.Keys.Where(process => IsDescendant(process, 0))];

        bool IsDescendant(int process, int depth)
            => parents.TryGetValue(process, out int parent) && depth < parents.Count && (parent == Environment.ProcessId || IsDescendant(parent, depth + 1));
    }

    /// <summary>The parent of a process that lives; null for one that has ended.</summary>
    private static int? ParentOf(int process)
    {
        try
        {
            // After the name in brackets, which may hold anything, come the state and the parent.
            string status = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ', 3);
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Prctl(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    /// <summary>Asks a guard to end its testee.</summary>
    public static void Terminate(int guard) => _ = Signal(guard, 15);
}
