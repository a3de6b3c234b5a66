// Two folders that use each other, for the test of the test.
namespace LoraPrivacy.Spec.Tests.Mutant.Left
{
    internal static class LeftType
    {
        public static int Count => Right.RightType.Start + 1;
    }
}

namespace LoraPrivacy.Spec.Tests.Mutant.Right
{
    internal static class RightType
    {
        public static int Start => Environment.ProcessId;

        public static int Next => Left.LeftType.Count;
    }
}
