import DelimitedText

/// Tables here quote as all of the package does.
typealias CSVText = DelimitedText.CSVText
