using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using PracticeEvents.App.Alerts.Sending;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>Email by the council's own server (SMTP), on when <c>Alerts:Channels:Email</c> has a Host and a From. Plain text: stage, duty, reference,
/// date and link; why it came and how to change it.</summary>
internal sealed class Email(IConfiguration configuration, AlertLinks links) : IChannel
{
    private readonly IConfigurationSection settings = configuration.GetSection("Alerts:Channels:Email");

    public string Name => "email";

    public string AddressIs => "an email address";

    public string? WhyOff => settings["Host"] is { Length: > 0 } && settings["From"] is { Length: > 0 }
        ? null
        : "Email is not set up: Alerts:Channels:Email needs a Host and a From.";

    public bool Takes(string address) => address.Length <= 254 && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var mail) && mail.Address == address;

    public async Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct)
    {
        using var mail = MessageOf(to, notice);
        using var server = new SmtpClient(settings["Host"], settings.GetValue("Port", 25)) { EnableSsl = settings.GetValue("UseTls", false) };
        if (settings["User"] is { Length: > 0 } user)
        {
            server.Credentials = new NetworkCredential(user, settings["Password"]);
        }

        try
        {
            await server.SendMailAsync(mail, ct);
            return new Attempt(true, "sent");
        }
        catch (SmtpException e)
        {
            return new Attempt(false, e.InnerException is System.Net.Sockets.SocketException or IOException ? "not_reachable" : $"smtp_{(int)e.StatusCode}");
        }
    }

    private MailMessage MessageOf(Subscription to, Notice notice)
    {
        var text = $"{notice.Line}\n{notice.Text}\n\n{notice.Link}\n\n"
            + $"You get this because you asked for alerts by email. To change that: {links.Subscriptions}\n"
            + "This message carries references only. Please do not add names when you reply or pass it on.\n";
        var mail = new MailMessage(settings["From"]!, to.Address!)
        {
            Subject = notice.Line,
            SubjectEncoding = Encoding.UTF8,
            Body = text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.Headers.Add("Message-ID", $"<{notice.Id}@{new MailAddress(settings["From"]!).Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
