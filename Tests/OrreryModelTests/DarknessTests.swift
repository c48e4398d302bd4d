import OrreryKernel
import OrreryModel
import Testing

@Suite("Darkness")
struct DarknessTests {
    @Test("begins and ends exactly at the instants it names, to the nanosecond")
    func changesAreExact() throws {
        let darkness = try darkness(latitude: -30.1673, longitude: -70.8047, limit: -18, date: "2026-03-20")
        var instant = Instant.start
        for _ in 0..<20 {
            let change = try #require(darkness.nextChange(after: instant, searching: .days(1)))
            #expect(change > instant && change.nanoseconds % 1_000_000_000 == 0)
            #expect(darkness.isDark(at: change) != darkness.isDark(at: instant))
            let justBefore = Instant(nanoseconds: change.nanoseconds - 1)
            #expect(darkness.isDark(at: justBefore) == darkness.isDark(at: instant))
            #expect(darkness.nextChange(after: justBefore, searching: .seconds(1)) == change)
            instant = change
        }
    }

    @Test("does not depend on where the search begins or how far it reaches", arguments: [0, 1, 1799, 1801, 30_000])
    func searchIsConsistent(offset: Int64) throws {
        let darkness = try darkness(latitude: 28.3003, longitude: -16.5117, limit: -12, date: "2026-06-21")
        let from = Instant.start + .seconds(offset)
        let change = try #require(darkness.nextChange(after: from, searching: .days(3)))
        var second = from
        while second + .seconds(2) < change {
            second = second + .seconds(1)
            if second.nanoseconds / 1_000_000_000 % 97 == 0 {
                #expect(darkness.isDark(at: second) == darkness.isDark(at: from))
            }
        }
        #expect(darkness.nextChange(after: from, searching: change - from) == change)
        #expect(darkness.nextChange(after: from, searching: change - from - .seconds(1)) == nil)
    }

    @Test("lasts about twelve hours at the equator, on every day of the year")
    func equator() throws {
        let darkness = try darkness(latitude: 0, longitude: 0, limit: 0, date: "2026-01-01")
        var (instant, nights) = (Instant.start, 0)
        while let change = darkness.nextChange(after: instant, searching: .days(1)), change.seconds < 365 * 86_400 {
            if nights > 0 { #expect(abs((change - instant).seconds - 43_200) < 180) }
            instant = change
            nights += 1
        }
        #expect(nights == 730)
    }

    @Test("has one day and one night a year at the poles", arguments: [90.0, -90])
    func poles(latitude: Double) throws {
        let darkness = try darkness(latitude: latitude, longitude: 0, limit: 0, date: "2026-01-01")
        #expect(darkness.isDark(at: .start) == (latitude > 0))
        let spring = try #require(darkness.nextChange(after: .start, searching: .days(365)))
        let autumn = try #require(darkness.nextChange(after: spring, searching: .days(365)))
        // The equinoxes of 2026: 20 March 14:46 and 23 September 00:05 UTC, days 78.615 and 265.003 of the year.
        #expect(abs(spring.seconds / 86_400 - 78.615) < 0.05 && abs(autumn.seconds / 86_400 - 265.003) < 0.05)
        #expect(darkness.nextChange(after: spring, searching: .days(180)) == nil)
    }

    @Test("does not come in a polar summer and does not end in a polar winter")
    func polarDayAndNight() throws {
        let summer = try darkness(latitude: 69.65, longitude: 18.96, limit: -0.833, date: "2026-06-01")
        #expect(!summer.isDark(at: .start) && summer.nextChange(after: .start, searching: .days(45)) == nil)
        let back = try #require(summer.nextChange(after: .start, searching: .days(90)))
        // In Tromsø the midnight sun lasts until 26 July or so.
        #expect((52...58).contains(back.seconds / 86_400))
        let winter = try darkness(latitude: 69.65, longitude: 18.96, limit: -0.833, date: "2026-12-01")
        #expect(winter.isDark(at: .start) && winter.nextChange(after: .start, searching: .days(40)) == nil)
    }

    @Test("is found also where the first night of the season lasts minutes")
    func shortNights() throws {
        // Scanned second by second around every lowest point of the sun: the first astronomical night after midsummer.
        for latitude in [49.0, 52.3, 55.7, 58.1] {
            let darkness = try darkness(latitude: latitude, longitude: 10, limit: -18, date: "2026-06-21")
            var first = Instant.start
            if darkness.nextChange(after: .start, searching: .days(2)) != nil { continue }
            first = try #require(darkness.nextChange(after: .start, searching: .days(80)))
            let end = try #require(darkness.nextChange(after: first, searching: .days(1)))
            #expect((end - first).seconds < 3600, "latitude \(latitude): \(end - first)")
            // No darkness on any night before, looked at every ten seconds.
            var look = first - Instant.start
            look = look - .hours(26)
            var seen = false
            while look < first - Instant.start - .seconds(1) {
                seen = seen || darkness.isDark(at: .start + look)
                look += .seconds(10)
            }
            #expect(!seen, "latitude \(latitude)")
        }
    }

    @Test("goes over a leap day, and a run that starts on it agrees with one that starts before")
    func leapDay() throws {
        let before = try darkness(latitude: 20.7069, longitude: -156.2576, limit: -12, date: "2024-02-28")
        let on = try darkness(latitude: 20.7069, longitude: -156.2576, limit: -12, date: "2024-02-29")
        let change = try #require(on.nextChange(after: .start, searching: .days(1)))
        let shifted = try #require(before.nextChange(after: .start + .days(1), searching: .days(1)))
        #expect(shifted - .start == change - .start + .days(1))
    }

    @Test("works at the far ends of the calendar", arguments: ["0001-01-01", "1970-01-01", "9999-12-31"])
    func farDates(date: String) throws {
        let darkness = try darkness(latitude: 30, longitude: 180, limit: -6, date: date)
        #expect(darkness.nextChange(after: .start, searching: .days(2)) != nil)
    }

    private func darkness(latitude: Double, longitude: Double, limit: Double, date: String) throws -> Darkness {
        let epoch = try #require(CalendarDate(date))
        return Darkness(latitude: latitude, longitude: longitude, limit: limit, epoch: epoch)
    }
}
