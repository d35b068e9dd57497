namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Puts sending together. A channel is found by what it implements.</summary>
internal static class SendingSetup
{
    public static void AddSending(this IServiceCollection services)
    {
        foreach (var channel in typeof(IChannel).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IChannel))))
        {
            services.AddSingleton(typeof(IChannel), channel);
        }

        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<SubscriberSight>();
        services.AddSingleton<Budgets>();
        services.AddSingleton<Digested>();
        services.AddSingleton<Planning>();
        services.AddSingleton<DeliveryNotes>();
        services.AddSingleton<AlertLinks>();
        services.AddSingleton<Channels.FeedReader>();
        services.AddSingleton<Channels.Calendar>();
        services.AddSingleton<Messages>();
        services.AddSingleton<AnotherWay>();
        services.AddSingleton<Delivering>();
        services.AddSingleton<Preview>();
        services.AddSingleton<SubscriptionDesk>();
        services.AddHostedService<SendingLine>();
        services.AddHostedService<Sender>();
    }
}
