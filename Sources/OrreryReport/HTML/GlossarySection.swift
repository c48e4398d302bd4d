/// The words of the report.
enum GlossarySection {
    private static let entries: [(term: String, meaning: String)] = [
        ("item", "one image, or one arrival of a stream, on its way from the shutter to the archive"),
        ("produced", "the shutter closed, or the stream let it arrive; the clock of its latency starts here"),
        ("delivered", "it reached the end of its way: the archive, or a worker where there is no archive"),
        ("lost", "it was turned away and never comes back, for instance because the broker’s queue was full"),
        ("in flight", "produced, and neither delivered nor lost yet"),
        ("latency", "the time from the closing of the shutter to delivery"),
        ("p95, p99", "the value that 95 or 99 of 100 items do not exceed; taken from all items, never averaged"),
        ("utilisation", "the share of the time in which a part was busy; above about 80 % queues grow steeply"),
        ("broker", "where items queue at the centre until a worker is free"),
        ("store", "where finished items are written; the archive"),
        ("seed", "the number that all chance of a run comes from; the same seed gives the same run"),
        ("± 95 %", "half the width of Student’s interval for the mean over the seeds"),
        (
            "paired by seed",
            "two variants compared within each seed, whose chance is the same in both, before the mean is taken"
        ),
        ("warm-up", "the beginning that figures leave out, because the network is still filling up"),
        (
            "class of a run",
            "stable: it carried its load all the time; recovered: it was in distress and is sound at the end; metastable: it stays in distress although the trigger is gone, under a load that it carried before; collapsed: it is in distress at the end, or lost more than a fifth of its load"
        ),
        (
            "P",
            "how likely a run is to be of a class: the exact 95 % interval of Clopper and Pearson over the seeds"
        ),
        (
            "symptom",
            "something that is known to go wrong, as a rule finds it in what was recorded: a bounded queue that was full, retries that outnumber first sendings"
        ),
        (
            "trigger, first cause, effect, outcome",
            "a fault of the scenario; the first symptom that nothing before it explains; a symptom that follows from another; what became of the run"
        ),
        (
            "tinted surface",
            "in charts over time, where nine tenths of the seeds lie; in charts of a sweep, the 95 % interval"
        ),
        (
            "standard deviation",
            "how far seeds usually lie from their mean; in two of three seeds it is less"
        ),
        ("fingerprint", "a digest of every event of a run; two runs with the same fingerprint were the same"),
    ]

    static var markup: Markup {
        element("section", ["id": "glossary", "aria-labelledby": "glossary-title"]) {
            element("h2", ["id": "glossary-title"]) { "Glossary" }
            element("dl", ["class": "glossary"]) {
                for entry in entries {
                    element("div") {
                        element("dt") { entry.term }
                        element("dd") { entry.meaning }
                    }
                }
            }
        }
    }
}
