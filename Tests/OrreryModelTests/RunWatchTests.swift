import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A run that is watched")
struct RunWatchTests {
    private let plan = Plans.station(
        interarrival: .exponential(mean: 1), service: .exponential(mean: 0.8), workers: 2, capacity: 20)

    @Test("is the same run; its events give its fingerprint, and its checkpoints lie on the way")
    func events() {
        var digest = Fingerprint()
        var count: UInt64 = 0
        var digests: [UInt64: Fingerprint] = [:]
        var checkpoints: [Checkpoint] = []
        var watch = RunWatch()
        watch.event = { event in
            digest.absorb(event)
            count += 1
            digests[count] = digest
        }
        watch.checkpoint = { checkpoints.append($0) }
        let expected = Network.run(plan, seed: 3)
        guard case .finished(let recording) = Run(plan, seed: 3).outcome(watch: watch) else {
            Issue.record("the run came to no end")
            return
        }
        #expect(recording.fingerprint == expected.fingerprint && digest == expected.fingerprint)
        #expect(count == expected.eventCount)
        #expect(checkpoints.count == Int(count) / Run.slice + 1)
        #expect(checkpoints.allSatisfy { digests[$0.events] == $0.fingerprint })
        #expect(checkpoints.last?.events == count && checkpoints.last?.time == expected.end)
    }

    @Test(
        "is the same run with a close look at a part of it, which sees every step of every item there",
        arguments: [(0, 2000), (400, 1500), (700, 700)])
    func look(from start: Int64, to end: Int64) {
        let expected = Network.run(plan, seed: 3)
        var counts = (events: UInt64(0), produced: 0, over: 0)
        var (underWay, left) = (0, 0)
        var steps: ContiguousArray<ItemStep> = []
        var watch = RunWatch()
        watch.look = RunLook(
            from: .start + .seconds(start), to: .start + .seconds(end),
            begin: { network in
                underWay = network.itemsUnderWay.count
                network.beginJournal()
            },
            event: { event, network in
                #expect(event.time >= .start + .seconds(start) && event.time <= .start + .seconds(end))
                counts.events += 1
                network.takeSteps(into: &steps)
                for step in steps {
                    switch step.kind {
                    case .began: counts.produced += 1
                    case .delivered, .lost: counts.over += 1
                    default: break
                    }
                }
            },
            finish: { network in
                left = network.itemsUnderWay.count
                network.endJournal()
            })
        guard case .finished(let recording) = Run(plan, seed: 3).outcome(watch: watch) else {
            Issue.record("the run came to no end")
            return
        }
        #expect(recording.fingerprint == expected.fingerprint && recording.eventCount == expected.eventCount)
        #expect(underWay + counts.produced == counts.over + left)
        if start == 0 && .seconds(end) >= plan.duration {
            #expect(counts.events == expected.eventCount && counts.produced == Int(expected.ledger.produced.total))
        }
    }

    @Test("can be changed before its first event")
    func start() {
        var watch = RunWatch()
        watch.start = { $0.agenda.schedule(.arrivals(ArrivalsID(number: 0), source: 0), after: .seconds(500)) }
        guard case .finished(let recording) = Run(plan, seed: 3).outcome(watch: watch) else {
            Issue.record("the run came to no end")
            return
        }
        #expect(recording.ledger.produced.total > Network.run(plan, seed: 3).ledger.produced.total)
    }

    @Test("with a tie seed has the same items in another order, and conserves them")
    func ties() {
        let usual = Network.run(plan, seed: 3)
        guard case .finished(let shuffled) = Run(plan, seed: 3, tieSeed: 1).outcome() else {
            Issue.record("the run came to no end")
            return
        }
        #expect(shuffled.fingerprint != usual.fingerprint)
        #expect(shuffled.ledger.produced.total == usual.ledger.produced.total)
    }
}

