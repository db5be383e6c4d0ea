/// A number that shapes a surface: its name in scenarios, what it may be, and where it is kept.
public struct SurfaceParameter<Owner>: Sendable {
  /// In snake_case.
  public let name: String
  public let summary: String
  /// Least and greatest value, both allowed.
  public let range: ClosedRange<Double>
  public let isWhole: Bool
  let get: @Sendable (Owner) -> Double
  let set: @Sendable (inout Owner, Double) -> Void

  public init(
    _ name: String, _ path: WritableKeyPath<Owner, Double> & Sendable,
    in range: ClosedRange<Double>, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    self.range = range
    isWhole = false
    get = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  public init(
    _ name: String, _ path: WritableKeyPath<Owner, Int> & Sendable, in range: ClosedRange<Int>,
    _ summary: String
  ) {
    self.name = name
    self.summary = summary
    self.range = Double(range.lowerBound)...Double(range.upperBound)
    isWhole = true
    get = { Double($0[keyPath: path]) }
    set = { $0[keyPath: path] = Int($1) }
  }
}

/// What there is to know of a surface's parameter without its surface.
public struct SurfaceParameterDescription: Hashable, Sendable {
  public let name: String
  public let summary: String
  public let range: ClosedRange<Double>
  public let isWhole: Bool
  public let defaultValue: Double

  /// Ends the sentence "… must be".
  public var requirement: String {
    "a \(isWhole ? "whole " : "")number from \(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  private func text(_ bound: Double) -> String { isWhole ? "\(Int(bound))" : "\(bound)" }
}

/// Why a surface's parameter could not be set.
public enum SurfaceParameterError: Error, Hashable {
  case unknown(name: String)
  case outside(SurfaceParameterDescription)
}

/// A list of numbers that shapes a surface, such as a spectrum.
public struct SurfaceListParameter<Owner>: Sendable {
  /// In snake_case.
  public let name: String
  public let summary: String
  /// Least and greatest value of each number, both allowed.
  public let range: ClosedRange<Double>
  /// How many numbers there may be.
  public let counts: ClosedRange<Int>
  let get: @Sendable (Owner) -> [Double]
  let set: @Sendable (inout Owner, [Double]) -> Void

  public init(
    _ name: String, _ path: WritableKeyPath<Owner, [Double]> & Sendable,
    in range: ClosedRange<Double>, counts: ClosedRange<Int>, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    self.range = range
    self.counts = counts
    get = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  /// Ends the sentence "… must be".
  public var requirement: String {
    "a list of \(counts.lowerBound) to \(counts.upperBound) numbers from \(range.lowerBound) to \(range.upperBound)"
  }
}

extension Surface {
  public static var parameterDescriptions: [SurfaceParameterDescription] {
    let defaults = Self()
    return parameters.map {
      SurfaceParameterDescription(
        name: $0.name, summary: $0.summary, range: $0.range, isWhole: $0.isWhole,
        defaultValue: $0.get(defaults))
    }
  }

  /// Every parameter with its value, by name.
  public var settings: [String: Double] {
    Dictionary(uniqueKeysWithValues: Self.parameters.map { ($0.name, $0.get(self)) })
  }

  /// Name, requirement and meaning of every list.
  public static var listDescriptions: [(name: String, requirement: String, summary: String)] {
    listParameters.map { ($0.name, $0.requirement, $0.summary) }
  }

  /// Every list with its values, by name.
  public var lists: [String: [Double]] {
    Dictionary(uniqueKeysWithValues: Self.listParameters.map { ($0.name, $0.get(self)) })
  }

  /// Sets a list by its name in scenarios.
  ///
  /// - Returns: Whether the surface has such a list and it may hold these numbers; nothing changes otherwise.
  public mutating func set(_ name: String, to values: [Double]) -> Bool {
    guard let list = Self.listParameters.first(where: { $0.name == name }),
      list.counts.contains(values.count), values.allSatisfy(list.range.contains)
    else { return false }
    list.set(&self, values)
    return true
  }

  /// Sets a parameter by its name in scenarios.
  public mutating func set(_ name: String, to value: Double) throws(SurfaceParameterError) {
    guard let index = Self.parameters.firstIndex(where: { $0.name == name }) else {
      throw .unknown(name: name)
    }
    let parameter = Self.parameters[index]
    guard
      parameter.range.contains(value), !parameter.isWhole || value == value.rounded()
    else { throw .outside(Self.parameterDescriptions[index]) }
    parameter.set(&self, value)
  }
}
