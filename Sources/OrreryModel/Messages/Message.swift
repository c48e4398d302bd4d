public import OrreryKernel

/// Every message of the simulation: what happens to whom.
///
/// Components know each other only through these.
///
/// ```
///  site ──► telescope ──► uplink ──┐
///                                  ├──► broker ⇄ workers ──► store ──► delivered
///                       arrivals ──┘
/// ```
public enum Message: SimulationEvent {
    case site(SiteID, SiteEvent)
    case telescope(TelescopeID, TelescopeEvent)
    case arrivals(ArrivalsID)
    case uplink(SiteID, UplinkEvent)
    case broker(BrokerEvent)
    case workers(WorkerPoolEvent)
    case store(StoreEvent)
    /// The warm-up is over: observation starts anew.
    case warmUpEnded

    /// What happens to a site.
    public enum SiteEvent: BitwiseCopyable, Sendable {
        /// The sun crosses the limit of darkness, or it is time to look for the next crossing.
        case sun
        /// A spell of clear or closed weather ends.
        case weather
    }

    /// What happens to a telescope.
    public enum TelescopeEvent: BitwiseCopyable, Sendable {
        /// The site is dark and clear from now on.
        case domeOpened
        /// It no longer is.
        case domeClosed
        /// Everything is set up for the first exposure.
        case ready
        /// An exposure ends: an item exists.
        case shutterClosed
        /// The camera has read the image out.
        case readOut(ItemID)
    }

    /// What happens to an uplink.
    public enum UplinkEvent: BitwiseCopyable, Sendable {
        /// A telescope hands an item over.
        case offered(ItemID)
        /// The item at the head has been sent.
        case sent
    }

    /// What happens to the broker.
    public enum BrokerEvent: BitwiseCopyable, Sendable {
        /// An item arrives.
        case offered(ItemID)
        /// A worker asks for work.
        case requested
    }

    /// What happens to the worker pool.
    public enum WorkerPoolEvent: BitwiseCopyable, Sendable {
        /// The broker hands an item out.
        case assigned(ItemID)
        /// A worker is done with its item.
        case served(WorkerID)
    }

    /// What happens to the store.
    public enum StoreEvent: BitwiseCopyable, Sendable {
        /// A processed item arrives.
        case offered(ItemID)
        /// The item at the head has been written.
        case written
    }

    /// The kind, the entity and the payload, as the fingerprint takes them in.
    public var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch self {
        case .site(let site, .sun): (1, UInt64(site.number), 0)
        case .site(let site, .weather): (2, UInt64(site.number), 0)
        case .telescope(let telescope, .domeOpened): (3, UInt64(telescope.number), 0)
        case .telescope(let telescope, .domeClosed): (4, UInt64(telescope.number), 0)
        case .telescope(let telescope, .ready): (5, UInt64(telescope.number), 0)
        case .telescope(let telescope, .shutterClosed): (6, UInt64(telescope.number), 0)
        case .telescope(let telescope, .readOut(let item)): (7, UInt64(telescope.number), UInt64(item.number))
        case .arrivals(let stream): (8, UInt64(stream.number), 0)
        case .uplink(let site, .offered(let item)): (9, UInt64(site.number), UInt64(item.number))
        case .uplink(let site, .sent): (10, UInt64(site.number), 0)
        case .broker(.offered(let item)): (11, 0, UInt64(item.number))
        case .broker(.requested): (12, 0, 0)
        case .workers(.assigned(let item)): (13, 0, UInt64(item.number))
        case .workers(.served(let worker)): (14, UInt64(worker.number), 0)
        case .store(.offered(let item)): (15, 0, UInt64(item.number))
        case .store(.written): (16, 0, 0)
        case .warmUpEnded: (17, 0, 0)
        }
    }
}
