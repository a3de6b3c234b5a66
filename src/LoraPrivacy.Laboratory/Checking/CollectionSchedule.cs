using System.Runtime;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// Keeps garbage collections to the moments between two steps. TorchSharp hands libtorch the address inside a number that nothing refers
/// to any more (the α of every sum, for one), and a collection that another thread starts meanwhile frees it under libtorch's hands.
/// </summary>
internal static class CollectionSchedule
{
    private const long Budget = 192L << 20;

    private static long start;

    /// <summary>Collects if it is time; call it where no tensor operation runs. Until the next call there is no collection for 192 MiB.</summary>
    public static void BetweenSteps()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            if (GC.GetAllocatedBytesForCurrentThread() - start < Budget / 2)
            {
                return;
            }

            End();
        }

        GC.TryStartNoGCRegion(Budget);
        start = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Lets the runtime collect as it likes.</summary>
    public static void End()
    {
        // The region ends by itself where more was allocated.
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
