/// `subscriptions`: who is told of changes in which tables.
extension BusinessCentralSandbox {
    mutating func answerSubscriptions(
        _ request: SandboxRequest,
        _ root: String,
        _ key: String?,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        subscriptions.expire(at: now)
        switch (request.method, key) {
        case ("GET", nil):
            let values = subscriptions.all.map { $0.json() }
            let context = SandboxJSON.string("\(root)/$metadata#subscriptions")
            return answer(200, SandboxJSON.members(["@odata.context": context, "value": .array(values)]).bytes)
        case ("GET", .some(let key)):
            let subscription = subscriptions.all[try place(ofSubscription: key)]
            return answer(subscription, root, status: 200)
        case ("POST", nil): return try subscribe(request, root, at: now)
        case ("PATCH", .some(let key)): return try renew(request, root, try place(ofSubscription: key), at: now)
        case ("DELETE", .some(let key)):
            let place = try place(ofSubscription: key)
            if let tag = request.headers["if-match"] { try check(tag, subscriptions.all[place]) }
            subscriptions.all.remove(at: place)
            return answer(204)
        case _: throw .methodNotAllowed(request.method, "subscriptions", isCollection: key == nil)
        }
    }

    /// Takes the subscriber's answer: only who repeats the token is told of anything.
    mutating func conclude(
        _ handshake: SubscriptionDesk.Handshake,
        _ outcome: OutboundOutcome,
        at now: SandboxInstant
    ) -> SandboxResponse {
        guard case .answered(200, let body) = outcome, String(decoding: body, as: UTF8.self) == handshake.token else {
            return failure(.unansweredHandshake(handshake.subscription.address))
        }
        var subscription = handshake.subscription
        if let place = subscriptions.index(subscription.id) {
            guard !handshake.isNew else { return failure(.subscriptionExists(subscription.id)) }
            let present = subscriptions.all[place]
            (subscription.seenVersion, subscription.seenPlaces) = (present.seenVersion, present.seenPlaces)
            (subscription.entries, subscription.firstChangeAt) = (present.entries, present.firstChangeAt)
            if present.target != subscription.target { startWatching(&subscription) }
            subscriptions.all[place] = subscription
        } else {
            guard handshake.isNew else { return failure(.noSubscription(subscription.id)) }
            startWatching(&subscription)
            subscriptions.all.append(subscription)
        }
        return answer(subscription, handshake.root, status: handshake.isNew ? 201 : 200)
    }

    private mutating func subscribe(
        _ request: SandboxRequest,
        _ root: String,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard let body = try? SandboxJSON(bytes: request.body), body.object != nil else { throw .badBody }
        guard subscriptions.all.count < SubscriptionDesk.most else { throw .tooManySubscriptions }
        let id = body["subscriptionId"]?.string ?? desk.generator.token()
        guard subscriptions.index(id) == nil else { throw .subscriptionExists(id) }
        guard let address = body["notificationUrl"]?.string, !address.isEmpty else { throw .null("notificationUrl") }
        guard let resource = body["resource"]?.string, !resource.isEmpty else { throw .null("resource") }
        let subscription = BusinessCentralSubscription(
            id: id,
            address: try Self.checked(address: address),
            resource: resource,
            clientState: try Self.checked(clientState: body["clientState"]?.string ?? ""),
            target: try target(of: resource),
            createdAt: now,
            modifiedAt: now,
            expiresAt: now.advanced(byMilliseconds: BusinessCentralSubscription.lifetime),
            version: desk.nextVersion(),
            seenVersion: 0,
            seenPlaces: 0
        )
        return shakeHands(subscription, root, isNew: true)
    }

    private mutating func renew(
        _ request: SandboxRequest,
        _ root: String,
        _ place: Int,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard let tag = request.headers["if-match"] else { throw .badToken }
        var subscription = subscriptions.all[place]
        try check(tag, subscription)
        guard let body = try? SandboxJSON(bytes: request.body), body.object != nil else { throw .badBody }
        if let address = body["notificationUrl"]?.string { subscription.address = try Self.checked(address: address) }
        if let state = body["clientState"]?.string { subscription.clientState = try Self.checked(clientState: state) }
        if let resource = body["resource"]?.string {
            subscription.target = try target(of: resource)
            subscription.resource = resource
        }
        subscription.modifiedAt = now
        subscription.expiresAt = now.advanced(byMilliseconds: BusinessCentralSubscription.lifetime)
        subscription.version = desk.nextVersion()
        return shakeHands(subscription, root, isNew: false)
    }

    /// Asks the subscriber to repeat a token; the request is answered when he has.
    private mutating func shakeHands(
        _ subscription: BusinessCentralSubscription,
        _ root: String,
        isNew: Bool
    ) -> SandboxResponse {
        let (id, token) = (subscriptions.nextCall(), desk.generator.token())
        subscriptions.handshakes[id] = .init(subscription: subscription, token: token, isNew: isNew, root: root)
        let mark = subscription.address.contains("?") ? "&" : "?"
        var response = failure(.unansweredHandshake(subscription.address))
        response.call = OutboundCall(
            id: id,
            url: "\(subscription.address)\(mark)validationToken=\(token)",
            body: [],
            timeoutMilliseconds: SubscriptionDesk.patience
        )
        return response
    }

    private func startWatching(_ subscription: inout BusinessCentralSubscription) {
        subscription.seenVersion = desk.version
        subscription.seenPlaces = places[subscription.target].map { tables[$0].slots.count } ?? 0
        (subscription.entries, subscription.firstChangeAt) = ([:], nil)
    }

    private func answer(_ subscription: BusinessCentralSubscription, _ root: String, status: Int) -> SandboxResponse {
        var response = answer(status, subscription.json(context: "\(root)/$metadata#subscriptions/$entity").bytes)
        response.headers["ETag"] = subscription.tag
        if status == 201 { response.headers["Location"] = "\(root)/subscriptions('\(subscription.id)')" }
        return response
    }

    private func place(ofSubscription key: String) throws(BusinessCentralError) -> Int {
        let name = key.hasPrefix("subscriptionId=") ? String(key.dropFirst(15)) : key
        guard name.count >= 2, name.hasPrefix("'"), name.hasSuffix("'") else { throw .badAddress }
        let id = String(name.dropFirst().dropLast())
        guard let place = subscriptions.index(id) else { throw .noSubscription(id) }
        return place
    }

    private func check(_ tag: String, _ subscription: BusinessCentralSubscription) throws(BusinessCentralError) {
        if tag == "*" { return }
        guard BusinessCentralETag.isWellFormed(tag) else { throw .badToken }
        guard tag == subscription.tag else { throw .changedMeanwhile }
    }

    private static func checked(address: String) throws(BusinessCentralError) -> String {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"), address.utf8.count <= 2_048 else {
            throw .badNotificationAddress(address)
        }
        return address
    }

    private static func checked(clientState: String) throws(BusinessCentralError) -> String {
        guard clientState.utf16.count <= 2_048 else { throw .tooLong(clientState, 2_048) }
        return clientState
    }
}
