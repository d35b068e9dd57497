using System.Text.RegularExpressions;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>Connections go back to the pool as they are (ADR 0018).</summary>
public sealed partial class SessionTests
{
    [Fact]
    public void Whoever_changes_a_session_has_one_of_its_own() => Assert.Empty(
        from file in Repository.Sources(".cs", ".sql")
        let text = File.ReadAllText(file)
        where Change().IsMatch(text) && !text.Contains(nameof(OwnSession), StringComparison.Ordinal)
        select $"{Path.GetFileName(file)}: {Change().Match(text).Value}");

    [Fact]
    public void Nothing_outlives_its_transaction_that_an_own_session_does_not_take_away() => Assert.Empty(
        from file in Repository.Sources(".cs", ".sql")
        where Leftover().IsMatch(File.ReadAllText(file))
        select Path.GetFileName(file));

    [Theory]
    [InlineData("set enable_sort to off", true)]
    [InlineData("select set_config('enable_sort', 'off', false)", true)]
    [InlineData("select pg_try_advisory_lock($1)", true)]
    [InlineData("listen practice_events", true)]
    [InlineData("SET SESSION enable_sort TO 'off'", true)]
    [InlineData("set local enable_sort to off", false)]
    [InlineData("select pg_advisory_xact_lock($1)", false)]
    [InlineData("update practice.outbox set claimed_until = null", false)]
    public void A_change_of_a_session_is_told_from_what_ends_with_its_transaction(string sql, bool changes) => Assert.Equal(changes, Change().IsMatch(sql));

    [GeneratedRegex("""\b(set|SET) ((?i)session )?(?!(?i)local\b)([a-z_]+ to|[a-z_]+ TO) ['\w]|set_config\([^;]*, false\)|pg_(try_)?advisory_lock|\b(listen|LISTEN) practice""")]
    private static partial Regex Change();

    [GeneratedRegex("""\bcreate (global |local )?temp|\bwith hold\b|\bset session authorization\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Leftover();
}
