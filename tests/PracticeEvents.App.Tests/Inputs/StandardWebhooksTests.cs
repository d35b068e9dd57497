using System.Globalization;
using System.Text;
using PracticeEvents.App.Inputs;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string LongSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long At = 1614265330;

    [Theory]
    [InlineData(Secret, Id, At, Body, Signature)]
    [InlineData(
        Secret,
        "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
        1674087231,
        """{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{"id":"1f81eb52-5198-4599-803e-771906343485"}}""",
        "v1,ARw42xaAApl/nxRo+iPGYwSaMQaOwMo2eyH5JBRA+bQ=")]
    [InlineData(
        LongSecret,
        "evt_01HZX8PRACTICE0000000001",
        1785542400,
        """{"type":"alert.raised","timestamp":"2026-08-01T00:00:00Z","data":{"alertId":"A-1","note":"Ünïcode – £5 ✓"}}""",
        "v1,atFJFqM6LWzBHxmaOGUnDDvPJhSC3kqG+95WROs3hys=")]
    [InlineData(LongSecret, "evt_empty", 1785542400, "", "v1,ixZwPQPtWhG7+krQ3/pgGMRdTtCu91i0nGbseDLk0fI=")]
    public void Known_messages_have_their_known_signatures(string secret, string id, long at, string body, string signature)
    {
        Assert.Equal(signature, StandardWebhooks.Sign(id, DateTimeOffset.FromUnixTimeSeconds(at), Encoding.UTF8.GetBytes(body), [secret]));
        Assert.Equal(SignatureFault.None, Verify(id, at.ToString(CultureInfo.InvariantCulture), signature, body: body, secret: secret, now: at));
    }

    [Theory]
    [InlineData(null, "1614265330", Signature)]
    [InlineData(Id, null, Signature)]
    [InlineData(Id, "1614265330", null)]
    [InlineData("", "1614265330", Signature)]
    public void A_missing_header_is_refused(string? id, string? timestamp, string? signature) =>
        Assert.Equal(SignatureFault.MissingHeader, Verify(id, timestamp, signature));

    [Theory]
    [InlineData("hello")]
    [InlineData("1614265330.5")]
    [InlineData("-1614265330")]
    [InlineData("99999999999999999999999")]
    public void A_timestamp_that_is_no_number_of_seconds_is_refused(string timestamp) =>
        Assert.Equal(SignatureFault.BadTimestamp, Verify(timestamp: timestamp));

    [Theory]
    [InlineData(300, SignatureFault.None)]
    [InlineData(-300, SignatureFault.None)]
    [InlineData(301, SignatureFault.TooOld)]
    [InlineData(-301, SignatureFault.TooNew)]
    public void Clocks_may_differ_by_300_seconds_and_no_more(long secondsLater, object fault) =>
        Assert.Equal((SignatureFault)fault, Verify(now: At + secondsLater));

    [Fact]
    public void The_largest_timestamp_is_refused_without_overflow() =>
        Assert.Equal(SignatureFault.TooNew, Verify(timestamp: long.MaxValue.ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("v1,")]
    [InlineData("v1")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIA==")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,£££")]
    public void A_signature_that_is_not_whole_or_of_a_known_version_is_refused(string signature) =>
        Assert.Equal(SignatureFault.NoMatch, Verify(signature: signature));

    [Fact]
    public void One_valid_signature_among_others_is_enough() =>
        Assert.Equal(SignatureFault.None, Verify(signature: "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,xyz v1a,abc= " + Signature));

    [Fact]
    public void The_prefix_of_a_secret_may_be_left_out() => Assert.Equal(SignatureFault.None, Verify(secret: Secret["whsec_".Length..]));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public void An_empty_or_unreadable_secret_verifies_nothing(string secret)
    {
        Assert.Equal(SignatureFault.NoMatch, Verify(secret: secret));
        Assert.Throws<ArgumentException>(() => StandardWebhooks.Sign(Id, DateTimeOffset.FromUnixTimeSeconds(At), "x"u8, [secret]));
    }

    [Fact]
    public void A_changed_body_is_refused() => Assert.Equal(SignatureFault.NoMatch, Verify(body: Body + " "));

    [Fact]
    public void During_a_rotation_either_live_secret_verifies_and_both_sign()
    {
        var next = StandardWebhooks.NewSecret();
        var signed = StandardWebhooks.Sign(Id, DateTimeOffset.FromUnixTimeSeconds(At), Encoding.UTF8.GetBytes(Body), [next, Secret]);

        Assert.Equal(2, signed.Split(' ').Length);
        Assert.Equal(SignatureFault.None, Verify(signature: signed, secret: next));
        Assert.Equal(SignatureFault.None, Verify(signature: signed, secret: Secret));
    }

    private static SignatureFault Verify(
        string? id = Id, string? timestamp = "1614265330", string? signature = Signature, string body = Body, string secret = Secret, long now = At) =>
        StandardWebhooks.Verify(
            name => name switch { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signature, _ => null },
            Encoding.UTF8.GetBytes(body), [secret], DateTimeOffset.FromUnixTimeSeconds(now));
}
