namespace PracticeEvents.App.Hosting;

/// <summary>Checks the configuration at start: an unknown key or an impossible value stops the service with a sentence, before anybody relies on it.</summary>
internal static class Settings
{
    private static readonly string[] Sections = ["Inputs", "Alerts", "Web", "Logging", "ConnectionStrings", "AllowedHosts", "Kestrel"];

    /// <summary>Keys that this edition knows under its own sections.</summary>
    private static readonly string[] InputKeys = ["RequestsPerMinute"];

    /// <summary>Stops on the first thing that is wrong.</summary>
    /// <exception cref="SettingsException">A key or a value is wrong; the message says which and what is wanted.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection("Inputs").GetChildren())
        {
            if (!InputKeys.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingsException($"Inputs:{section.Key} is not a setting. Under Inputs there is {string.Join(", ", InputKeys)}.");
            }
        }

        if (configuration.GetConnectionString("Practice") is { Length: 0 })
        {
            throw new SettingsException("ConnectionStrings:Practice is empty. Leave it out for the private database, or give a PostgreSQL connection string.");
        }

        if (configuration["Web:Address"] is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var web) && (web.Scheme is "http" or "https")))
        {
            throw new SettingsException("Web:Address is not an address such as https://practice.council.gov.uk.");
        }

        if (configuration["Alerts:Channels:Email:Port"] is { } port && !(int.TryParse(port, out var number) && number is > 0 and < 65536))
        {
            throw new SettingsException("Alerts:Channels:Email:Port is not a port number.");
        }

        if (configuration["Alerts:Channels:Email:From"] is { } from && !System.Net.Mail.MailAddress.TryCreate(from, out _))
        {
            throw new SettingsException("Alerts:Channels:Email:From is not an email address.");
        }

        // Says for itself what is wrong.
        _ = new Alerts.Sending.Budgets(configuration);

        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).Build();
        if (file.GetChildren().FirstOrDefault(s => !Sections.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException($"appsettings.json: there is no section {unknown.Key}. There is {string.Join(", ", Sections)}.");
        }
    }
}

/// <summary>The configuration is wrong.</summary>
internal sealed class SettingsException(string message) : Exception(message);
