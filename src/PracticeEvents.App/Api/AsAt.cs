using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Api;

/// <summary>The parameter <c>asAt</c> of every read: as was known at that instant. A date alone means the end of that London day.</summary>
internal readonly record struct AsAt(DateTimeOffset? Instant)
{
    /// <summary>Binds it from the query; anything that is neither a date nor a date-time with an offset is a 400.</summary>
    public static ValueTask<AsAt> BindAsync(HttpContext context, ParameterInfo parameter) => TryParse(context.Request.Query["asAt"], out var asAt)
        ? ValueTask.FromResult(asAt)
        : throw new BadHttpRequestException("asAt must be a date or a date-time with an offset, such as 2026-03-17T09:00:00Z, from 1990 to 2099.");

    /// <summary>Reads it; nothing given means now.</summary>
    public static bool TryParse(string? text, out AsAt asAt)
    {
        asAt = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            if (!IsWithin(date.Year))
            {
                return false;
            }

            asAt = new AsAt(London.StartOf(date.AddDays(1)).AddTicks(-1).ToUniversalTime());
            return true;
        }

        // A plus sign that a caller did not encode arrives as a space.
        var read = Rfc3339.TryParse(text, out var instant) || Rfc3339.TryParse(text.Replace(' ', '+'), out instant);
        if (!read || !IsWithin(instant.Year))
        {
            return false;
        }

        asAt = new AsAt(instant.ToUniversalTime());
        return true;
    }

    // Nothing was known before there were systems, and nothing is known of the next century.
    private static bool IsWithin(int year) => year is >= 1990 and < 2100;

    /// <summary>Reads it from a page's address. What cannot be read is said beside its field, and means now.</summary>
    public static AsAt OfPage(IQueryCollection query, ModelStateDictionary problems)
    {
        if (TryParse(query["asAt"], out var asAt))
        {
            return asAt;
        }

        problems.AddModelError("asAt", "Enter the date as year, month and day, such as 2026-03-17");
        return default;
    }

    /// <summary>The instant asked about, or now.</summary>
    public DateTimeOffset Or(TimeProvider time) => Instant ?? time.GetUtcNow();
}
