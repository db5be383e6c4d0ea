import Parameters

/// All optimizers; adding one is one line here.
public enum OptimizerCatalogue {
  public static let all: [any Optimizer.Type] = [
    SGD.self,
    Momentum.self,
    Nesterov.self,
    QHM.self,
    AggMo.self,
    PID.self,
    SGDP.self,
    OptimisticGradientDescent.self,
    ASGD.self,
    SignSGD.self,
    Signum.self,
    Tiger.self,
    DeltaBarDelta.self,
    Adagrad.self,
    Adadelta.self,
    MADGRAD.self,
    SM3.self,
    RMSprop.self,
    Rprop.self,
    Adam.self,
    AdamW.self,
    Adamax.self,
    NAdam.self,
    RAdam.self,
    QHAdam.self,
    PAdam.self,
    AdaBound.self,
    AdamP.self,
    StableAdamW.self,
    LaProp.self,
    Grams.self,
    Lion.self,
    AdaBelief.self,
    ACProp.self,
    Adai.self,
    Yogi.self,
    Adan.self,
    AdEMAMix.self,
    SimplifiedAdEMAMix.self,
    ADOPT.self,
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
