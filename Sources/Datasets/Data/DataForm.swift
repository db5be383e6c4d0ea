/// What data give a network and ask of it.
package struct DataForm: Hashable, Sendable {
  /// Numbers per sample.
  package var featureCount: Int
  /// The size of images where the files say it; `nil` for what follows from `featureCount`.
  package var image: ImageSize?
  /// 1 where numbers are predicted.
  package var classCount: Int
  package var predictsValues: Bool

  package init(
    featureCount: Int, image: ImageSize? = nil, classCount: Int, predictsValues: Bool = false
  ) {
    self.featureCount = featureCount
    self.image = image
    self.classCount = classCount
    self.predictsValues = predictsValues
  }
}

/// The size of samples that are images.
package struct ImageSize: Hashable, Sendable {
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(channels: Int = 1, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  package var count: Int { channels * height * width }
}

extension Dataset {
  package var form: DataForm {
    DataForm(
      featureCount: featureCount, image: image, classCount: classCount,
      predictsValues: predictsValues)
  }
}
