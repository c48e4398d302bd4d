import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Traps: no text crashes the decoder, and none means something else than it says")
struct TrapTests {
    @Test(
        "what YAML might take for a number or a flag stays text, and is refused where a number is wanted",
        arguments: [
            "no", "22:00", "010", "0x10", "0o7", "+5", "1_000", "1e400", "١", "🔭", ".5", "5.", "1e", "Infinity",
            "-.inf", "''",
        ])
    func noNumber(_ text: String) {
        let faults = SampleText.faults(SampleText.replacing("count: 4", "count: \(text)"))
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("file.yaml:15:21: error: system.workers.count: ") == true)
    }

    @Test(
        "a name may be any text, and comes back as it was written",
        arguments: ["no", "22:00", "010", "null and void", "🔭", "1.10", "a * b & c", "it's", "ünïcode", "~tilde"])
    func anyName(_ name: String) throws {
        let scenario = try SampleText.scenario(
            SampleText.replacing("name: station", "name: \(name)", in: SampleText.smallest))
        #expect(scenario.name == name)
        #expect(try SampleText.scenario(scenario.variants[0].text).name == name)
    }

    @Test("a quoted name may hold control characters, quotes and line breaks")
    func quotedName() throws {
        let text = SampleText.replacing("name: station", #"name: "a\tb\n\"c\" \\ \u00e9\0""#, in: SampleText.smallest)
        let scenario = try SampleText.scenario(text)
        #expect(scenario.name == "a\tb\n\"c\" \\ é\0")
        #expect(try SampleText.scenario(scenario.variants[0].text).name == scenario.name)
    }

    @Test("a negative zero is a zero")
    func negativeZero() throws {
        let text = SampleText.replacing("latitude: 52.5", "latitude: -0")
        let latitude = try SampleText.scenario(text).variants[0].plan.sites[1].latitude
        #expect(latitude == 0 && latitude.sign == .plus)
    }

    @Test("line ends of Windows and a byte order mark change nothing")
    func windows() throws {
        let text = "\u{FEFF}" + SampleText.text.components(around: "\n").joined(separator: "\r\n")
        #expect(try SampleText.scenario(text).variants[1].text == SampleText.scenario(SampleText.text).variants[1].text)
        let wrong =
            "\u{FEFF}" + SampleText.replacing("count: 4", "count: x").components(around: "\n").joined(separator: "\r\n")
        #expect(SampleText.faults(wrong).first?.hasPrefix("file.yaml:15:21: ") == true)
    }

    @Test("a tab in the indentation is named")
    func tabs() {
        let text = "version: 1\nsystem:\n\tworkers: {}\n"
        #expect(
            SampleText.faults(text) == ["file.yaml:3:1: error: a tab in the indentation; YAML is indented with spaces"])
    }

    @Test(
        "deep nesting is refused where it becomes too deep, long before it could overflow the stack",
        arguments: [
            String(repeating: "[", count: 1 << 20), String(repeating: "{a: ", count: 100_000),
            String(repeating: "- ", count: 100_000),
            String(repeating: "? ", count: 100_000),
            (0..<500).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
        ])
    func deepNesting(_ text: String) {
        let faults = SampleText.faults(text)
        #expect(faults.count == 1)
        #expect(faults.first?.contains("nested more deeply than 64 levels") == true)
    }

    @Test("a file larger than 1 MiB is refused")
    func largeFile() {
        let faults = SampleText.faults(SampleText.text + String(repeating: "# filler\n", count: 120_000))
        #expect(faults.count == 1)
        #expect(faults.first?.contains("the file is too large") == true)
    }

    @Test("ten thousand unknown keys are ten thousand faults")
    func manyKeys() {
        let text = SampleText.smallest + (0..<10_000).map { "key-\($0): 1\n" }.joined()
        #expect(SampleText.faults(text).count == 10_000)
    }

    @Test("a hundred and fifty duplicates end in faults, not in a loop")
    func manyDuplicates() {
        let text = SampleText.smallest + (0..<150).map { "key-\($0): 1\nkey-\($0): 2\n" }.joined()
        #expect(!SampleText.faults(text).isEmpty)
    }

    @Test("aliases stand for what was anchored; a billion laughs is refused")
    func aliases() throws {
        let text = """
            version: 1
            name: aliases
            time: { duration: &hour 1h, warm-up: 0s }
            sites:
              one: &site { latitude: 1, longitude: 2, uplink: { rate: 1Gbps } }
              two: *site
            arrivals: { jobs: { interarrival: &gap { kind: exponential, mean: 1s } } }
            system: { workers: { service: *gap } }
            """
        let plan = try SampleText.scenario(text).variants[0].plan
        #expect(plan.sites.map(\.uplink.rate.bitsPerSecond) == [1_000_000_000, 1_000_000_000])
        #expect(plan.workers.service.sampler.mean == 1)
        var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            laughs +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        #expect(SampleText.faults(laughs).contains { $0.contains("the file holds more than 100000 values") })
        laughs += "? [*a29, *a29]\n: {*a29, *a29: x}\n"
        #expect(!SampleText.faults(laughs).isEmpty)
        #expect(
            SampleText.faults(SampleText.replacing("count: 4", "count: *four")).first
                == "file.yaml:15:21: error: system.workers.count: *four is an alias for an anchor that is not there")
    }

    @Test(
        "what is no single mapping is refused with its place",
        arguments: [
            ("", "file.yaml:1:1: error: the file is empty: it begins with version: 1"),
            ("# only a comment\n", "file.yaml:1:1: error: the file is empty: it begins with version: 1"),
            ("---\n...\n", "file.yaml:1:1: error: the file is empty: it begins with version: 1"),
            ("- 1\n", "file.yaml:1:1: error: the file is a list: a scenario is a mapping that begins with version: 1"),
            (
                "word\n",
                "file.yaml:1:1: error: the file is a single value: a scenario is a mapping that begins with version: 1"
            ),
            ("a: 1\n---\nb: 1\n", "file.yaml:2:1: error: a second document begins here; a scenario file holds one"),
            ("a: [1\n", "file.yaml:2:1: error: this is not YAML: did not find expected ',' or ']'"),
            ("a: \u{1}\n", "file.yaml:1:4: error: this is not YAML: control characters are not allowed"),
        ])
    func noMapping(_ text: String, _ fault: String) {
        #expect(SampleText.faults(text) == [fault])
    }

    @Test("empty sections may be {} or nothing")
    func emptySections() throws {
        let text = SampleText.smallest + "seeds:\nsites: {}\nfleet: ~\nvariants:\nthresholds: {}\n"
        let scenario = try SampleText.scenario(
            SampleText.replacing("service: 500ms }", "service: 500ms, assignment: }, store: ", in: text))
        #expect(scenario.seedCount == 1 && scenario.seedBase == 1)
        #expect(scenario.variants.map(\.name) == ["as-written"])
        #expect(scenario.variants[0].plan.store?.overhead == .milliseconds(10))
    }

    @Test("the largest seed is 2^53 - 1, which every reader of JSON keeps exactly")
    func largestSeed() throws {
        let text = SampleText.replacing("base: 7", "base: 9007199254740991")
        #expect(try SampleText.scenario(text).seedBase == 9_007_199_254_740_991)
        #expect(
            SampleText.faults(SampleText.replacing("base: 7", "base: 9007199254740992")).first
                == "file.yaml:5:26: error: seeds.base: 9007199254740992 is out of range: "
                + "at least 0 and at most 9007199254740991"
        )
    }
}
