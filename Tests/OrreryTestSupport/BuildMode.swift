#if DEBUG
    /// Whether this is a release build: some tests simulate millions of events, which debug builds do 15 to 20 times
    /// slower.
    public let isRelease = false
#else
    /// Whether this is a release build: some tests simulate millions of events, which debug builds do 15 to 20 times
    /// slower.
    public let isRelease = true
#endif
