import COpenBLAS
import LinearAlgebra

/// The BLAS library that the layers call.
package enum OpenBLAS {
  /// Makes every later product run on the thread that asks for it.
  ///
  /// Trials run side by side, one per core, so threads inside a product would only fight for the cores; and a
  /// product split over threads may round differently. Every `NetworkProblem` calls this; calling it again is free.
  package static func useOneThread() { DenseLibrary.prepare() }

  /// Bytes of address space that the library maps for each thread in a product. Without them it tries again for ever.
  package static let bytesPerThread = 128 << 20

  /// The kernels that products use on this processor, such as `Haswell` or `SkylakeX`.
  package static var coreName: String {
    DenseLibrary.prepare()
    return openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  }

  /// Name and version, such as `OpenBLAS 0.3.21`.
  package static var version: String {
    let words = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
    return words.split(separator: " ").prefix(2).joined(separator: " ")
  }
}
