import Datasets
import Scenarios

extension KindList {
  static let datasets = KindList(
    kind: .datasets,
    columns: ["name", "title", "train", "test", "size", "classes", "licence", "source"],
    headings: ["name", "title", "train", "test", "size", "classes", "license"],
    entries: DatasetCatalogue.entries.map { ListEntry($0) } + [
      ListEntry(
        form: "{idx: FOLDER}", alias: "idx", title: "images of your own",
        source: "four files as MNIST, EMNIST and QMNIST have them, gzip or plain"),
      ListEntry(
        form: "{csv: FILE, label: COLUMN}", alias: "csv", title: "a table of your own",
        source: "numbers and words, and a column of classes or of numbers to predict"),
    ])

  static let series = KindList(
    kind: .series, columns: ["name", "formula", "source"], headings: ["name", "summary"],
    entries: SeriesCatalogue.names.map { name in
      let summary = "daily measurements, smoothed by moving averages with and without correction"
      return ListEntry(
        name: name, line: [name, summary],
        rows: [[.text(name), .text(average), .text(averageSource)]], summary: summary,
        facts: [
          .init("equation", average), .init("source", averageSource),
          .init("in a scenario", "problem: {series: \(name), betas: [0.5, 0.9]}"),
        ], sections: [.init(parameters: [betas])].compactMap(\.self))
    })

  static let average = "v ← βv + (1 − β)θ, v/(1 − βᵗ)"
  static let averageSource = "Kingma and Ba 2015, section 3"
  static let betas = ListedParameter(
    name: "betas", standard: .absent, allowed: "different numbers in [0, 1)",
    meaning: "decay rates of the averages")
}

extension DatasetCatalogue.Entry {
  /// Width and height of images, or the number of columns.
  fileprivate var size: String {
    form.image.map { "\($0.width)x\($0.height)" } ?? "\(featureCount) columns"
  }
}

extension ListEntry {
  fileprivate init(_ data: DatasetCatalogue.Entry) {
    let size = data.size
    let classes = data.form.predictsValues ? "numbers" : "\(data.classCount)"
    name = data.name
    summary = "\(data.title): \(data.summary)"
    line = [
      data.name, data.title, "\(data.trainCount)", "\(data.testCount)", size, classes,
      data.licence,
    ]
    rows = [
      [
        .text(data.name), .text(data.title), .number(data.trainCount), .number(data.testCount),
        .text(size), data.form.predictsValues ? .absent : .number(data.classCount),
        .text(data.licence), .text(data.source),
      ]
    ]
    facts = [
      Fact("samples", "\(data.trainCount) for training, \(data.testCount) for testing"),
      Fact("size", data.form.image == nil ? size : "\(size) pixels"),
      Fact(data.form.predictsValues ? "to predict" : "classes", classes),
      Fact("license", data.licence), Fact("source", data.source),
      Fact(
        "installed by",
        data.isEmbedded
          ? "this package" : data.debianPackage ?? "you: name its folder with --data-dir"),
    ]
  }

  /// Data that the user has.
  fileprivate init(form: String, alias: String, title: String, source: String) {
    name = form
    aliases = [alias]
    summary = title
    line = [form, title, "", "", "", "", ""]
    rows = [
      [.text(form), .text(title), .absent, .absent, .absent, .absent, .absent, .text(source)]
    ]
    facts = [Fact("files", source), Fact("in a scenario", "dataset: \(form)")]
  }
}
