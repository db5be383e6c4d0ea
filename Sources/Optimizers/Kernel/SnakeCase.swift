extension String {
  /// `meanSquare` as `mean_square`: how names are written in files.
  var snakeCased: String {
    reduce(into: "") { result, character in
      if character.isUppercase {
        result += "_" + character.lowercased()
      } else {
        result.append(character)
      }
    }
  }
}
