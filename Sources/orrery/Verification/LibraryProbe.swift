import Foundation
import OrreryKernel

/// What the C library's functions give in this process, digested: whether a variation really took other variants.
enum LibraryProbe {
    /// The digest of some functions at many places.
    static var digest: Fingerprint {
        var digest = Fingerprint()
        var stream = RandomStream(seed: 1, entity: "verify", purpose: "library")
        for _ in 0..<20_000 {
            let place = stream.unit() * 20 + 1e-9
            digest.absorb(
                exp(place).bitPattern, log(place).bitPattern, pow(place, 1.7).bitPattern, sin(place).bitPattern)
        }
        return digest
    }
}
