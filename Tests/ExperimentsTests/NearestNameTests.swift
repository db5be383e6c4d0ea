import Experiments
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

  @Test(arguments: ["lbfgs", "x", "", "momentum"])
  func `a name far from all finds none`(name: String) {
    #expect(NearestName.nearest(to: name, among: names) == nil)
  }
}
