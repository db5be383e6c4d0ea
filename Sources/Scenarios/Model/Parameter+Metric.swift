package import Parameters
package import Records

extension Parameter {
  /// One metric out of a few; `nil` leaves the choice to the program.
  package init(
    _ name: String, _ path: any WritableKeyPath<Owner, Metric?> & Sendable, among metrics: [Metric],
    absent: String, _ meaning: String
  ) {
    self.init(
      name, .choice(metrics.map(\.rawValue)), absent: absent, meaning,
      get: { $0[keyPath: path].map { .choice($0.rawValue) } ?? .absent },
      set: {
        if case .choice(let name) = $1 {
          $0[keyPath: path] = Metric(rawValue: name)
        } else {
          $0[keyPath: path] = nil
        }
      })
  }
}
