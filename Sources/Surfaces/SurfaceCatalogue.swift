import Parameters

/// All surfaces; adding one is one line here.
public enum SurfaceCatalogue {
  public static let all: [any Surface.Type] = [
    Saddle.self,
    MonkeySaddle.self,
    Sphere.self,
    Ellipse.self,
    Quadratic.self,
    Rosenbrock.self,
    Beale.self,
    Branin.self,
    Himmelblau.self,
    SixHumpCamel.self,
    ThreeHumpCamel.self,
    Booth.self,
    Matyas.self,
    GoldsteinPrice.self,
    Rastrigin.self,
    Ackley.self,
    StyblinskiTang.self,
    Levy.self,
    Plateau.self,
    NoisyRavine.self,
    QuadraticDeep.self,
    TwoDBeale.self,
    TwoDBranin.self,
    TwoDRosenbrock.self,
  ]

  public static var names: [String] { all.map { $0.name } }

  public static func surface(named name: String) -> (any Surface.Type)? {
    all.first { $0.name == name }
  }
}
