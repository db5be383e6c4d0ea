import Optimizers
import Testing

/// Rules that look at each tensor by itself.
private let rules: [any Optimizer] = {
  var lars = LARS()
  (lars.nesterov, lars.weightDecay) = (true, 0.1)
  var lamb = LAMB()
  lamb.weightDecay = 0.1
  var novograd = NovoGrad()
  novograd.weightDecay = 0.1
  var adamp = AdamP()
  (adamp.delta, adamp.nesterov, adamp.weightDecay) = (0.5, true, 0.1)
  var sgdp = SGDP()
  sgdp.delta = 0.5
  var sm3 = SM3()
  (sm3.momentum, sm3.beta) = (0, 0.5)
  var soap = SOAP()
  (soap.preconditionFrequency, soap.precondition1D) = (2, true)
  var mars = MARS()
  (mars.form, mars.correctVectors) = (.shampoo, false)
  var normuon = NorMuon()
  normuon.vectors = .adamw
  return [
    LARS(), lars, lamb, novograd, Adafactor(), CAME(), Muon(), AdaMuon(), NorMuon(), normuon,
    Scion(), MARS(), mars, SOAP(), soap, Shampoo(), SPlus(), adamp, sgdp, SM3(), sm3,
    StableAdamW(),
  ]
}()

@Suite struct TensorTests {
  private static let shapes = [[2, 3], [4], [2, 2, 3], [5, 2]]

  private func gradients(_ count: Int, step: Int) -> [Double] {
    (0..<count).map { Double(($0 * 31 + step * 17) % 101) / 50 - 1 }
  }

  /// References have one tensor each; what belongs to another one must not reach it.
  @Test func `a step on several tensors is a step on each, bit for bit`() {
    for rule in rules {
      let layout = ParameterLayout(shapes: Self.shapes)
      let together = rule.stepper(for: layout, as: Double.self)
      let apart = Self.shapes.map {
        rule.stepper(for: ParameterLayout(shapes: [$0]), as: Double.self)
      }
      var parameters = (0..<layout.count).map { Double($0 % 13) / 7 - 0.8 }
      var parts = layout.tensors.map { Array(parameters[$0.range]) }
      for step in 0..<4 {
        let gradients = gradients(layout.count, step: step)
        var span = parameters.mutableSpan
        together.step(&span, gradients: gradients.span, learningRate: 0.1)
        for (index, tensor) in layout.tensors.enumerated() {
          let own = Array(gradients[tensor.range])
          var span = parts[index].mutableSpan
          apart[index].step(&span, gradients: own.span, learningRate: 0.1)
        }
        #expect(parameters == Array(parts.joined()), "\(rule), step \(step)")
      }
    }
  }

  /// Two numbers for each entry of a side's matrix: the sum of products, and its basis or root.
  @Test func `state bytes are slots and matrices, and no scratch`() {
    let layout = ParameterLayout(shapes: [[3, 5], [7], [2, 3, 4]])
    let (count, matrix, stack) = (46, 3 * 3 + 5 * 5, 2 * 2 + 3 * 3 + 4 * 4)
    var soap = SOAP()
    soap.precondition1D = true
    var limited = SOAP()
    limited.maxPreconditionDim = 4
    var shampoo = Shampoo()
    shampoo.momentum = 0.9
    var lion = MARS()
    lion.form = .lion
    var normuon = NorMuon()
    normuon.vectors = .adamw
    let expected: [(any Optimizer, scalars: Int, bytes: Int)] = [
      (SOAP(), 2 * count + 2 * (matrix + stack), 0),
      (soap, 2 * count + 2 * (matrix + stack + 7 * 7), 0),
      (limited, 2 * count + 2 * (3 * 3 + stack), 0),
      (Shampoo(), 2 * (matrix + stack + 7 * 7), 0),
      (shampoo, count + 2 * (matrix + stack + 7 * 7), 0),
      (SPlus(), 2 * count + 2 * matrix, 8), (Muon(), count, 0), (AdaMuon(), 2 * count, 0),
      (NorMuon(), count + 3 + 1 + 2, 0), (normuon, count + 3 + 7 + 2, 0), (Scion(), count, 0),
      (MARS(), 3 * count, 0), (lion, 2 * count, 0),
      (CAME(), count + 2 * (3 + 5) + 7 + 2 * 2 * (3 + 4), 0),
    ]
    for (rule, scalars, bytes) in expected {
      #expect(rule.stepper(for: layout, as: Float.self).stateBytes == 4 * scalars + bytes)
      #expect(rule.stepper(for: layout, as: Double.self).stateBytes == 8 * scalars + bytes)
    }
  }

