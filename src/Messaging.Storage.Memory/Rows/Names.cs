namespace Messaging.Storage.Memory;

/// <summary>Keeps each of few texts once and gives it a number, from 1; 0 is no text. Not thread safe.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string?> _names = [null];

    public string? this[int number] => _names[number];

    /// <summary>Returns the number of a text, a new one if need be.</summary>
    public int Add(string? name)
    {
        if (name is null)
        {
            return 0;
        }

        if (!_numbers.TryGetValue(name, out var number))
        {
            number = _names.Count;
            _names.Add(name);
            _numbers.Add(name, number);
        }

        return number;
    }

    public Action<BinaryWriter> Freeze()
    {
        var names = _names.ToArray();
        return writer =>
        {
            writer.Write(names.Length);
            foreach (var name in names.AsSpan(1))
            {
                writer.Write(name!);
            }
        };
    }

    public void Load(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 1; left--)
        {
            Add(reader.ReadString());
        }
    }

    /// <summary>Returns the number of a text; -1 when it never came.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);
}
