using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace PracticeEvents.App.Access;

/// <summary>Keeps the keys that protect sign-in cookies in the database, so that every node reads every other node's cookies and a restart signs nobody out.</summary>
internal sealed class KeysInDatabase(NpgsqlDataSource source) : IXmlRepository
{
    private const string Ddl = """
        create table if not exists practice.protection_keys (name text primary key, key text not null);
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("select key from practice.protection_keys order by name");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand("insert into practice.protection_keys values ($1, $2) on conflict (name) do update set key = excluded.key");
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
