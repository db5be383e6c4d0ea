import Parameters

/// All schedules; adding one is one line here.
public enum ScheduleCatalogue {
  public static let all: [any NamedSchedule.Type] = [
    ConstantSchedule.self,
    StepSchedule.self,
    MultiStepSchedule.self,
    ExponentialSchedule.self,
    InverseTimeSchedule.self,
    InverseSquareRootSchedule.self,
    LinearSchedule.self,
    PolynomialSchedule.self,
    CosineSchedule.self,
    WarmRestartsSchedule.self,
    OneCycleSchedule.self,
    CyclicSchedule.self,
    WarmUpSchedule.self,
    TableSchedule.self,
    PlateauSchedule.self,
  ]

  public static var names: [String] { all.map { $0.name } }

  public static func schedule(named name: String) -> (any NamedSchedule.Type)? {
    all.first { $0.name == name }
  }
}
