namespace LoraPrivacy.Files;

/// <summary>
/// JSON as Python's <c>json.dumps(…, indent=2, sort_keys=True)</c> lays it out, which is how PEFT writes its configurations: members
/// sorted by code point at every level, everything beyond ASCII escaped, no line feed at the end.
/// </summary>
internal static class PythonJson
{
    /// <summary>Writes an object of these members. Numbers keep the text they were read with.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        StringBuilder text = new();
        AppendObject(text, members, indent: 0);
        return text.ToString();
    }

    /// <summary>A float as Python's <c>repr</c> writes it: the shortest digits that read back the same, and never without a point or exponent.</summary>
    public static string Float(double value)
    {
        (string digits, int exponent) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        string sign = double.IsNegative(value) ? "-" : string.Empty;
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : string.Empty;
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        return exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Splits a number's shortest form into its digits, without zeros at either end, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Split(string number)
    {
        int e = number.IndexOf('E', StringComparison.Ordinal);
        string plain = e < 0 ? number : number[..e];
        int power = e < 0 ? 0 : int.Parse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = plain.IndexOf('.', StringComparison.Ordinal) is int i and >= 0 ? i : plain.Length;
        string all = plain.Replace(".", string.Empty, StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        return digits.Length == 0 ? ("0", 0) : (digits.TrimEnd('0'), power + point - 1 - (all.Length - digits.Length));
    }

    private static void Append(StringBuilder text, JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), indent);
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', ']', [.. value.EnumerateArray()], indent, item => Append(text, item, indent + 2));
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, IEnumerable<KeyValuePair<string, JsonElement>> members, int indent)
        => AppendAll(text, '{', '}', [.. members.OrderBy(member => member.Key, CodePointOrder.Instance)], indent, member =>
        {
            AppendText(text, member.Key);
            text.Append(": ");
            Append(text, member.Value, indent + 2);
        });

    private static void AppendAll<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, int indent, Action<T> append)
    {
        text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', indent + 2);
            append(items[i]);
        }

        _ = items.Count == 0 ? text.Append(close) : text.Append('\n').Append(' ', indent).Append(close);
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            string? escape = c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                '\f' => @"\f",
                < ' ' or > '~' => $"\\u{(int)c:x4}",
                _ => null,
            };
            _ = escape is null ? text.Append(c) : text.Append(escape);
        }

        text.Append('"');
    }

    /// <summary>Python orders texts by code point, .NET's ordinal order by UTF-16 unit; they differ beyond U+D7FF.</summary>
    private sealed class CodePointOrder : IComparer<string>
    {
        public static CodePointOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            StringRuneEnumerator first = x!.EnumerateRunes();
            StringRuneEnumerator second = y!.EnumerateRunes();
            while (true)
            {
                bool hasFirst = first.MoveNext();
                bool hasSecond = second.MoveNext();
                if (!hasFirst || !hasSecond)
                {
                    return hasFirst.CompareTo(hasSecond);
                }

                if (first.Current != second.Current)
                {
                    return first.Current.CompareTo(second.Current);
                }
            }
        }
    }
}
