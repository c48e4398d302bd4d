import OrreryKernel

@testable import OrreryModel

/// Runs a line on its own: starts, pauses and finishes in the order of time.
struct LineDriver {
    /// What is done to the line from outside.
    enum Action {
        case start(ByteCount)
        case pause
        case resume
    }

    private(set) var line: SharedLine
    /// When each transfer is complete, in the order of the starts.
    private(set) var finishes: [Instant?] = []
    /// The transfers in the order in which they were completed.
    private(set) var order: [UInt32] = []
    /// The bytes of the current busy period, and when it began, in busy time.
    private var periodSize: Int64 = 0
    private var periodBusy = Duration.zero
    /// For how long each busy period that has ended kept the line busy, and the bytes sent in it.
    private(set) var periods: [(busy: Duration, size: ByteCount)] = []

    init(_ line: SharedLine) {
        self.line = line
    }

    /// A line on which all these transfers start at these instants, run until it is empty.
    static func run(_ line: SharedLine, _ actions: [(time: Instant, action: Action)]) -> LineDriver {
        var driver = LineDriver(line)
        for (time, action) in actions { driver.take(action, at: time) }
        driver.finish(until: nil)
        return driver
    }

    /// Takes off what is complete up to an instant, then acts; with `isFirst` it acts before what is complete then.
    mutating func take(_ action: Action, at now: Instant, isFirst: Bool = false) {
        finish(until: isFirst ? Instant(nanoseconds: now.nanoseconds - 1) : now)
        switch action {
        case .start(let size):
            line.start(copy(finishes.count), size: size, at: now)
            finishes.append(nil)
            periodSize += size.bytes
        case .pause: line.pause(at: now)
        case .resume: line.resume(at: now)
        }
    }

    /// Takes off what is complete up to an instant, or everything.
    mutating func finish(until end: Instant?) {
        while let next = line.nextFinish, end.map({ next <= $0 }) ?? true {
            let copy = line.finish(at: next)
            finishes[Int(copy.item.number)] = next
            order.append(copy.item.number)
            guard line.count == 0 else { continue }
            let busy = line.busyTime(at: next)
            periods.append((busy - periodBusy, ByteCount(periodSize)))
            periodBusy = busy
            periodSize = 0
        }
    }
}

/// The first sending of an item.
func copy(_ number: Int) -> Copy { Copy(item: ItemID(number: UInt32(number)), number: 0) }

extension Instant {
    static func seconds(_ count: Double) -> Instant { .start + Duration(seconds: count) }
}
