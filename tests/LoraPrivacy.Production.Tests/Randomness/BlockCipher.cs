namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>AES-256 by its definition (FIPS 197), byte by byte, to hold the key streams against: slow, and no code in common with them.</summary>
internal sealed class BlockCipher
{
    private const int Rounds = 14;
    private static readonly byte[] Substitution = MakeSubstitution();

    private readonly byte[] roundKeys = new byte[16 * (Rounds + 1)];

    public BlockCipher(byte[] key)
    {
        key.CopyTo(roundKeys, 0);
        byte constant = 1;
        for (int i = 32; i < roundKeys.Length; i += 4)
        {
            byte[] word = roundKeys[(i - 4)..i];
            if (i % 32 == 0)
            {
                word = [(byte)(Substitution[word[1]] ^ constant), Substitution[word[2]], Substitution[word[3]], Substitution[word[0]]];
                constant = Multiply(constant, 2);
            }
            else if (i % 32 == 16)
            {
                word = [.. word.Select(value => Substitution[value])];
            }

            for (int j = 0; j < 4; j++)
            {
                roundKeys[i + j] = (byte)(roundKeys[i + j - 32] ^ word[j]);
            }
        }
    }

    public byte[] Encrypt(byte[] block)
    {
        byte[] state = AddRoundKey(block, 0);
        for (int round = 1; round <= Rounds; round++)
        {
            // Substitute bytes, shift rows: byte 4c + r of the state is row r of column c.
            byte[] shifted = [.. Enumerable.Range(0, 16).Select(i => Substitution[state[(i + (4 * (i % 4))) % 16]])];
            state = AddRoundKey(round == Rounds ? shifted : MixColumns(shifted), round);
        }

        return state;
    }

    private byte[] AddRoundKey(byte[] state, int round) => [.. state.Select((value, i) => (byte)(value ^ roundKeys[(16 * round) + i]))];

    private static byte[] MixColumns(byte[] state) => [.. Enumerable.Range(0, 16).Select(i =>
    {
        int column = i - (i % 4);
        byte At(int row) => state[column + ((i + row) % 4)];
        return (byte)(Multiply(At(0), 2) ^ Multiply(At(1), 3) ^ At(2) ^ At(3));
    })];

    // In the field of polynomials modulo x⁸ + x⁴ + x³ + x + 1.
    private static byte Multiply(int left, int right)
    {
        int product = 0;
        for (; right > 0; right >>= 1)
        {
            product ^= (right & 1) * left;
            left = (left << 1) ^ ((left >> 7) * 0x11b);
        }

        return (byte)product;
    }

    private static byte[] MakeSubstitution()
    {
        byte[] table = new byte[256];
        for (int value = 0; value < 256; value++)
        {
            int inverse = Enumerable.Range(0, 256).FirstOrDefault(candidate => Multiply(value, candidate) == 1);
            int result = 0x63;
            for (int shift = 0; shift < 5; shift++)
            {
                result ^= ((inverse << shift) | (inverse >> (8 - shift))) & 0xff;
            }

            table[value] = (byte)result;
        }

        return table;
    }
}
