import OrreryScenario
import Testing

@Suite("Nearest names: what somebody probably meant")
struct NearestNameTests {
    @Test(
        "a few slips are forgiven",
        arguments: [
            ("wrokers", "workers"), ("worker", "workers"), ("WORKERS", "workers"), ("brokr", "broker"),
            ("stoer", "store"),
        ])
    func slips(_ written: String, _ meant: String) {
        #expect(NearestName.find(written, among: ["broker", "workers", "store"]) == meant)
    }

    @Test(
        "what is like nothing has no nearest name",
        arguments: ["", "x", "kubernetes", String(repeating: "workers", count: 20)])
    func nothing(_ written: String) {
        #expect(NearestName.find(written, among: ["broker", "workers", "store"]) == nil)
    }

    @Test("of equally near names the first is taken")
    func ties() {
        #expect(NearestName.find("cat", among: ["bat", "rat", "hat"]) == "bat")
        #expect(NearestName.find("cat", among: ["hat", "bat", "rat"]) == "hat")
    }
}
