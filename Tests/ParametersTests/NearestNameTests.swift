import Parameters
import Testing

@Suite struct NearestNameTests {
  private let names = ["adam", "adagrad", "adadelta", "rmsprop", "sgd"]

  @Test(arguments: [
    ("adm", "adam"), ("Adam", "adam"), ("rmspropp", "rmsprop"), ("adagard", "adagrad"),
    ("sdg", "sgd"),
  ])
  func `a slip finds the name that was meant`(slip: String, meant: String) {
    #expect(NearestName.nearest(to: slip, among: names) == meant)
  }

  @Test func `what other libraries call a thing finds our name, where it is allowed`() {
    let names = ["learning_rate", "l1", "l2", "epsilon"]
    #expect(NearestName.hint(for: "lr", among: names) == " (did you mean 'learning_rate'?)")
    #expect(NearestName.hint(for: "eps", among: names) == " (did you mean 'epsilon'?)")
    #expect(
      NearestName.hint(for: "wd", among: names) == " (there are: learning_rate, l1, l2, epsilon)")
  }

  @Test(arguments: ["lbfgs", "x", "", "momentum"])
  func `a name far from all finds none`(name: String) {
    #expect(NearestName.nearest(to: name, among: names) == nil)
  }
}