@Suite("The kinds of message")
struct MessageKindTests {
    @Test("bear the numbers that event records hold, and say rightly what is carried")
    func numbers() {
        let (site, telescope, worker) = (SiteID(number: 4), TelescopeID(number: 5), WorkerID(number: 4))
        let item = ItemID(number: 6)
        let copy = Copy(item: item, number: 7)
        let copyEvents: [(MessageKind, Message.CopyEvent)] = [
            (.reachedUplink, .reachedUplink), (.reachedBroker, .reachedBroker), (.confirmed, .confirmed),
            (.refused, .refused), (.heardConfirmed, .heardConfirmed), (.heardRefused, .heardRefused),
            (.timedOut, .timedOut), (.backedOff, .backedOff), (.reachedStore, .reachedStore),
        ]
        let before: [(MessageKind, Message)] = [
            (.siteSun, .site(site, .sun)), (.siteWeather, .site(site, .weather)),
            (.domeOpened, .telescope(telescope, .domeOpened)), (.domeClosed, .telescope(telescope, .domeClosed)),
            (.telescopeReady, .telescope(telescope, .ready)), (.shutterClosed, .telescope(telescope, .shutterClosed)),
            (.readOut, .telescope(telescope, .readOut(item))), (.processed, .telescope(telescope, .processed(item))),
            (.uploadDue, .telescope(telescope, .uploadDue)), (.arrival, .arrivals(ArrivalsID(number: 4), source: 3)),
        ]
        let after: [(MessageKind, Message)] = [
            (.uplinkChanged, .uplink(site, .changed)), (.uplinkSpellEnded, .uplink(site, .spellEnded)),
            (.workerJoined, .broker(.joined(worker))), (.workerLeft, .broker(.left(worker))),
            (.workerAnswered, .broker(.answered)),
            (.brokerWoken, .broker(.woken)), (.workerReached, .workers(.delivered)),
            (.workerServed, .workers(.served(worker, shift: 8))), (.workerCrashed, .workers(.crashed(worker))),
            (.workerRestarted, .workers(.restarted(worker))), (.storeWritten, .store(.written)),
            (.storeDue, .store(.due)),
            (.faultBegins, .fault(FaultID(number: 4), .begins)), (.faultEnds, .fault(FaultID(number: 4), .ends)),
            (.telescopeCrashed, .telescope(telescope, .crashed)),
            (.telescopeRestarted, .telescope(telescope, .restarted)),
            (.warmUpEnded, .warmUpEnded), (.autoscalerScrapes, .autoscaler(.scrape)),
            (.autoscalerObserves, .autoscaler(.observed(9))), (.autoscalerEvaluates, .autoscaler(.evaluate)),
            (.workerBooted, .workers(.booted(worker, shift: 8))), (.workerLeaving, .broker(.leaving(worker))),
            (.workerReleased, .workers(.released(worker))),
        ]
        let messages =
            before + copyEvents.map { ($0, .copy(copy, $1)) } + after + cluster + coordination(of: worker)
            + state(of: worker) + scheduler(of: telescope) + probes
        #expect(messages.map(\.0) == MessageKind.allCases)
        #expect(MessageKindRow.all.map(\.kind) == MessageKind.allCases)
        let payloads: [MessagePayload: UInt64] = [
            .none: 0, .item: 6, .copy: 7, .shift: 8, .scrape: 9, .source: 3, .count: 2, .node: 5,
            .shiftAndReplica: 8 << 8 | 2, .version: 11, .ticket: 12, .asking: 10, .election: 11, .availability: 1,
            .observation: 13, .request: 14,
        ]
        for (kind, message) in messages {
            #expect(message.words.kind == UInt64(kind.rawValue), "\(kind)")
            #expect(message.words.payload == payloads[kind.payload], "\(kind)")
        }
    }

    private var cluster: [(MessageKind, Message)] {
        let node = NodeID(4)
        let events: [(MessageKind, Message.ClusterEvent)] = [
            (.nodesReached, .arrived(count: 2)), (.nodeHandled, .handled(node, shift: 8)), (.nodeTick, .tick(node)),
            (.nodeSilent, .silent(node, NodeID(5))), (.nodeRestarted, .restarted(node)),
            (.nodeContextChanged, .contextChanged(node)),
        ]
        return events.map { ($0, .cluster($1)) }
    }

    private var probes: [(MessageKind, Message)] {
        [
            (.nodeUnanswered, .cluster(.unanswered(NodeID(4)))), (.nodeUnrefuted, .cluster(.unrefuted(NodeID(4)))),
        ]
    }

    private func coordination(of worker: WorkerID) -> [(MessageKind, Message)] {
        let request = RequestID(number: 4)
        let events: [(MessageKind, Message.CoordinationEvent)] = [
            (.coordinationReached, .arrived(request)), (.coordinationServed, .served(request)),
            (.coordinationProposed, .proposed(request)), (.coordinationCommitted, .committed(request)),
            (.coordinationAnswered, .answered(request)), (.workerNotified, .notified(worker, serial: 10)),
            (.workerLooksAtServer, .clock(worker)), (.sessionDue, .sessionDue(SessionID(number: 4))),
            (.workerImpatient, .impatient(worker)), (.coordinationElected, .elected(11)),
        ]
        return events.map { ($0, .coordination($1)) }
    }

    private func scheduler(of telescope: TelescopeID) -> [(MessageKind, Message)] {
        let observation = ObservationID(number: 13)
        let events: [(MessageKind, Message.SchedulerEvent)] = [
            (.schedulerStepDone, .stepDone), (.requested, .requested), (.deadlinePassed, .deadlinePassed(request: 14)),
            (.heartbeatReached, .heartbeat(telescope, isAvailable: true)), (.telescopeAsked, .asked(telescope)),
            (.observationReported, .reported(telescope, observation)), (.telescopeSilent, .silent(telescope)),
            (.telescopeTold, .told(telescope, observation)), (.heartbeatDue, .heartbeatDue(telescope)),
            (.askDue, .askDue(telescope)),
        ]
        return events.map { ($0, .scheduler($1)) }
    }

    private func state(of worker: WorkerID) -> [(MessageKind, Message)] {
        let steps: [(MessageKind, Message.StateStep)] = [
            (.stateTurnedTo, .begins), (.stateRead, .reads), (.stateAnswered, .answered), (.stateWritten, .writes),
            (.stateSettled, .settled),
        ]
        return steps.map { ($0, .state(.worker(worker, shift: 8, $1))) } + [
            (.replicaRead, .state(.probed(worker, shift: 8, replica: 2))),
            (.replicaWritten, .state(.replicated(place: 4, version: 11))),
            (.stateWrittenByOthers, .state(.othersWrite(key: 4))), (.operatorFinished, .operators(.finished(by: 4))),
            (.operatorAwaited, .operators(.lostPatience(ticket: 12))),
        ]
    }
}
