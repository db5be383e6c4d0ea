import ArgumentParser
import Certification
import Datasets
import Foundation
import Gate
import Records
import Reporting
import Running
import Scenarios

/// Exit statuses, named after sysexits.h; scripts and CI rely on them.
enum ExitStatus: Int32 {
  case failed = 1
  case usage = 64
  case badInput = 65
  case noInput = 66
  case unavailable = 69
  case cannotWrite = 74
  case interrupted = 130

  var code: ExitCode { ExitCode(rawValue) }
}

/// A message for the user and the exit status of the process.
struct Failure: Error {
  var status: ExitStatus
  var message: String
}

extension Failure {
  /// The message and exit status of an error of any module.
  init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as ScenarioError:
      self.init(status: error.isMissing ? .noInput : .badInput, message: error.description)
    case let error as DatasetError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as StoreError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as ReportError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as CertificationError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as BaselineError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as TuningError:
      self.init(status: error.exitStatus, message: error.description)
    case let error as EngineError:
      self.init(status: .badInput, message: error.description)
    default:
      self.init(status: .cannotWrite, message: "\(error)")
    }
  }

  /// Runs `body`. Writes an error to standard error and ends with its status.
  static func reported(_ body: () async throws -> Void) async throws {
    do {
      try await body()
      try StandardOutput.check()
    } catch let error as ExitCode {
      throw error
    } catch {
      let failure = Failure(error)
      StandardError.write(failure.message)
      throw failure.status.code
    }
  }
}

extension ScenarioError {
  fileprivate var isMissing: Bool {
    if case .notFound = self { true } else { false }
  }
}

extension DatasetError {
  /// A missing folder that the user named is a missing input; a data set that is not installed is unavailable.
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .notInstalled: .unavailable
    case _ where isMissing: .noInput
    default: .badInput
    }
  }
}

extension TuningError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .nothingToSearch, .unsuitable: .badInput
    case .untuned: .noInput
    }
  }
}

extension CertificationError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .missing: .noInput
    case .malformed: .badInput
    }
  }
}

extension BaselineError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .missing, .unreadable: .noInput
    case .malformed: .badInput
    case .cannotWrite: .cannotWrite
    }
  }
}

extension StoreError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .noResults: .noInput
    case .newer, .damaged: .badInput
    case .cannotOpen, .cannotWrite: .cannotWrite
    }
  }
}

extension ReportError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .gnuplotUnavailable, .gnuplotFailed, .cannotRead: .unavailable
    case .several(let errors):
      (errors.first { !$0.isForWantOfResults } ?? errors.first)?.exitStatus ?? .cannotWrite
    case .cannotDraw: .badInput
    case .cannotWrite: .cannotWrite
    }
  }
}
