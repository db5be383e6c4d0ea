import Optimizers
import Parameters

/// Every element-wise rule of the catalogue at its defaults, and the forms that have code of their own.
let elementwiseRules: [any Optimizer] = {
  var average = Momentum()
  average.form = .average
  average.biasCorrection = true
  var centered = RMSprop()
  centered.centered = true
  centered.momentum = 0.9
  var amsgrad = Adam()
  amsgrad.amsgrad = true
  var decayed = Adam()
  decayed.weightDecay = 0.1
  decayed.maximize = true
  var optax = RMSprop()
  (optax.epsilonInsideRoot, optax.biasCorrection, optax.nesterov) = (true, true, true)
  optax.rateInVelocity = true
  var correctionFirst = amsgrad
  correctionFirst.amsgradOrder = .correctionFirst
  var trend = DeltaBarDelta()
  trend.trendDecay = 0.7
  var pid = PID()
  pid.momentum = 0
  var madgrad = MADGRAD()
  madgrad.momentum = 0
  var adabound = AdaBound()
  adabound.amsgrad = true
  let laprops = [(true, false), (false, true), (true, true)].map { centered, amsgrad in
    var laprop = LaProp()
    (laprop.centered, laprop.amsgrad, laprop.uncenteredSteps) = (centered, amsgrad, 2)
    return laprop
  }
  let padams = [0.125, 0.4, 0.5].map { partial in
    var padam = PAdam()
    padam.partial = partial
    return padam
  }
  var leader = FTRL()
  (leader.ratePower, leader.l1Penalty, leader.l2Penalty) = (-0.25, 0.01, 0.1)
  return OptimizerCatalogue.all.map { $0.init() }.filter { isElementwise($0) }
    + [
      average, centered, amsgrad, decayed, optax, correctionFirst, trend, pid, madgrad, adabound,
      leader,
    ]
    + laprops + padams
}()

/// Schedule-free rules share two numbers among all coordinates, which do not depend on gradients.
private func isElementwise(_ rule: any Optimizer) -> Bool {
  rule.stepper(count: 1, as: Float.self).isElementwise || rule is ScheduleFreeSGD
    || rule is ScheduleFreeAdamW
}
