import Foundation
import OrreryKernel

extension SecureHash {
    /// The source expression by which a content security policy admits this text and nothing else: `sha256-…`.
    static func policySource(_ text: String) -> String {
        "sha256-" + Data(digest(Array(text.utf8))).base64EncodedString()
    }
}
