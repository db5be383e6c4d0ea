/// Every optimizer there is; adding one is one line here.
public enum OptimizerCatalogue {
  public static let all: [any Optimizer.Type] = [
    SGD.self,
    Momentum.self,
    Nesterov.self,
    Adagrad.self,
    Adadelta.self,
    RMSprop.self,
    Adam.self,
    NovoGrad.self,
    LARS.self,
    LAMB.self,
    Adafactor.self,
    Muon.self,
    Prodigy.self,
    DAdaptAdam.self,
    ScheduleFreeSGD.self,
    ScheduleFreeAdamW.self,
    Lookahead.self,
    SAM.self,
    LBFGS.self,
    ConjugateGradient.self,
  ]

  public static var names: [String] { all.map { $0.name } }

  public static func optimizer(named name: String) -> (any Optimizer.Type)? {
    all.first { $0.name == name }
  }
}
