import Records

extension BaselineScenario {
  /// Whether the problem is only described, as in baselines of version 1 and in old stores: whether it is still the same
  /// cannot be known.
  package var isOnlyDescribed: Bool { problem.description != nil }

  /// How this differs from `former`, if that makes their results incomparable: another problem, budget, metric or tier.
  func otherQuestion(than former: BaselineScenario) -> String? {
    let problem = problem.differences(from: former.problem)
    if !problem.isEmpty { return "another problem now: \(problem.joined(separator: "; "))" }
    let budget = budget.differences(from: former.budget)
    if !budget.isEmpty { return "another budget now: \(budget.joined(separator: "; "))" }
    if metric != former.metric {
      return "another metric now: \(metric.rawValue), was \(former.metric.rawValue)"
    }
    if tier != former.tier {
      return "the problem is \(tier.rawValue), its baseline says \(former.tier.rawValue)"
    }
    return nil
  }

  /// The same for what one optimizer runs on, where variants change the problem.
  func otherQuestion(than former: BaselineScenario, of optimizer: String) -> String? {
    guard let now = optimizerFields[optimizer], let before = former.optimizerFields[optimizer]
    else { return nil }
    let differences = now.question.differences(from: before.question)
    return differences.isEmpty
      ? nil : "another variant now: \(differences.joined(separator: "; "))"
  }

  /// How an optimizer's hyperparameters differ from those in `former`; empty if they do not, or are not known.
  func settings(of optimizer: String, unlike former: BaselineScenario) -> String {
    guard let now = optimizerFields[optimizer], let before = former.optimizerFields[optimizer]
    else { return "" }
    return now.settings.differences(from: before.settings).joined(separator: "; ")
  }

  /// Whether runs of an optimizer depend on random numbers: networks do, and surfaces with noise or with several runs.
  func isRandom(of optimizer: String) -> Bool {
    let settings = problem.fields.merging(optimizerFields[optimizer]?.fields ?? [:]) { $1 }
    return tier == .noisy || runs(of: optimizer).count > 1
      || settings.keys.contains { $0.hasSuffix("gradient_noise") }
  }

  /// This with the labels that `now` has for the same optimizers: a new label is no new optimizer.
  ///
  /// Only where a label is gone and exactly one that is new belongs to the same rule, hyperparameters and variant.
  func relabeled(as now: BaselineScenario) -> BaselineScenario {
    let (own, others) = (Set(optimizers), Set(now.optimizers))
    var labels: [String: String] = [:]
    for label in own.subtracting(others) {
      guard let fields = optimizerFields[label] else { continue }
      let known = own.subtracting(others).filter { optimizerFields[$0] == fields }
      let new = others.subtracting(own).filter { now.optimizerFields[$0] == fields }
      if known.count == 1, new.count == 1 { labels[label] = new.first }
    }
    var relabeled = self
    for index in runs.indices {
      relabeled.runs[index].optimizer = labels[runs[index].optimizer] ?? runs[index].optimizer
    }
    relabeled.optimizerFields = Dictionary(
      optimizerFields.map { (labels[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { $1 })
    return relabeled
  }
}

extension ScenarioRecord {
  /// Fields of the problem that variants change.
  var variedProblemKeys: Set<String> {
    Set(
      variedKeys.compactMap { path in
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count >= 2, parts[0] == "problem" else { return nil }
        return parts[1] == "network" && parts.count >= 3 ? parts[2] : parts[1]
      })
  }
}

extension Participant {
  /// Rule, hyperparameters and, under `variant.`, what it runs on instead of the scenario's own settings.
  var compared: ComparedFields {
    var fields = hyperparameters
    fields["rule"] = .text(rule)
    for (path, value) in variant?.values ?? variant?.changes ?? [:]
    where !path.hasPrefix("optimizers.") {
      fields[ComparedFields.variantPrefix + path] = value
    }
    return ComparedFields(fields)
  }
}

extension ComparedFields {
  fileprivate static let variantPrefix = "variant."

  /// The part of a participant's fields that says what it is.
  fileprivate var settings: ComparedFields {
    ComparedFields(fields.filter { !$0.key.hasPrefix(Self.variantPrefix) })
  }

  /// The part of a participant's fields that says what it runs on.
  fileprivate var question: ComparedFields {
    ComparedFields(
      Dictionary(
        uniqueKeysWithValues: fields.compactMap { key, value in
          key.hasPrefix(Self.variantPrefix)
            ? (String(key.dropFirst(Self.variantPrefix.count)), value) : nil
        }))
  }
}
