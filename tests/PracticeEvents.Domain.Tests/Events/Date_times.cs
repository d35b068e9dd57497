using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

/// <summary>Dates and instants are read the plain way or by the framework's forms: which of the two it was must not show.</summary>
public sealed class Date_times
{
    [Theory]
    [InlineData("2026-09-07T14:30:00Z", "2026-09-07T14:30:00.0000000+00:00")]
    [InlineData("2026-09-07T14:30:00z", "2026-09-07T14:30:00.0000000+00:00")]
    [InlineData("2026-09-07T14:30:00+01:00", "2026-09-07T14:30:00.0000000+01:00")]
    [InlineData("2026-09-07T14:30:00-00:30", "2026-09-07T14:30:00.0000000-00:30")]
    [InlineData("2026-09-07T14:30:00.25+14:00", "2026-09-07T14:30:00.2500000+14:00")]
    [InlineData("2026-09-07T14:30Z", "2026-09-07T14:30:00.0000000+00:00")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    public void An_instant_keeps_its_offset(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var instant));
        Assert.Equal(expected, instant.ToString("o", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-09-07T24:00:00Z")]
    [InlineData("2026-09-07T10:60:00Z")]
    [InlineData("2026-09-07T10:00:60Z")]
    [InlineData("2026-13-07T10:00:00Z")]
    [InlineData("0000-01-01T10:00:00Z")]
    [InlineData("2026-09-07T10:00:00")]
    [InlineData("2026-09-07T10:00:00+15:00")]
    [InlineData("2026-09-07T10:00:00+01:60")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2026-09-07T1\u0660:00:00Z")]
    [InlineData("2026-09-07")]
    public void Anything_else_is_no_instant(string text) => Assert.False(Rfc3339.TryParse(text, out _));

    [Fact]
    public void A_date_is_read_exactly_when_the_framework_reads_it() => Prop.ForAll(Dates, text =>
    {
        var theirs = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        return Happened.TryParse(text, out var ours) == theirs && (!theirs || ours == new Happened(date));
    }).QuickCheckThrowOnFailure();

    // Ten characters that are a date, or nearly one.
    private static readonly Arbitrary<string> Dates =
        (from year in Gen.Elements(0, 1, 1999, 2000, 2024, 2026, 9999)
         from month in Gen.Choose(0, 13)
         from day in Gen.Choose(0, 32)
         from place in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(0, 9)))
         from other in Gen.Elements('-', '/', ' ', '\0', '+', '\u0663', 'x', '1')
         let text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")
         select place < 0 ? text : text[..place] + other + text[(place + 1)..]).ToArbitrary();
}
