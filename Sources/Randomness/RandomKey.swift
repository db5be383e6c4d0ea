/// What a stream of random numbers is for. Equal keys give equal numbers, whoever draws and in whatever order.
///
/// Nothing about an optimizer is part of a key: every optimizer of a scenario meets the same initial
/// parameters, the same batches and the same noise.
package struct RandomKey: Hashable, Sendable {
  /// A use of random numbers; the raw value is part of every result and never changes.
  package enum Purpose: UInt32, Sendable {
    case initialParameters = 1
    case batchOrder = 2
    case gradientNoise = 3
    case resampling = 4
    case rotation = 8
    /// Dropout and draws inside networks.
    case layerNoise = 9
    case dataSplit = 16
    case search = 20
  }

  /// The number that a whole suite of runs is keyed by (`--seed`).
  package var masterSeed: UInt64
  package var purpose: Purpose
  /// Which repetition, from 0; below 2²⁴.
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

  /// The numbers of this key, from the first one on.
  package func generator() -> KeyedGenerator { KeyedGenerator(key: self) }
}
