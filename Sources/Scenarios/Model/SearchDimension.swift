import Optimizers
package import Parameters
import Records

/// A hyperparameter that is searched, and the values it may take.
package struct SearchDimension: Hashable, Sendable {
  package enum Values: Hashable, Sendable {
    case range(SearchRange)
    case choices([ParameterValue])
  }

  package var name: String
  package var values: Values
  /// Whether only whole numbers are meant.
  package var isWhole = false

  package init(name: String, values: Values, isWhole: Bool = false) {
    self.name = name
    self.values = values
    self.isWhole = isWhole
  }

  /// The value at `share` of the way through, 0 to 1.
  ///
  /// Numbers are rounded to three digits, so that a result can be written down.
  ///
  /// - Parameter isLinear: takes no notice of the scale.
  package func value(at share: Double, isLinear: Bool = false) -> ParameterValue {
    switch values {
    case .choices(let choices):
      return choices[min(Int(share * Double(choices.count)), choices.count - 1)]
    case .range(let range):
      let scale = isLinear ? .linear : range.scale
      let value = scale.value(at: share, in: range.bounds)
      let rounded: Double
      if isWhole {
        rounded = value.rounded()
      } else if range.scale == .complement {
        // The distance to 1 is what counts; computing it adds rounding errors.
        rounded = (1 - (1 - value).rounded(toDigits: 3)).rounded(toDigits: 12)
      } else {
        rounded = value.rounded(toDigits: 3)
      }
      return .number(min(max(rounded, range.bounds.lowerBound), range.bounds.upperBound))
    }
  }

  /// How many different values a grid can have.
  package var limit: Int {
    switch values {
    case .choices(let choices): choices.count
    case .range(let range):
      isWhole ? Int(range.bounds.upperBound - range.bounds.lowerBound) + 1 : .max
    }
  }
}

extension Entrant {
  /// What is searched unless the scenario says otherwise.
  package var defaultSpace: [SearchDimension] {
    type(of: optimizer).descriptions.compactMap { description in
      description.search.map {
        SearchDimension(
          name: description.name, values: .range($0), isWhole: description.domain.isWhole)
      }
    }
  }
}
