import Parameters

/// How a window moves over an image: its size, its stride and the zeros around the image.
struct Window: Hashable, Sendable {
  enum Padding: Hashable, Sendable {
    /// This number of pixels on each side.
    case pixels(Int)
    /// As many as make the output ⌈input / stride⌉ in size; of an odd number the larger half is right and below,
    /// as in TensorFlow and PyTorch.
    case same
  }

  var height = 2
  var width = 2
  /// `nil` for the height of the window.
  private let defaultStride: Int?
  private var givenStride: Int?
  var padding = Padding.pixels(0)

  var stride: Int { givenStride ?? defaultStride ?? height }

  /// A window on images of one size.
  struct Fit: Hashable, Sendable {
    var height: Int
    var width: Int
    var stride: Int
    var top: Int
    var left: Int
    var inputHeight: Int
    var inputWidth: Int
    var outputHeight: Int
    var outputWidth: Int

    /// The image with zeros around it, as far as windows of stride 1 reach.
    var paddedHeight: Int { max(outputHeight + height - 1, inputHeight + top) }
    var paddedWidth: Int { max(outputWidth + width - 1, inputWidth + left) }
  }

  /// - Parameter defaultStride: `nil` for the height of the window.
  init(defaultStride: Int?) { self.defaultStride = defaultStride }

  init(height: Int, width: Int, stride: Int, padding: Padding) {
    self.height = height
    self.width = width
    defaultStride = stride
    self.padding = padding
  }

  func fit(_ input: SampleShape) throws(ShapeMismatch) -> Fit {
    guard input.isImage else { throw ShapeMismatch(need: "needs images (channels×height×width)") }
    let (outputHeight, top) = place(window: height, on: input.height)
    let (outputWidth, left) = place(window: width, on: input.width)
    guard outputHeight > 0, outputWidth > 0 else {
      let isPadded = padding != .pixels(0)
      throw ShapeMismatch(
        need: "needs images of at least \(height)×\(width) pixels\(isPadded ? " with padding" : "")"
      )
    }
    return Fit(
      height: height, width: width, stride: stride, top: top, left: left,
      inputHeight: input.height, inputWidth: input.width, outputHeight: outputHeight,
      outputWidth: outputWidth)
  }

  /// The size of the output along one axis, and the zeros before the first pixel.
  private func place(window: Int, on size: Int) -> (output: Int, before: Int) {
    switch padding {
    case .pixels(let pixels):
      let room = size + 2 * pixels - window
      return (room < 0 ? 0 : room / stride + 1, pixels)
    case .same:
      let output = (size - 1) / stride + 1
      return (output, max(0, (output - 1) * stride + window - size) / 2)
    }
  }
}

extension Window {
  /// The settings of the window of a layer.
  ///
  /// - Parameter strideAbsence: what the stride is by default, where that is no number.
  static func parameters<Owner>(
    at path: any WritableKeyPath<Owner, Window> & Sendable, strideAbsence: String? = nil
  ) -> [Parameter<Owner>] {
    [
      Parameter(
        "size",
        .phrased(
          "a window such as 3x3, each side from 1 to 1024",
          .list(of: .whole(1...1024), counts: 2...2)), "height and width of the window",
        get: { $0[keyPath: path].size }, set: { $0[keyPath: path].size = $1 }
      ).required(),
      Parameter(
        "padding", .either([.choice(["same"]), .whole(0...1024)]),
        "zeros on each side, or same: as many as keep the size at stride 1",
        get: { $0[keyPath: path].padding.parameterValue },
        set: { if let padding = Padding($1) { $0[keyPath: path].padding = padding } }),
      Parameter(
        "stride", .whole(1...1024), absent: strideAbsence, "step from one window to the next",
        get: { $0[keyPath: path].strideValue },
        set: { $0[keyPath: path].givenStride = Int(parameterValue: $1) }),
    ]
  }

  private var size: ParameterValue {
    get { [height, width].parameterValue }
    set {
      guard let sides = [Int](parameterValue: newValue), sides.count == 2 else { return }
      (height, width) = (sides[0], sides[1])
    }
  }

  /// Absent where it is the height by default.
  private var strideValue: ParameterValue {
    stride == defaultStride ?? height
      ? defaultStride?.parameterValue ?? .absent : stride.parameterValue
  }
}

extension Window.Padding {
  var parameterValue: ParameterValue {
    switch self {
    case .pixels(let pixels): .number(Double(pixels))
    case .same: .choice("same")
    }
  }

  init?(_ value: ParameterValue) {
    if value == .choice("same") {
      self = .same
    } else {
      guard let pixels = Int(parameterValue: value) else { return nil }
      self = .pixels(pixels)
    }
  }
}
