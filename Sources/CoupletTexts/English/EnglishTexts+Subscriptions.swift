extension EnglishTexts {
    /// Subscriptions to changes, and what is sent because of them.
    static let subscriptions: [String: String] = [
        "command.subscription": "Shows and removes subscriptions to the changes of Business Central.",
        "command.subscription.list": "Lists the subscriptions, and counts the notifications that came.",
        "command.subscription.list.remedy": """
        Use it to see whether changes are told. A running couplet serve counts from its start; without one nothing is \
        counted.
        """,
        "command.subscription.remove": "Removes the subscriptions of a connection, and makes none.",
        "command.subscription.remove.remedy": """
        Use it before the notification address is taken away for good: what is not removed ends by itself within three \
        days. The connection's tables are looked at as often as without subscriptions.
        """,
        "command.subscription.add": "Lets subscriptions of a connection be made again.",
        "command.subscription.add.remedy":
            "Use it after couplet subscription remove; couplet serve subscribes within seconds.",
        "column.connection": "Connection",
        "column.table": "Table",
        "column.expires": "Ends",
        "column.heard": "Last notification",
        "subscription.address": "Notifications are sent to {address}",
        "subscription.noAddress":
            "Nobody subscribes: no couplet serve with a setting notificationAddress is running.",
        "subscription.none": "There are no subscriptions.",
        "subscription.stopped": "No subscriptions of {connection} are made, because somebody has removed them.",
        "subscription.counts": "Notifications of changes: {received}[[; the last one {last}]]",
        "subscription.putOff": "Put off until later: {count}",
        "subscription.dropped": "Dropped, {reason}: {count}",
        "subscription.refused":
            "{connection} makes no subscription of {table} to {address}: {detail}",
        "subscription.refused.remedy": """
        See that the service reaches that address over the internet: its name, its certificate, and a proxy that \
        hands /notifications/ on to couplet serve. It is tried again by itself.
        """,
        "subscription.state.living": "tells of changes",
        "subscription.state.pending": "not confirmed yet",
        "subscription.state.doubted": "did not tell of a change; looked at as usual",
        "subscription.state.silent": "made anew after silence; looked at as usual until the first notification",
        "subscription.state.ended": "ended; looked at as usual",
        "subscription.state.elsewhere": "not used",
        "notification.dropped.otherRequest": "no request that tells of changes",
        "notification.dropped.tooLarge": "too large",
        "notification.dropped.unreadable": "tells of no changes",
        "notification.dropped.unknownConnection": "no such connection",
        "notification.dropped.unknownSubscription": "no subscription of Couplet",
        "notification.dropped.wrongClientState": "without proof of its subscription",
        "settings.badNotificationAddress":
            "notificationAddress cannot be \"{value}\": it is an https address with host and path, or http to this machine",
        "serve.notificationsNeedListen": "Notifications are wanted at {address}, and nothing listens for them.",
        "serve.notificationsNeedListen.remedy":
            "Give --listen HOST:PORT, to which that address leads, or leave the setting notificationAddress out.",
        "audit.event.connection.unsubscribed": "removed the subscriptions",
        "audit.event.connection.subscribed": "lets subscriptions be made again",
    ]
}
