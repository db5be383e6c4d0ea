import Records

/// Compares current results with those of a baseline.
package struct Gate: Sendable {
  package var noisy: NoisyTier

  package init(noisy: NoisyTier = NoisyTier()) { self.noisy = noisy }

  /// A finding per scenario and optimizer, in the order of the baselines, then what is new.
  package func findings(
    baseline: [BaselineScenario], current: [BaselineScenario]
  ) -> [GateFinding] {
    var findings: [GateFinding] = []
    var noisyPairs: [NoisyTier.Pair] = []
    for former in baseline {
      guard let now = current.first(where: { $0.name == former.name }) else {
        findings += former.optimizers.map {
          GateFinding(
            former.name, $0, tier: former.tier.rawValue, .missing,
            "no such scenario, or not run")
        }
        continue
      }
      let old = former.relabeled(as: now)
      guard let difference = now.otherQuestion(than: old) else {
        for optimizer in old.optimizers {
          let runs = (old.runs(of: optimizer), now.runs(of: optimizer))
          if runs.1.isEmpty {
            findings.append(
              GateFinding(
                old.name, optimizer, tier: old.tier.rawValue, .missing,
                "no longer in the scenario, or not run"))
          } else if let difference = now.otherQuestion(than: old, of: optimizer) {
            findings.append(
              GateFinding(old.name, optimizer, tier: old.tier.rawValue, .missing, difference))
          } else if now.tier == .exact {
            findings.append(ExactTier.finding(old, optimizer, runs.0, runs.1))
          } else {
            // Its place is kept until all noisy pairs are known: they share one rate of false alarms.
            noisyPairs.append(
              NoisyTier.Pair(
                place: findings.count, scenario: old, optimizer: optimizer, before: runs.0,
                now: runs.1))
            findings.append(GateFinding(old.name, optimizer, tier: "noisy", .unchanged, ""))
          }
        }
        findings += Self.new(in: now, beyond: old.optimizers)
        continue
      }
      findings += old.optimizers.map {
        GateFinding(old.name, $0, tier: old.tier.rawValue, .missing, difference)
      }
    }
    let known = Set(baseline.map(\.name))
    for now in current where !known.contains(now.name) { findings += Self.new(in: now, beyond: []) }
    for (pair, finding) in zip(noisyPairs, noisy.findings(noisyPairs)) {
      findings[pair.place] = finding
    }
    return findings
  }

  private static func new(in scenario: BaselineScenario, beyond known: [String]) -> [GateFinding] {
    scenario.optimizers.filter { !known.contains($0) }.map {
      GateFinding(
        scenario.name, $0, tier: scenario.tier.rawValue, .new,
        "no baseline yet; add it with 'bench check --update'")
    }
  }
}
