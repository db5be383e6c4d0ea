#if OpenBLAS
  import COpenBLAS
#endif

/// The number of threads of a product.
package enum OneThread {
  /// Makes every later product run on the thread that asks for it.
  ///
  /// Trials run side by side, one per core, so threads inside a product would only fight for the cores; and a
  /// product split over threads may round differently. Calling it again is free.
  package static func use() { once }

  /// Set once, under the lock of a static, because the library's own setter has none.
  #if OpenBLAS
    private static let once: Void = openblas_set_num_threads(1)
  #else
    private static let once: Void = ()
  #endif
}
