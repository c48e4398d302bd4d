/// Small networks whose parts are busy enough that a tenth more work of any of them is felt.
enum GateScenarios {
    /// Twenty workers and a store, both five sixths busy, behind a queue that is sometimes full.
    static let station = """
        version: 1
        name: gate station
        time: { duration: 600s, warm-up: 60s }
        seeds: { count: 10 }
        arrivals:
          images: { interarrival: { kind: exponential, mean: 120ms }, size: 10MB }
        system:
          broker: { kind: bounded-queue, capacity: 20 }
          workers: { count: 20, service: { kind: exponential, mean: 2s } }
          store: { write-rate: 100MB/s }
        thresholds:
          items.loss-share: mean < 50%

        """

    /// One worker, nine tenths busy, with room for ten more.
    static let queue = """
        version: 1
        name: gate queue
        time: { duration: 20000s, warm-up: 1000s }
        seeds: { count: 10 }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s } }
        system:
          broker: { kind: bounded-queue, capacity: 10 }
          workers: { count: 1, service: { kind: exponential, mean: 900ms } }

        """

    /// Six telescopes that share one thin line.
    static let fleet = """
        version: 1
        name: gate fleet
        time: { duration: 12h }
        seeds: { count: 10 }
        sites:
          ridge: { latitude: -30.17, longitude: -70.80, uplink: { rate: 60Mbps, latency: 50ms }, weather: {} }
        fleet:
          domes: { site: ridge, count: 6, camera: asi2600, exposure: 60s }
        system:
          workers: { count: 6, service: { kind: lognormal, mean: 2s, cv: 0.5 } }

        """

    /// Workers that take a lock before they work, and an ensemble that has just enough strength for that.
    static let locks = """
        version: 1
        name: gate locks
        time: { duration: 60s, warm-up: 10s }
        seeds: { count: 10 }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 40ms }, keys: 50 }
        system:
          workers: { count: 20, service: { kind: exponential, mean: 300ms }, lock: { patience: 5s } }
          coordination: { request-cost: 2ms, follower-cost: 500us }

        """

    /// Eight nodes that tell each other everything, one of which crashes now and then.
    static let cluster = """
        version: 1
        name: gate cluster
        time: { duration: 5m }
        seeds: { count: 10 }
        arrivals:
          events: { per: node, interarrival: { kind: exponential, mean: 500ms }, size: 10kB }
        system:
          cluster:
            nodes: 10
            inbox: 450
            service: { kind: exponential, mean: 120ms }
            accept: 1ms
            send: 4ms
            receive: 17ms
            lookup: 4ms
            control: 100us
            hop: 500us
            retry-after: 5s
            attempts: 3
            restart: 40s
            catch-up: 1s
            replay: 20ms
            rebalance: 4s
            distribution: broadcast
            detector: { kind: fixed-timeout, interval: 1s, timeout: 10s }
        faults:
          crash: { at: 60s, for: 30s, effect: { kind: node-crash, nodes: 1 } }

        """

    /// Workers that change a few popular records, each write against those of the others.
    static let state = """
        version: 1
        name: gate state
        time: { duration: 400s, warm-up: 40s }
        seeds: { count: 10 }
        arrivals:
          events: { interarrival: { kind: exponential, mean: 50ms }, keys: 100, skew: 0.7 }
        system:
          broker: { kind: bounded-queue }
          workers: { count: 20, service: { kind: exponential, mean: 300ms } }
          state: { latency: 20ms, attempts: 5, model: versioned, backoff: at-once }
          operators: { count: 4 }

        """

    /// All of them by name.
    static let all = [
        "station": station, "queue": queue, "fleet": fleet, "locks": locks, "cluster": cluster, "state": state,
    ]
}
