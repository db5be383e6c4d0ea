import Foundation
import Records
import Reporting
import Testing

struct PaletteTests {
  private func participants(_ labels: [String]) -> [Participant] {
    labels.map { Participant(label: $0, rule: $0, hyperparameters: [:]) }
  }

  @Test func `no two optimizers look the same however many there are`() {
    for count in [7, 12, 40] {
      let labels = Palette.known.keys.sorted() + (0..<count).map { "other \($0)" }
      let styles = Palette.styles(of: participants(labels))
      #expect(styles.count == labels.count && Set(styles.values).count == labels.count)
    }
  }

  @Test func `the optimizers that everyone knows look the same in any company`() {
    let alone = Palette.styles(of: participants(["adam"]))["adam"]
    let crowd = Palette.styles(of: participants(["lion", "sgd", "adam", "muon"]))
    #expect(crowd["adam"] == alone)
    #expect(Set((0..<12).map { Palette.style($0).color }).count == 12)
    #expect(Set((0..<12).map { Palette.style($0).marker }).count == 12)
  }

  @Test func `a lone variant looks like its rule and next to its rule it does not`() {
    let variant = Participant(label: "adam, warmed up", rule: "adam", hyperparameters: [:])
    let adam = participants(["adam"])
    let style = Palette.styles(of: adam)["adam"]
    #expect(Palette.styles(of: [variant])["adam, warmed up"] == style)
    #expect(Palette.styles(of: [variant] + adam)["adam, warmed up"] != style)
    #expect(Palette.styles(of: [variant] + adam)["adam"] == style)
  }

  @Test
  func `twelve variants of one optimizer have twelve colors, and a thirteenth one is dashed`() {
    func styles(_ count: Int) -> [String: SeriesStyle] {
      Palette.styles(
        of: (0..<count).map {
          Participant(
            label: "setting \($0)", rule: "sgd", hyperparameters: [:],
            variant: .init(label: "setting \($0)", optimizer: "sgd", changes: [:]))
        })
    }
    let twelve = styles(12).values
    #expect(Set(twelve.map(\.color)).count == 12 && twelve.allSatisfy { $0.dash == 1 })
    #expect(styles(13).values.count { $0.dash == 2 } == 1)
    #expect(styles(12).allSatisfy { styles(13)[$0.key] == $0.value })
  }

  @Test func `optimizers without colors of their own use all that are free before any twice`() {
    let styles = Palette.styles(of: participants((0..<10).map { "other \($0)" } + ["adam", "sgd"]))
    #expect(Set(styles.values.map(\.color)).count == 12)
    #expect(styles["adam"] == Palette.styles(of: participants(["adam"]))["adam"])
  }

  @Test func `every color stands out from white paper`() {
    for slot in 0..<12 {
      let color = Palette.style(slot).color
      let number = UInt32(color.dropFirst(), radix: 16) ?? 0
      // Relative luminance and contrast as in WCAG 2.2; 2.2 is what the lightest of Okabe and Ito's reach.
      let parts = [16, 8, 0].map { shift -> Double in
        let part = Double(number >> shift & 0xff) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      let luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
      #expect(1.05 / (luminance + 0.05) > 2.1, "\(color)")
    }
  }
}
