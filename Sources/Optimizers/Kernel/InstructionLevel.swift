import CVectorMath

/// The instruction set that this build's kernels need.
package enum InstructionLevel {
  /// Names as `/proc/cpuinfo` has them (x86-64 psABI, levels 3 and 4); none on other architectures.
  package static var requiredFlags: [String] {
    let third = ["avx2", "fma", "bmi2"]
    switch bench_instruction_level() {
    case 4: return third + ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
    case 3: return third
    default: return []
    }
  }

  /// Bits of the vectors that loops are compiled to.
  package static var vectorBits: Int {
    switch bench_instruction_level() {
    case 4: 512
    case 3: 256
    default: 128
    }
  }
}
