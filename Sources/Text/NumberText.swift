import Foundation

/// Number formats of axes and legends.
package enum NumberText {
  /// `10⁻³`
  package static func powerOfTen(_ exponent: Int) -> String {
    switch exponent {
    case 0: "1"
    case 1: "10"
    default: "10" + superscript(exponent)
    }
  }

  package static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (number < 0 ? "⁻" : "")
      + String(String(abs(number)).map { digits[$0.wholeNumberValue ?? 0] })
  }

  /// Three significant digits: `0.887`, `12.3`, `4.5e-07`.
  package static func short(_ number: Double) -> String {
    number.isFinite ? String(format: "%.3g", number) : number.shortest
  }

  /// With thousands separators: `12,000`.
  package static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, digit.isNumber, (digits.count - offset) % 3 == 0, text != "-" { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Seven significant digits: finer than any picture, and data files are small.
  package static func drawn(_ number: Double) -> String {
    guard number.isFinite else { return "NaN" }
    let single = Float(number)
    return single.isNormal ? Double(single.description)?.shortest ?? "NaN" : number.shortest
  }

  /// Five decimals: finer than a pixel of any canvas.
  package static func fraction(_ number: Double) -> String {
    ((number * 100_000).rounded() / 100_000).shortest
  }
}
