using System.Globalization;
using System.Numerics;

namespace LoraPrivacy.Certifier.Interop;

/// <summary>FLINT's integers, in and out of ours through their digits.</summary>
internal static partial class BigIntegerNative
{
    private const string Flint = FlintLibrary.Name;
    private const int Hexadecimal = 16;

    /// <summary>Gives an action an fmpz_t that holds the integer.</summary>
    public static void With(BigInteger value, Action<nint> action) => With(1, pointers =>
    {
        string digits = BigInteger.Abs(value).ToString("x", CultureInfo.InvariantCulture);
        _ = fmpz_set_str(pointers[0], value.Sign < 0 ? "-" + digits : digits, Hexadecimal);
        action(pointers[0]);
    });

    /// <summary>Gives an action some fmpz_t of value 0, and frees them.</summary>
    public static unsafe void With(int count, Action<nint[]> action)
    {
        // An fmpz_t is one machine word, 0 at first.
        nint* words = stackalloc nint[count];
        nint[] pointers = new nint[count];
        for (int i = 0; i < count; i++)
        {
            words[i] = 0;
            pointers[i] = (nint)(words + i);
        }

        try
        {
            action(pointers);
        }
        finally
        {
            foreach (nint pointer in pointers)
            {
                fmpz_clear(pointer);
            }
        }
    }

    /// <summary>The integer of an fmpz_t.</summary>
    public static BigInteger Read(nint pointer)
    {
        nint text = fmpz_get_str(0, Hexadecimal, pointer);
        try
        {
            string digits = Marshal.PtrToStringAnsi(text)!;
            return digits[0] == '-'
                ? -BigInteger.Parse("0" + digits[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        finally
        {
            flint_free(text);
        }
    }

    [LibraryImport(Flint, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int fmpz_set_str(nint x, string digits, int @base);

    [LibraryImport(Flint)]
    private static partial nint fmpz_get_str(nint buffer, int @base, nint x);

    [LibraryImport(Flint)]
    private static partial void fmpz_clear(nint x);

    [LibraryImport(Flint)]
    private static partial void flint_free(nint memory);
}
