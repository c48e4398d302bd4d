import OrreryKernel
import OrreryModel

/// Shards that turn away what comes faster than they are provisioned for.
///
/// Source: Amazon Kinesis answers with ProvisionedThroughputExceededException beyond 1 MiB or 1,000 records a second
/// and shard; the share is ours: clients retry single refusals without anybody noticing.
enum ProvisionedThroughputRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "ProvisionedThroughputExceeded", summary: "copies came faster than the shards are provisioned for",
            rule: "more than 1 % of all copies were throttled", causes: ["HotPartition", "RetryStorm", "Fault"])
    ]

    /// A smaller share of refusals is absorbed by a retry.
    static let throttledShare = 0.01

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let extent = course.extent(of: course.throttled), course.sent.sum > 0 else { return [] }
        let share = course.throttled.sum / course.sent.sum
        guard share > throttledShare else { return [] }
        let lost = course.losses([.throttled]).sum
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the shards of the broker",
                evidence: "\(Words.grouped(course.throttled.sum)) copies were throttled, \(Words.percent(share)) of all"
                    + (lost > 0 ? ", and \(Words.grouped(lost)) items were lost by it" : ""))
        ]
    }
}
