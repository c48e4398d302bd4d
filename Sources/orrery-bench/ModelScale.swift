import OrreryKernel
import OrreryModel

/// What an event costs, and what a telescope weighs, as the whole model grows.
enum ModelScale {
    static func run(_ arguments: [String]) {}
}
