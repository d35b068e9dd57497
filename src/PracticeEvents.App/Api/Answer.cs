using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace PracticeEvents.App.Api;

/// <summary>A list as JSON, or as CSV when the caller asks for <c>text/csv</c>: the same rows and the same names.</summary>
internal static class Answer
{
    /// <summary>The list in the form asked for.</summary>
    /// <param name="request">The request, for its <c>Accept</c> header and <c>format=csv</c>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="name">File name of the CSV, without its ending.</param>
    public static IResult List<T>(HttpRequest request, IReadOnlyList<T> rows, string name) =>
        WantsCsv(request) ? Results.File(Csv(rows), "text/csv; charset=utf-8", $"{name}.csv") : Results.Json(rows, ApiJson.Options);

    /// <summary>True when CSV is asked for.</summary>
    public static bool WantsCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
        || string.Equals(request.Query["format"], "csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>CSV: UTF-8 with a byte order mark, ISO dates, columns named as in JSON, and no cell that a spreadsheet would run as a formula.</summary>
    public static byte[] Csv<T>(IReadOnlyList<T> rows)
    {
        var members = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).ToList();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };
        using (var csv = new CsvWriter(text, settings))
        {
            members.ForEach(m => csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(m.Name)));
            csv.NextRecord();
            foreach (var row in rows)
            {
                members.ForEach(m => csv.WriteField(Cell(m.GetValue(row))));
                csv.NextRecord();
            }
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string s => s,
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ when value is Enum or bool or int or long or Guid or DateTimeOffset => JsonSerializer.SerializeToElement(value, value.GetType(), ApiJson.Options).ToString(),
        IEnumerable<string> words => string.Join("; ", words),
        _ => JsonSerializer.Serialize(value, value.GetType(), ApiJson.Options),
    };
}
