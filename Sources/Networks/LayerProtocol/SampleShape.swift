package import Datasets

/// The shape of one sample between two layers: a vector, or an image of channels×height×width, row-major.
package struct SampleShape: Hashable, Sendable, CustomStringConvertible {
  package var channels: Int
  package var height: Int
  package var width: Int
  /// False for a vector, whose numbers are its channels.
  package var isImage: Bool

  /// Numbers per sample.
  package var count: Int { channels * height * width }
  /// Pixels of one channel.
  package var plane: Int { height * width }

  private init(channels: Int, height: Int, width: Int, isImage: Bool) {
    self.channels = channels
    self.height = height
    self.width = width
    self.isImage = isImage
  }

  package static func vector(_ count: Int) -> SampleShape {
    SampleShape(channels: count, height: 1, width: 1, isImage: false)
  }

  package static func image(channels: Int, height: Int, width: Int) -> SampleShape {
    SampleShape(channels: channels, height: height, width: width, isImage: true)
  }

  /// The shape that samples of a data set have: one square image where their length is a square, else a vector.
  package static func data(featureCount: Int) -> SampleShape {
    let side = Int(Double(featureCount).squareRoot().rounded())
    return side * side == featureCount && side > 1
      ? image(channels: 1, height: side, width: side) : vector(featureCount)
  }

  /// The shape that data have: that of their images where the files say it.
  package init(_ form: DataForm) {
    guard let image = form.image, image.count == form.featureCount else {
      self = .data(featureCount: form.featureCount)
      return
    }
    self = .image(channels: image.channels, height: image.height, width: image.width)
  }

  package var description: String { isImage ? "\(channels)×\(height)×\(width)" : "\(count)" }
}
