import OrreryKernel
import OrreryModel
import Testing

@Suite("The sun")
struct SunTests {
    @Test("stands where Astropy 8.0.2 sees it, to 0.01 degrees", arguments: 0..<24)
    func altitudes(index: Int) {
        let (latitude, longitude, seconds, altitude) = SunTests.altitudes[index]
        let ours = Sun.altitude(latitude: latitude, longitude: longitude, secondsSince1970: seconds)
        #expect(abs(ours - altitude) < 0.01, "\(ours), not \(altitude)")
    }

    @Test("sets and rises within a minute of an independent ephemeris", arguments: SunRow.all)
    func settingAndRising(row: SunRow) throws {
        let site = try #require(SunRow.sites[row.site])
        let date = try #require(CalendarDate(row.date))
        let darkness = Darkness(latitude: site.latitude, longitude: site.longitude, limit: row.limit, epoch: date)
        let start = date.daysSince1970 * 86_400
        // PyEphem's row begins with the first sinking after 00:00 UTC, whichever comes first here.
        var down = try #require(darkness.nextChange(after: .start, searching: .days(2)))
        if !darkness.isDark(at: down) { down = try #require(darkness.nextChange(after: down, searching: .days(2))) }
        let up = try #require(darkness.nextChange(after: down, searching: .days(2)))
        #expect(abs(Int(down.seconds) + start - row.down) <= 60)
        #expect(abs(Int(up.seconds) + start - row.up) <= 60)
        let night = (up - down).seconds / 3600
        #expect(abs(night - Double(row.up - row.down) / 3600) < 0.02)
    }

    @Test("is the same to the last bit everywhere")
    func golden() {
        var digest = Fingerprint()
        for hour in 0..<20_000 {
            let altitude = Sun.altitude(
                latitude: -30.1673 + Double(hour % 50), longitude: -70.8047, secondsSince1970: Double(hour) * 86_413.5)
            digest.absorb(altitude.bitPattern, 0, 0, 0)
        }
        #expect(digest.description == "a59c9839aca6ae2c629b29930bb9f59a")
    }

    /// Degrees north and east, seconds since 1970, and the altitude in degrees without refraction.
    private static let altitudes: [(Double, Double, Double, Double)] = [
        (28.3003, -16.5117, 1_903_838_665, -28.3359),
        (69.6, 18.9, 911_232_820, -16.2417),
        (-31.2729, 149.0706, 1_928_060_414, -35.0557),
        (0, 0, 1_974_876_115, 36.6331),
        (30.6799, -104.0152, 1_931_667_102, -57.4849),
        (20.7069, -156.2576, 1_638_820_780, 35.3737),
        (-32.3806, 20.8101, 1_813_953_014, -51.7944),
        (28.3003, -16.5117, 1_042_919_315, -16.3349),
        (0, 0, 1_792_884_570, -77.4443),
        (69.6, 18.9, 1_654_112_728, 6.9879),
        (89.9, 0, 2_003_540_373, 23.1857),
        (-30.1673, -70.8047, 1_129_200_707, 8.7605),
        (-30.1673, -70.8047, 1_754_675_096, 41.9796),
        (89.9, 0, 663_679_369, -21.5890),
        (30.6799, -104.0152, 973_460_754, 25.3473),
        (20.7069, -156.2576, 1_278_119_375, 52.8173),
        (20.7069, -156.2576, 1_209_752_102, 31.4664),
        (0, 0, 1_908_366_859, 54.0650),
        (89.9, 0, 2_164_733_380, 16.4804),
        (89.9, 0, 1_479_329_449, -19.0714),
        (0, 0, 919_235_023, 12.1396),
        (-31.2729, 149.0706, 840_433_550, 21.6363),
        (20.7069, -156.2576, 923_142_909, -49.4878),
        (0, 0, 1_097_127_918, -0.6235),
    ]
}
