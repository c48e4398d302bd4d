/// Stops the program if something that must always be so is not: a bug, with a message that names the values.
///
/// It stays on in release builds, and so does its message, which `precondition` drops there. The message is made only
/// when it is needed.
@inlinable @inline(__always)
public func invariant(_ holds: @autoclosure () -> Bool, _ message: @autoclosure () -> String) {
    if _slowPath(!holds()) { violation(message()) }
}

/// Stops the program because of a bug, with a message that names the values.
@inline(never)
public func violation(_ message: String) -> Never {
    fatalError("a bug of Orrery, please report it: \(message)")
}
