import Optimizers
import Parameters
import Testing

/// Options that need memory have it, and others cost none.
@Suite struct MemoryOfRulesTests {
  private func slots(
    _ rule: some Optimizer, _ change: (inout any Optimizer) throws -> Void = { _ in }
  ) throws -> Int {
    var rule: any Optimizer = rule
    try change(&rule)
    return rule.bytesPerParameter(as: Double.self) / 8
  }

  @Test func `what an option keeps is what it costs`() throws {
    #expect(try slots(LaProp()) == 2)
    #expect(try slots(AdaBound()) == 2)
    #expect(try slots(LaProp()) { try $0.set("centered", to: .flag(true)) } == 3)
    #expect(try slots(LaProp()) { try $0.set("amsgrad", to: .flag(true)) } == 3)
    #expect(
      try slots(LaProp()) {
        try $0.set("centered", to: .flag(true))
        try $0.set("amsgrad", to: .flag(true))
      } == 4)
    #expect(try slots(AdaBound()) { try $0.set("amsgrad", to: .flag(true)) } == 3)
    #expect(try slots(MADGRAD()) == 3)
    #expect(try slots(PID()) == 3)
    #expect(try slots(AggMo()) == 3)
    #expect(try slots(MADGRAD()) { try $0.set("momentum", to: .number(0)) } == 2)
    #expect(try slots(PID()) { try $0.set("momentum", to: .number(0)) } == 0)
  }

  /// Rows, columns and slices, and the average step where there is momentum.
  @Test func `SM3 keeps one number for each index of each axis`() throws {
    let layout = ParameterLayout(shapes: [[4, 3], [5], [2, 3, 4]])
    #expect(SM3().stepper(for: layout, as: Double.self).stateBytes == (12 + 5 + 24 + 7 + 5 + 9) * 8)
    var plain = SM3()
    plain.momentum = 0
    #expect(plain.stepper(for: layout, as: Float.self).stateBytes == (7 + 5 + 9) * 4)
  }
}
