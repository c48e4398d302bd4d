import OrreryKernel
import Testing

@Suite("A calendar date")
struct CalendarDateTests {
    @Test("counts every day of the years 1 to 9999 once, in order")
    func everyDay() throws {
        var expected = try #require(CalendarDate(year: 1, month: 1, day: 1)).daysSince1970
        for year in 1...9999 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (index, length) in lengths.enumerated() {
                let first = try #require(CalendarDate(year: year, month: index + 1, day: 1))
                if first.daysSince1970 != expected { Issue.record("\(first) is day \(first.daysSince1970)") }
                if CalendarDate(year: year, month: index + 1, day: length + 1) != nil {
                    Issue.record("\(year)-\(index + 1) has no day \(length + 1)")
                }
                expected += length
            }
        }
    }

    @Test(
        "has the day number of the calendar",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
            ("2026-03-20", 20_532), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1900-03-01", -25_508),
        ])
    func knownDays(text: String, number: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.daysSince1970 == number)
        #expect(date.description == text)
    }

    @Test(
        "does not exist for a text that names no day",
        arguments: [
            "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
            "2026-1-01",
            "26-01-01", "2026-01-1", "2026/01/01", "2026-01-01 ", "-026-01-01", "+026-01-01", "0000-01-01", "", "--",
            "2026-01", "2026-01-01-01", "２０２６-01-01", "2026-0١-01",
        ])
    func noSuchDay(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("reads back from its text as itself")
    func roundTrip() throws {
        for year in stride(from: 1, through: 9999, by: 7) {
            let date = try #require(CalendarDate(year: year, month: year % 12 + 1, day: year % 28 + 1))
            #expect(CalendarDate(date.description) == date)
            #expect(date.components == (year, year % 12 + 1, year % 28 + 1))
        }
    }
}
