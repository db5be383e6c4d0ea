#if OpenBLAS
  import COpenBLAS
  import Foundation
#endif

/// How the library of products and factors runs.
package enum DenseLibrary {
  /// Makes every later product run on the thread that asks for it, with the kernels that suit this processor.
  ///
  /// Trials run side by side, one per core, so threads inside a product would only fight for the cores; and a
  /// product split over threads may round differently. Calling it again is free.
  package static func prepare() { once }

  #if OpenBLAS
    /// Prepared once, under the lock of a static, because the library's own setters have none.
    private static let once: Void = {
      selectKernels()
      openblas_set_num_threads(1)
    }()

    /// OpenBLAS knows processors by their numbers, and takes one that is newer than itself for a Pentium 4: products then
    /// take six to nine times as long as with the kernels for its instructions. These are the ones that OpenBLAS
    /// takes for those instructions where it knows a processor's maker alone.
    private static func selectKernels() {
      guard let name = openblas_get_corename(), String(cString: name) == "Prescott",
        getenv("OPENBLAS_CORETYPE") == nil, let better = suitedKernels(),
        // Only a library with kernels for several processors has these.
        let quit = function(named: "gotoblas_dynamic_quit"),
        let start = function(named: "gotoblas_dynamic_init")
      else { return }
      setenv("OPENBLAS_CORETYPE", better, 1)
      quit()
      start()
    }

    private static func suitedKernels() -> String? {
      let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = processors.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
      let flags = Set(line.split(separator: " "))
      let kernels: [(name: String, needed: Set<Substring>)] = [
        ("Cooperlake", ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_bf16"]),
        ("SkylakeX", ["avx512f", "avx512bw", "avx512dq", "avx512vl"]),
        ("Haswell", ["avx2", "fma"]),
      ]
      return kernels.first { $0.needed.isSubset(of: flags) }?.name
    }

    private static func function(named name: String) -> (@convention(c) () -> Void)? {
      dlsym(nil, name).map { unsafeBitCast($0, to: (@convention(c) () -> Void).self) }
    }
  #else
    private static let once: Void = ()
  #endif
}
