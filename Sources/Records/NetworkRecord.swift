/// A network, its data and how it is trained.
package struct NetworkRecord: Codable, Sendable, Equatable {
  /// The data set's name in the catalogue, or that of its file or folder.
  package var dataset: String
  /// Where the data come from: `catalogue`, `idx` or `csv`.
  package var source: String
  /// Digest of the data before their preparation; `nil` where they were not read, as in lists.
  package var data: String?
  package var layers: [LayerRecord]
  /// Options of the network, of training and of data preparation by their keys in scenario files. Always `loss`,
  /// `initialization` and `batch_size`; others where they are not at their default.
  package var settings: [String: Setting]

  package init(
    dataset: String, source: String = "catalogue", data: String? = nil, layers: [LayerRecord],
    settings: [String: Setting]
  ) {
    self.dataset = dataset
    self.source = source
    self.data = data
    self.layers = layers
    self.settings = settings
  }

  /// See ``ProblemRecord/compared``. Data from a file are compared by content, wherever it is and whatever its name.
  var compared: [String: Setting] {
    var fields = settings
    fields["gradient_norms"] = nil
    fields["dataset"] = .text(source == "catalogue" || data == nil ? dataset : source)
    fields["data"] = data.map(Setting.text)
    fields["layers"] = .list(layers.map(\.setting))
    return fields
  }
}

/// A layer as scenarios write it, or a residual block of layers.
package indirect enum LayerRecord: Sendable, Hashable {
  /// Such as `dense 128`: every setting is in it.
  case layer(String)
  case residual([LayerRecord])

  /// A list for a block.
  var setting: Setting {
    switch self {
    case .layer(let text): .text(text)
    case .residual(let layers): .list(layers.map(\.setting))
    }
  }
}

extension LayerRecord: Codable {
  private enum Block: String, CodingKey {
    case residual
  }

  package init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .layer(text)
    } else {
      let block = try decoder.container(keyedBy: Block.self)
      self = .residual(try block.decode([LayerRecord].self, forKey: .residual))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .layer(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .residual(let layers):
      var block = encoder.container(keyedBy: Block.self)
      try block.encode(layers, forKey: .residual)
    }
  }
}

/// Data that were found under the name of a published data set and differ from it.
package struct ForeignData: Codable, Sendable, Equatable {
  package var name: String
  package var trainCount: Int
  package var testCount: Int

  package init(name: String, trainCount: Int, testCount: Int) {
    self.name = name
    self.trainCount = trainCount
    self.testCount = testCount
  }
}
