import Parameters
import Yams

extension VariantList {
  private var paths: ScenarioPaths { ScenarioPaths(base: base, vocabulary: issues.vocabulary) }

  /// The place of a key in the file: `batch_size` is `problem.network.batch_size`.
  func path(_ name: String, at node: Node) -> [String]? {
    do throws(ScenarioPaths.Failure) {
      return try paths.path(name)
    } catch {
      switch error {
      case .malformed:
        issues.report("a key of a variant must be a name, or names with dots between", at: node)
      case .unknown(let key, let known):
        issues.report(
          "variants cannot change '\(key)'\(NearestName.hint(for: key, among: known))", at: node)
      case .ambiguous, .unusable: issues.report(error.reason, at: node)
      }
      return nil
    }
  }

  /// Mappings that are parts of the file are read key by key; every other value replaces the former one.
  func flattened(_ path: [String], _ value: Node) -> [ScenarioOverride] {
    paths.overrides(path, value, issues: issues)
  }
}
