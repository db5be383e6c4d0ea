import Parameters

/// All optimizers; adding one is one line here.
public enum OptimizerCatalogue {
  public static let all: [any Optimizer.Type] = [
    SGD.self,
    Momentum.self,
    Nesterov.self,
    ASGD.self,
    SignSGD.self,
    Signum.self,
    DeltaBarDelta.self,
    Adagrad.self,
    Adadelta.self,
    RMSprop.self,
    Rprop.self,
    Adam.self,
    AdamW.self,
    Adamax.self,
    NAdam.self,
    RAdam.self,
    Lion.self,
    AdaBelief.self,
    Yogi.self,
    Adan.self,
    AdEMAMix.self,
    ADOPT.self,
    NovoGrad.self,
    LARS.self,
    LAMB.self,
    Adafactor.self,
    CAME.self,
    Muon.self,
    AdaMuon.self,
    NorMuon.self,
    Scion.self,
    MARS.self,
    Shampoo.self,
    SOAP.self,
    SPlus.self,
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
