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

        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).Build();
        if (file.GetChildren().FirstOrDefault(s => !Sections.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException($"appsettings.json: there is no section {unknown.Key}. There is {string.Join(", ", Sections)}.");
        }
    }
}

/// <summary>The configuration is wrong.</summary>
internal sealed class SettingsException(string message) : Exception(message);
