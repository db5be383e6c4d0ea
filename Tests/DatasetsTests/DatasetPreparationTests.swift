import Datasets
import Testing

@Suite struct DatasetsPreparationTests {
  /// Rows of two features; the second is the same in all training rows.
  private func table(_ first: [Float], constant: Float, test: [Float] = [9, 8]) -> Dataset {
    Dataset(
      name: "t", title: "t", classCount: 2,
      train: Samples(
        featureCount: 2, features: first.flatMap { [$0, constant] },
        labels: first.indices.map { Int32($0 % 2) }),
      test: Samples(featureCount: 2, features: test, labels: [0]))
  }

  private func preparation(_ change: (inout DataPreparation) -> Void) -> DataPreparation {
    var preparation = DataPreparation()
    change(&preparation)
    return preparation
  }

  /// 1, 2, 3, 6 have mean 3 and mean square deviation (4 + 1 + 0 + 9)/4 = 3.5.
  @Test func `standard takes mean and deviation of the training samples, for all samples`() throws {
    let data = try table([1, 2, 3, 6], constant: 5).prepared(
      preparation { $0.normalization = .standard })
    let deviation = 3.5.squareRoot()
    let expected = [1, 2, 3, 6].map { Float(($0 - 3) / deviation) }
    #expect((0..<4).map { data.train.features[2 * $0] } == expected)
    #expect(data.test.features[0] == Float(6 / deviation))
    // The constant becomes 0, and what differs from it elsewhere keeps its distance.
    #expect((0..<4).allSatisfy { data.train.features[2 * $0 + 1] == 0 })
    #expect(data.test.features[1] == 3)
  }

  /// A mean of many equal numbers that no sum of theirs hits exactly.
  @Test func `a constant pixel becomes exactly 0`() throws {
    let data = try table([Float](repeating: 1, count: 1000) + [2], constant: 0.1).prepared(
      preparation { $0.normalization = .standard })
    #expect((0..<1001).allSatisfy { data.train.features[2 * $0 + 1] == 0 })
  }

  @Test func `unit scales columns of a table to 0 and 1 by the training samples`() throws {
    let data = try table([2, 4, 6], constant: 7).prepared(DataPreparation())
    #expect(data.train.features == [0, 0, 0.5, 0, 1, 0])
    #expect(data.test.features == [1.75, 1])
  }

  @Test func `pixels are in 0 to 1, and as stored with none`() throws {
    let digits = try DatasetCatalogue.load("digits", directory: nil)
    #expect(try digits.prepared(DataPreparation()) === digits)
    let stored = try digits.prepared(preparation { $0.normalization = .none })
    #expect(stored.train.features.allSatisfy { $0 == $0.rounded() && (0...16).contains($0) })
    #expect(stored.train.features.contains(16))
    #expect(zip(stored.test.features, digits.test.features).allSatisfy { $0 / 16 == $1 })
    let standard = try digits.prepared(preparation { $0.normalization = .standard })
    for pixel in [10, 20, 33] {
      let values = (0..<standard.train.count).map {
        Double(standard.train.features[64 * $0 + pixel])
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      // Rounding to Float: 2⁻²⁴ of values below 10.
      #expect(abs(mean) < 1e-6 && abs(square - 1) < 1e-5)
    }
    // The first pixel of each image is empty.
    #expect((0..<standard.train.count).allSatisfy { standard.train.features[64 * $0].isFinite })
  }

  /// Rows that carry their own number, so that each can be found again.
  private func numbered(_ count: Int) -> Dataset { table((0..<count).map(Float.init), constant: 0) }

  private func rows(_ samples: Samples?) -> [Int] {
    (0..<(samples?.count ?? 0)).map { Int(samples?.features[2 * $0] ?? -1) }
  }

  @Test(arguments: [SampleCount.share(0.25), .count(10)])
  func `validation samples are taken from the training samples, once`(amount: SampleCount) throws {
    let data = numbered(40)
    let none = preparation {
      $0.normalization = .none
      $0.validation = amount
    }
    let split = try data.prepared(none)
    let (train, held) = (rows(split.train), rows(split.validation))
    #expect(held.count == 10 && Set(train).isDisjoint(with: held))
    #expect((train + held).sorted() == Array(0..<40))
    #expect(held != Array(0..<10) && held != Array(30..<40))
    #expect(zip(train, split.train.labels).allSatisfy { $0 % 2 == Int($1) })
    #expect(rows(try data.prepared(none).validation) == held)
    var other = none
    other.splitSeed = 1
    #expect(rows(try data.prepared(other).validation) != held)
  }

  @Test func `statistics leave validation samples out`() throws {
    let split = try numbered(40).prepared(
      preparation {
        $0.normalization = .standard
        $0.validation = .count(39)
      })
    // One sample is left: it is its own mean, and without deviation.
    #expect(split.train.features == [0, 0])
    #expect(Set(split.validation?.features ?? []).count == 40)
  }

  @Test func `fewer training samples are among those of more`() throws {
    func used(_ count: Int) throws -> [Int] {
      rows(
        try numbered(40).prepared(
          preparation {
            $0.normalization = .none
            $0.trainSamples = count
            $0.validation = .count(4)
          }
        ).train)
    }
    let (few, many) = (try used(5), try used(20))
    #expect(few.count == 5 && many.count == 20 && Set(few).isSubset(of: many))
  }

  @Test func `parts that cannot be are refused`() {
    for (change, words) in [
      ({ $0.validation = .share(0.01) }, "takes 0 of 10"),
      ({ $0.validation = .count(10) }, "takes 10 of 10"),
      ({ $0.trainSamples = 11 }, "10 samples are left"),
      (
        {
          $0.trainSamples = 6
          $0.validation = .count(5)
        }, "5 samples are left"
      ),
    ] as [((inout DataPreparation) -> Void, String)] {
      let error = #expect(throws: DatasetError.self) {
        try numbered(10).prepared(preparation(change))
      }
      #expect(error?.description.contains(words) == true && error?.isMissing == false)
    }
  }
}
