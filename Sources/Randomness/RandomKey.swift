/// Key of a stream of random numbers. Equal keys give equal numbers in any order of drawing.
///
/// A key does not depend on the optimizer, so all optimizers of a scenario get the same initial parameters, the same
/// batches and the same noise.
package struct RandomKey: Hashable, Sendable {
  /// Use of random numbers; results depend on the raw value, which never changes.
  package enum Purpose: UInt32, Sendable {
    case initialParameters = 1
    case batchOrder = 2
    case gradientNoise = 3
    case resampling = 4
    case rotation = 8
    /// Dropout and draws inside networks.
    case layerNoise = 9
    /// Where runs on a surface start.
    case start = 10
    /// Rotation and shift of a surface.
    case instance = 11
    case dataSplit = 16
    case search = 20
  }

  /// Base seed of all runs (`--seed`).
  package var masterSeed: UInt64
  package var purpose: Purpose
  /// Number of the repetition, from 0; below 2²⁴.
  package var seedIndex: Int
  package var epoch: Int
  package var step: Int

  package init(
    masterSeed: UInt64, purpose: Purpose, seedIndex: Int = 0, epoch: Int = 0, step: Int = 0
  ) {
    precondition((0..<(1 << 24)).contains(seedIndex), "a seed index has 24 bits")
    self.masterSeed = masterSeed
    self.purpose = purpose
    self.seedIndex = seedIndex
    self.epoch = epoch
    self.step = step
  }

  /// Generator of the key's numbers from the first one on.
  package func generator() -> KeyedGenerator { KeyedGenerator(key: self) }
}
