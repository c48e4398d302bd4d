/// Which item: a place in the table of items, used again after the item is gone.
public struct ItemID: BitwiseCopyable, Hashable, Sendable {
    /// The place.
    public let number: UInt32
}

/// Which site of the network.
public struct SiteID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32

    /// The site of this number.
    public init(number: UInt32) {
        self.number = number
    }
}

/// Which telescope of the network.
public struct TelescopeID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32
}

/// Which stream of plain arrivals.
public struct ArrivalsID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32
}

/// Which worker of the pool.
public struct WorkerID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32

    /// The worker of this number.
    public init(number: UInt32) {
        self.number = number
    }

    /// The number as a place in a list.
    var index: Int { Int(number) }
}

/// Which node of the cluster.
public struct NodeID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32

    /// The node of this number.
    public init(_ index: Int) {
        number = UInt32(index)
    }

    /// The number as a place in a list.
    var index: Int { Int(number) }
}

/// Which fault of the plan.
public struct FaultID: BitwiseCopyable, Hashable, Sendable {
    /// The dense number, from zero.
    public let number: UInt32
}

/// Which observation of the scheduler: a place in its table, used again after the observation is over.
public struct ObservationID: BitwiseCopyable, Hashable, Sendable {
    /// The place.
    public let number: UInt32

    /// The observation at this place.
    public init(number: UInt32) {
        self.number = number
    }

    /// No observation.
    public static let none = ObservationID(number: .max)
}
