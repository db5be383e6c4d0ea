import Certification
import Foundation
import TestSupport
import Testing

/// What holds for the keys of every file that ships.
@Suite struct HyperparameterTests {
  private typealias Object = [String: Any]

  /// Options of libraries that our rules do not have, and parameters with a default that the documentation states.
  private static let mayBeMissing: Set<String> = [
    "fixed_decay", "ams_bound", "rectify", "max_grad_norm", "decoupling_c", "initial_scale",
    "adopt/nesterov", "adabelief/nesterov", "delta_bar_delta/maximize", "adan_optax/b1",
    "adan_optax/b2", "adan_optax/b3", "adan_optax/eps", "adan_optax/eps_root",
    "acprop/b1", "acprop/b2", "scion/norm_kwargs",
    "dog/init_step", "dog/weight_decay", "dowg/weight_decay", "momo/beta", "momo/weight_decay",
    "momo_adam/b1", "momo_adam/b2", "momo_adam/weight_decay", "cocob/alpha", "cocob/weight_decay",
    "polyak_sgd/max_learning_rate", "polyak_sgd/f_min", "polyak_sgd/eps", "mechanic/weight_decay",
    "mechanic/eps", "mechanic/s_init", "mechanic/num_betas",
  ]

  /// One case for each set of keys and each choice between rules.
  private func cases() throws -> [(optimizer: String, file: Object, recorded: Object)] {
    var seen: Set<String> = []
    var cases: [(String, Object, Object)] = []
    for name in try ReferenceFiles.trajectoryNames() {
      let object = try JSONSerialization.jsonObject(with: ReferenceFiles.data(name))
      var file = try #require(object as? Object)
      let all = try #require(file.removeValue(forKey: "cases") as? [Object])
      for recorded in all {
        let values = try #require(recorded["hyperparameters"] as? Object)
        let optimizer = try #require(recorded["optimizer"] as? String)
        let keys = values.keys.sorted().joined(separator: " ")
        guard seen.insert("\(optimizer) \(keys) \(values["nesterov"] ?? "")").inserted else {
          continue
        }
        cases.append((optimizer, file, recorded))
      }
    }
    return cases
  }

  /// What is said of a case with other values, or its findings.
  private func check(
    _ item: (optimizer: String, file: Object, recorded: Object), values: Object
  ) throws -> (reason: String?, findings: [Finding]) {
    var (_, file, recorded) = item
    recorded["hyperparameters"] = values
    file["cases"] = [recorded]
    let data = try JSONSerialization.data(withJSONObject: file)
    let reader = try TrajectoryFile()
    let text = String(decoding: data, as: UTF8.self)
    if let reason = try reader.reason(of: text) { return (reason, []) }
    return (nil, try reader.findings(of: text))
  }

  @Test func `a key that is missing makes the file malformed`() throws {
    for item in try cases() {
      let values = try #require(item.recorded["hyperparameters"] as? Object)
      for key in values.keys
      where !Self.mayBeMissing.contains(key)
        && !Self.mayBeMissing.contains("\(item.optimizer)/\(key)")
      {
        let reason = try check(item, values: values.filter { $0.key != key }).reason
        #expect(
          reason?.contains("hyperparameters") == true,
          "\(item.optimizer) without \(key): \(reason ?? "accepted")")
      }
    }
  }

  @Test func `a value of another type makes the file malformed`() throws {
    for item in try cases() {
      let values = try #require(item.recorded["hyperparameters"] as? Object)
      // How tensors lie in memory changes nothing, and settings of a norm are names of their own.
      for key in values.keys where !["data_format", "norm_kwargs"].contains(key) {
        let others: [Any] = [["a"], "much", [Int]()]
        for other in others {
          // A wrapped rule's name may be any text.
          if key == "base_optimizer", other is String { continue }
          // A choice may be any text too: one that we do not have is not covered.
          let isChoice = [
            "line_search_fn", "adjust_lr_fn", "mars_type", "update_scale", "ns_coeffs",
          ].contains(key)
          if isChoice, other is String { continue }
          // Polynomials of no length leave the matrix as it is.
          if key == "ns_coeffs", (other as? [Int]) == [] { continue }
          let (reason, findings) = try check(item, values: values.merging([key: other]) { $1 })
          // A list whose length no rule of ours allows is one that is not covered.
          let isUncovered =
            (other as? [Int]) == [] && findings.allSatisfy { $0.verdict == .notCovered }
          #expect(
            reason?.contains("hyperparameters.\(key)") == true || isUncovered,
            "\(item.optimizer) with \(key) of \(other): \(reason ?? "accepted")")
        }
      }
    }
  }

  @Test func `a key that is unknown is not covered`() throws {
    for item in try cases() {
      let values = try #require(item.recorded["hyperparameters"] as? Object)
      let findings = try check(item, values: values.merging(["unheard_of": 1]) { $1 }).findings
      #expect(findings.map(\.remark) == ["hyperparameter 'unheard_of'"], "\(item.optimizer)")
    }
  }

  /// Infinite growth is no limit, which is 0 here; a limit of 0 is something else.
  @Test(arguments: [
    ("prodigy", "growth_rate", "'growth_rate' of 0"), ("prodigy", "beta3", "'beta3' of 0"),
    ("lbfgs", "max_eval", "'max_eval' of 0"),
    ("schedule_free_sgd", "warmup_steps", "'warmup_steps' other than null"),
    ("rmsprop_optax", "initial_scale", "'initial_scale' other than 0.0"),
  ])
  func `a number with another meaning than ours is not covered`(
    optimizer: String, key: String, remark: String
  ) throws {
    let item = try #require(try cases().first { $0.optimizer == optimizer })
    let values = try #require(item.recorded["hyperparameters"] as? Object)
    let other = key == "initial_scale" ? 1 : 0
    let findings = try check(item, values: values.merging([key: other]) { $1 }).findings
    #expect(findings.map(\.remark) == [remark])
  }
}
