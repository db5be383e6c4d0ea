/// Every surface there is; adding one is one line here.
public enum SurfaceCatalogue {
  public static let all: [any Surface.Type] = [
    Saddle.self,
    Ellipse.self,
    Rosenbrock.self,
  ]

  public static var names: [String] { all.map { $0.name } }

  public static func surface(named name: String) -> (any Surface.Type)? {
    all.first { $0.name == name }
  }
}
