using System.Globalization;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>Reads numbers, also from text.</summary>
internal static class Numbers
{
    public static bool TryRead(object? value, out decimal number)
    {
        switch (value)
        {
            case decimal d:
                number = d;
                return true;
            case long l:
                number = l;
                return true;
            case int i:
                number = i;
                return true;
            case double d when Math.Abs(d) < 7.9e28:
                number = (decimal)d;
                return true;
            case string text:
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            default:
                number = 0;
                return false;
        }
    }
}
