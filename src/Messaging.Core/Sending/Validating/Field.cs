using System.Globalization;

namespace Messaging.Sending;

/// <summary>The place of an entry of a list in a request; becomes text only when something is wrong there.</summary>
internal readonly record struct Field(string List, int Index)
{
    public static Field Of(string list, int index) => new(list, index);

    public override string ToString() => Index < 0 ? List : string.Create(CultureInfo.InvariantCulture, $"{List}[{Index}]");

    public static string operator +(Field field, string member) => $"{field}.{member}";
}