  /// Algorithm 4 on each matrix of a stack, sizes over the whole of it; the first step has nothing to average with. A dozen operations
  /// on numbers of order 1.
  @Test func `Adafactor takes a tensor of three axes for a stack of matrices`() {
    let (stack, rows, columns) = (2, 2, 3)
    let gradient = gradients(12, step: 1)
    let start = (0..<12).map { Double($0) / 4 - 1 }
    func root(_ values: [Double]) -> Double {
      (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }
    var update = gradient
    for matrix in 0..<stack {
      func square(_ row: Int, _ column: Int) -> Double {
        let value = gradient[(matrix * rows + row) * columns + column]
        return value * value
      }
      let rowMeans = (0..<rows).map { row in
        (0..<columns).reduce(0) { $0 + square(row, $1) } / Double(columns)
      }
      let columnMeans = (0..<columns).map { column in
        (0..<rows).reduce(0) { $0 + square($1, column) } / Double(rows)
      }
      let mean = rowMeans.reduce(0, +) / Double(rows)
      for row in 0..<rows {
        for column in 0..<columns {
          update[(matrix * rows + row) * columns + column] /=
            (rowMeans[row] * columnMeans[column] / mean).squareRoot()
        }
      }
    }
    let rate = 0.25 * root(start) / max(1, root(update))
    var parameters = start
    var span = parameters.mutableSpan
    Adafactor().stepper(
      for: ParameterLayout(shapes: [[stack, rows, columns]]), as: Double.self
    ).step(&span, gradients: gradient.span, learningRate: 0.25)
    for index in start.indices {
      #expect(abs(parameters[index] - (start[index] - rate * update[index])) <= 64 * 0x1p-53)
    }
  }

  @Test func `averaging rules are evaluated at their average, inside a group and a wrapper too`() {
    let start = [1.0, -2, 3, 0.5]
    var pipeline = UpdatePipeline()
    pipeline.groups = [ParameterGroup(range: 1..<3, optimizer: Lookahead())]
    let grouped = PipelineStepper<Double>(
      ScheduleFreeSGD(), pipeline, layout: ParameterLayout(count: 4))
    let rest = ScheduleFreeSGD().stepper(count: 1, as: Double.self)
    var sam = SAM()
    sam.rule = WrappedRule(ScheduleFreeSGD())
    sam.rho = 0
    let wrapped = sam.stepper(count: 1, as: Double.self)
    var (point, single, inside) = (start, [start[3]], [start[3]])
    for step in 0..<4 {
      let gradients = gradients(4, step: step)
      var span = point.mutableSpan
      grouped.step(&span, gradients: gradients.span, learningRate: 0.25)
      span = single.mutableSpan
      rest.step(&span, gradients: [gradients[3]].span, learningRate: 0.25)
      span = inside.mutableSpan
      wrapped.step(&span, learningRate: 0.25) { _, gradient in
        gradient[0] = gradients[3]
        return 0
      }
    }
    let average = rest.evaluationParameters(single)
    #expect(average != single)
    #expect(wrapped.evaluationParameters(inside) == average)
    let found = grouped.evaluationParameters(point)
    #expect(found[3] == average[0] && found[0] != point[0])
    // Lookahead's slow weights have not moved before its fifth step.
    #expect(Array(found[1..<3]) == Array(start[1..<3]) && point[1] != start[1])
  }
}
