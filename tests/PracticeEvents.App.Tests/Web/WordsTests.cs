using Microsoft.AspNetCore.Http;
using PracticeEvents.App.Web;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using Xunit;

namespace PracticeEvents.App.Tests.Web;

public sealed class WordsTests
{
    private static readonly DateOnly Day = new(2026, 9, 24);

    [Fact]
    public void Every_status_can_be_told_by_its_word_alone_and_by_its_shape_alone()
    {
        Assert.Equal(7, StatusWord.All.Select(status => status.Word).Distinct().Count());
        Assert.Equal(7, StatusWord.All.Select(status => status.Mark).Distinct().Count());
    }

    [Fact]
    public void Names_come_as_they_stand_in_a_register() => Assert.Equal(
        [null, "", "al-Amin", "Ålund", "Amos", "de Silva", "Émile", "Evans", "Łukasz", "Lunn", "O'Brien", "Oakley", "Zoë", "Zoe B", "Ξένια"],
        new[] { "Lunn", "Zoe B", "O'Brien", "Evans", null, "Ξένια", "Zoë", "Amos", "Oakley", "de Silva", "Łukasz", "", "Émile", "al-Amin", "Ålund" }.Order(ByName.Order));

    [Fact]
    public void Names_that_differ_only_in_marks_and_capitals_keep_one_order() => Assert.Equal(
        new[] { "Zoe", "Zoë", "zoe" }.Order(ByName.Order), new[] { "zoe", "Zoë", "Zoe" }.Order(ByName.Order));

    [Fact]
    public void Not_knowing_sorts_before_good_news()
    {
        var order = StatusWord.All.Select(status => status.Code).ToList();
        Assert.True(order.IndexOf("cannot_tell") < order.IndexOf("on_track"));
    }

    [Fact]
    public void A_code_that_is_not_in_the_contract_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StatusWord.For("late"));

    [Fact]
    public void Dates_are_written_out_in_English()
    {
        Assert.Equal("Thursday 24 September 2026", Dates.Long(Day));
        Assert.Equal("24 Sep 2026", Dates.Short(Day));
        Assert.Equal("Thursday 24 September 2026 at 12:30am", Dates.At(new(2026, 9, 23, 23, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(0, "today")]
    [InlineData(1, "tomorrow")]
    [InlineData(-1, "yesterday")]
    [InlineData(4, "in 4 days")]
    [InlineData(-1400, "1,400 days ago")]
    public void Relative_days_read_naturally(int days, string words) => Assert.Equal(words, Dates.Relative(Day.AddDays(days), Day));

    [Fact]
    public void Working_days_are_counted_in_words()
    {
        Assert.Equal("in 4 working days", Dates.InWorkingDays(4));
        Assert.Equal("by 1 working day", Dates.ByWorkingDays(1));
        Assert.Equal("since the last working day", Dates.ByWorkingDays(0));
    }

    [Theory]
    [InlineData("", 1, 25)]
    [InlineData("?page=3&rows=50", 3, 50)]
    [InlineData("?page=-1&rows=7", 1, 25)]
    [InlineData("?page=2&rows=all", 1, null)]
    public void A_list_shows_25_50_or_all_rows_and_nothing_else(string query, int page, int? size) =>
        Assert.Equal(new Paging(page, size), Paging.From(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query))));

    [Fact]
    public void Long_lists_of_pages_leave_out_the_middle() =>
        Assert.Equal([(1, false), (4, true), (5, false), (6, false), (9, true)], PagesTagHelper.Shown(5, 9));
}
