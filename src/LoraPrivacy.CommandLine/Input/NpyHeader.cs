namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// The header of an .npy file: a Python dictionary literal with exactly the keys descr, fortran_order and shape.
/// </summary>
internal sealed record NpyHeader(string Descriptor, bool FortranOrder, long[] Shape)
{
    public static NpyHeader Parse(string text, string source)
    {
        Cursor cursor = new(text, source);
        string? descriptor = null;
        bool? fortranOrder = null;
        long[]? shape = null;
        cursor.Expect('{');
        while (!cursor.TryTake('}'))
        {
            string key = cursor.TakeString();
            cursor.Expect(':');
            bool repeated = key switch
            {
                "descr" => descriptor is not null,
                "fortran_order" => fortranOrder is not null,
                "shape" => shape is not null,
                _ => throw cursor.Failure($"has the unknown key '{FileFormatException.Quote(key)}'"),
            };
            if (repeated)
            {
                throw cursor.Failure($"has the key '{key}' twice");
            }

            switch (key)
            {
                case "descr":
                    descriptor = cursor.TakeString();
                    break;
                case "fortran_order":
                    fortranOrder = cursor.TakeBoolean();
                    break;
                default:
                    shape = cursor.TakeTuple();
                    break;
            }

            if (!cursor.TryTake(','))
            {
                cursor.Expect('}');
                break;
            }
        }

        cursor.ExpectEnd();
        return descriptor is null || fortranOrder is null || shape is null
            ? throw cursor.Failure("lacks one of 'descr', 'fortran_order' and 'shape'")
            : new NpyHeader(descriptor, fortranOrder.Value, shape);
    }

    /// <summary>Reads the few Python literals that headers are made of.</summary>
    private sealed class Cursor(string text, string source)
    {
        private int at;

        public InputException Failure(string problem) => new($"{source}: the .npy header {problem}");

        public bool TryTake(char expected)
        {
            SkipBlanks();
            if (at >= text.Length || text[at] != expected)
            {
                return false;
            }

            at++;
            return true;
        }

        public void Expect(char expected)
        {
            if (!TryTake(expected))
            {
                throw Failure($"lacks '{expected}' at character {at}");
            }
        }

        public void ExpectEnd()
        {
            SkipBlanks();
            if (at != text.Length)
            {
                throw Failure($"goes on after its dictionary, at character {at}");
            }
        }

        public string TakeString()
        {
            SkipBlanks();
            if (at < text.Length && text[at] == '[')
            {
                throw Failure("describes records; only plain arrays of numbers are supported");
            }

            char quote = at < text.Length ? text[at] : ' ';
            int end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
            if (end < 0)
            {
                throw Failure($"lacks a quoted string at character {at}");
            }

            string value = text[(at + 1)..end];
            at = end + 1;
            return value;
        }

        public bool TakeBoolean()
        {
            SkipBlanks();
            foreach (bool value in new[] { true, false })
            {
                string literal = value ? "True" : "False";
                if (string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0)
                {
                    at += literal.Length;
                    return value;
                }
            }

            throw Failure($"lacks True or False at character {at}");
        }

        public long[] TakeTuple()
        {
            List<long> sizes = [];
            Expect('(');
            while (!TryTake(')'))
            {
                sizes.Add(TakeInteger());
                if (!TryTake(','))
                {
                    Expect(')');
                    break;
                }
            }

            return [.. sizes];
        }

        private long TakeInteger()
        {
            SkipBlanks();
            int end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (!long.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                throw Failure($"lacks a size at character {at}");
            }

            // Python 2 wrote sizes as 3L.
            at = end < text.Length && text[end] == 'L' ? end + 1 : end;
            return value;
        }

        private void SkipBlanks()
        {
            while (at < text.Length && text[at] is (' ' or '\n' or '\t' or '\r'))
            {
                at++;
            }
        }
    }
}
