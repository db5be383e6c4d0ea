import Foundation
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// Leaves a test out, and says so, where no browser is installed; where `CI` is set the test fails instead.
  static var needsBrowser: Self {
    .enabled(
      if: Browser.program != nil || Browser.isRequired,
      "needs a browser: scripts/setup --tests installs Debian's package chromium")
  }
}

/// Chromium without a window, as the reader of a page.
struct Browser {
  /// The first that is installed; scripts/setup installs Debian's.
  static let program: String? = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first(where: FileManager.default.isExecutableFile)

  /// Whether its absence is a failure, as it is in continuous integration.
  static let isRequired = !["", "0", "false"].contains(
    ProcessInfo.processInfo.environment["CI"] ?? "")

  /// What a page looked like after its scripts had run.
  struct Visit {
    /// The document as it then was.
    var document: String
    /// What the scripts complained of, and what the browser did.
    var complaints: [String]
  }

  let folder: TemporaryFolder

  /// Opens a page, with `script` run in it once `data-ready` stands on its root.
  ///
  /// The script's value is written into the document as the text of `#answer`.
  func visit(_ page: String, script: String, width: Int = 900, dark: Bool = false) throws -> Visit {
    let harness = """
      <script>
      addEventListener("load", () => {
        const wait = () => {
          if (document.documentElement.dataset.ready !== "true") { setTimeout(wait, 20); return; }
          let answer;
          try { answer = (() => { \(script) })(); } catch (error) { answer = "threw " + error; }
          const place = document.createElement("pre");
          place.id = "answer";
          place.textContent = String(answer);
          document.body.append(place);
          if (parent !== window) parent.postMessage(place.textContent, "*");
        };
        wait();
      });
      </script>
      """
    // The page's policy forbids what the harness does not need; the harness itself is inline like the page's scripts.
    try folder.write(page.replacing("</body>", with: harness + "</body>"), to: "visited.html")
    // No window is narrower than 500 pixels, but a frame within one is.
    let host = """
      <!DOCTYPE html><body><iframe src="visited.html" width="\(width)" height="1200" style="border: 0"></iframe>
      <script>
      addEventListener("message", (event) => {
        const place = document.createElement("pre");
        place.id = "answer";
        place.textContent = event.data;
        document.body.append(place);
      });
      </script>
      """
    try folder.write(host, to: "host.html")
    let run = try run(
      ["--dump-dom", "--window-size=\(width),1200"]
        + (dark ? ["--blink-settings=preferredColorScheme=0"] : []),
      page: width < 500 ? "host.html" : "visited.html")
    return Visit(document: run.output, complaints: run.complaints)
  }

  /// A picture of the top of the page; returns its path.
  func photograph(_ page: String, width: Int, height: Int) throws -> String {
    try folder.write(page, to: "photographed.html")
    let picture = folder.file("photograph-\(width).png")
    _ = try run(
      ["--hide-scrollbars", "--window-size=\(width),\(height)", "--screenshot=\(picture)"],
      page: "photographed.html")
    return picture
  }

  private func run(_ arguments: [String], page: String) throws -> (
    output: String, complaints: [String]
  ) {
    let process = Process()
    let program = try #require(
      Self.program, "no browser is installed: scripts/setup --tests installs chromium")
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-extensions", "--enable-logging=stderr",
        "--virtual-time-budget=30000", "--user-data-dir=\(folder.file("profile"))",
      ] + arguments + ["file://\(folder.file(page))"]
    let (output, errors) = (folder.file("output"), folder.file("errors"))
    for name in ["output", "errors"] { try folder.write("", to: name) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    let complaints = try String(contentsOfFile: errors, encoding: .utf8)
      .split(separator: "\n").map(String.init).filter { $0.contains("CONSOLE") }
    return (try String(contentsOfFile: output, encoding: .utf8), complaints)
  }
}

extension Browser.Visit {
  /// What the visit's script returned.
  var answer: String? {
    guard let begin = document.range(of: "<pre id=\"answer\">"),
      let end = document.range(of: "</pre>", range: begin.upperBound..<document.endIndex)
    else { return nil }
    return String(document[begin.upperBound..<end.lowerBound])
  }
}
