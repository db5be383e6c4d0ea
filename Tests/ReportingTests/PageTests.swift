import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// The page as text, and as a browser shows it.
@Suite struct PageTests {
  static func page(_ results: [ScenarioResult]) throws -> String {
    let folder = try TemporaryFolder()
    try Report(page: results).writePage(
      to: folder.file("report.html"), charts: nil,
      facts: [PageFact(name: "Machine", value: "a <b> & c")])
    #expect(folder.contents == ["report.html"])
    return try folder.text("report.html")
  }

  /// With the captions of pictures, which are stand-ins.
  static func page(_ results: [ScenarioResult], pictures: [String]) throws -> String {
    let folder = try TemporaryFolder()
    for name in pictures { try folder.write("picture", to: "charts/\(name).png") }
    try Report(page: results).writePage(
      to: folder.file("report.html"), charts: "charts", facts: [])
    return try folder.text("report.html")
  }

  /// One of each kind, with a title, labels and an about text that are markup.
  private static var hostile: [ScenarioResult] {
    let attack = "<script>alert(1)</script>"
    return Examples.all.map { result in
      var result = result
      result.scenario.title = attack
      result.scenario.problem = .legacy("</script>\(attack)\"'&")
      result.scenario.about = "<!--\(attack)\n\n\u{2028}]]>"
      guard let label = result.scenario.optimizers.first?.label else { return result }
      result.scenario.optimizers[0].label = attack
      for run in result.runs.indices where result.runs[run].optimizer == label {
        result.runs[run].optimizer = attack
      }
      return result
    }
  }

  // MARK: As text

  @Test func `nothing in the page is loaded from anywhere`() throws {
    let page = try Self.page(Examples.all)
    // The addresses that stand in it are links to click on, licences and namespaces.
    for pattern in ["src=\"http", "src='http", "@import", "url(http", "<link", "<iframe", "fetch("]
    {
      #expect(!page.contains(pattern), "\(pattern)")
    }
    #expect(page.contains("default-src 'none'"))
  }

  @Test func `text of others is text in the page`() throws {
    let page = try Self.page(Self.hostile)
    #expect(!page.contains("alert(1)</script>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("a &lt;b&gt; &amp; c"))
  }

  @Test func `a diverged run and a missing one are named among the failures`() throws {
    var result = Examples.networkResult()
    result.scenario.trials.append(.init(optimizer: "adam", seed: 3, key: "x"))
    let page = try Self.page([result])
    let begin = try #require(page.range(of: "id=\"failures\""))
    let end = try #require(page.range(of: "</section>", range: begin.upperBound..<page.endIndex))
    let failures = page[begin.upperBound..<end.lowerBound]
    #expect(failures.contains("adadelta") && failures.contains("at step 430"))
    #expect(failures.contains("not run yet"))
  }

  @Test func `commands are shown as a shell needs them`() throws {
    var result = Examples.saddleResult
    result.scenario.command = "bench run saddle --quick"
    result.scenario.optimizers[0].label = "sgd's own"
    for index in result.runs.indices where result.runs[index].optimizer == "sgd" {
      result.runs[index].optimizer = "sgd's own"
    }
    let page = try Self.page([result])
    #expect(page.contains("<pre>bench run saddle --quick</pre>"))
    #expect(page.contains("<code>bench run saddle --quick --optimizers adam</code>"))
    #expect(page.contains("--optimizers &#39;sgd&#39;\\&#39;&#39;s own&#39;"))
  }

  @Test func `a picture that fits is inside the page and one that does not is named`() throws {
    let folder = try TemporaryFolder()
    var result = Examples.saddleResult
    result.scenario.charts = ["small", "large"]
    result.scenario.charts += ["drawing", "paper"]
    try folder.write("picture", to: "charts/saddle/small.png")
    try folder.write("<svg/>", to: "charts/saddle/drawing.svg")
    try folder.write("%PDF", to: "charts/saddle/paper.pdf")
    try folder.write(String(repeating: "x", count: 3_000_000), to: "charts/saddle/large.png")
    try Report(page: [result]).writePage(
      to: folder.file("report.html"), charts: "charts", facts: [])
    let page = try folder.text("report.html")
    #expect(page.contains("data:image/png;base64,cGljdHVyZQ=="))
    #expect(page.contains("data:image/svg+xml;base64,PHN2Zy8+"))
    #expect(page.contains("href=\"charts/saddle/paper.pdf\""))
    #expect(page.contains("href=\"charts/saddle/large.png\"") && page.utf8.count < 1_500_000)
  }

  @Test func `a folder in the page's place is named and nothing is left behind`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("report.html"), withIntermediateDirectories: false)
    #expect(
      throws: ReportError.cannotWrite(path: folder.file("report.html"), reason: "Is a directory")
    ) {
      try Report(page: []).writePage(
        to: folder.file("report.html"), charts: nil, facts: [])
    }
    #expect(folder.contents == ["report.html"])
  }

  // MARK: In a browser

  @Test(
    .needsBrowser,
    arguments: [400, 900, 1600])
  func `the page fits its window, draws every chart and complains of nothing`(width: Int) throws {
    let page = try Self.page(Examples.all + EdgeCases.all)
    let browser = Browser(folder: try TemporaryFolder())
    let visit = try browser.visit(
      page,
      script: """
        const blank = [...document.querySelectorAll(".plot canvas")].filter((canvas) => {
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return !data.some((byte) => byte !== 0);
        });
        return [document.querySelectorAll(".plot canvas").length, blank.length,
          document.documentElement.scrollWidth <= innerWidth, innerWidth].join(" ");
        """, width: width)
    #expect(visit.complaints == [])
    // Per scenario with a surface a path chart and a curve chart, per network two curve charts, per series one.
    let charts = (Examples.all + EdgeCases.all).reduce(0) { count, result in
      count + (result.scenario.kind == .smoothing ? 1 : 2)
    }
    #expect(visit.answer == "\(charts) 0 true \(width)")
    let picture = try browser.photograph(page, width: width, height: 2000)
    #expect(PNGInspection.fault(in: picture, width: width, height: 2000) == nil)
  }

  @Test(.needsBrowser)
  func `a click on a column's head sorts its table, a second one turns it round`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try Self.page([Examples.networkResult()]),
      script: """
        const table = [...document.querySelectorAll("section.scenario table")]
          .find((one) => one.caption.textContent.includes("end of each run"));
        const column = [...table.tHead.rows[0].cells].findIndex((one) => one.textContent === "median (quartiles)");
        const read = () => [...table.tBodies[0].rows].map((row) => Number(row.cells[column].dataset.order));
        const head = table.tHead.rows[0].cells[column];
        head.firstChild.click();
        const up = read(); const first = head.getAttribute("aria-sort");
        head.firstChild.click();
        const down = read();
        const ordered = (list, sign) => list.every((value, at) => at === 0 || sign * (value - list[at - 1]) >= 0);
        return [up.length, ordered(up, 1), first, ordered(down, -1), head.getAttribute("aria-sort")].join(" ");
        """)
    #expect(visit.answer == "7 true ascending true descending" && visit.complaints == [])
  }

  @Test(.needsBrowser)
  func `a filter leaves the rows that hold its words and says how many`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try Self.page([Examples.networkResult()]),
      script: """
        const table = [...document.querySelectorAll("table")].find((one) => one.caption.textContent.startsWith("A run is"));
        const input = table.parentElement.querySelector("input");
        input.value = "diverged ADADELTA";
        input.dispatchEvent(new Event("input"));
        const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
        return shown.length + " " + shown[0].cells[2].textContent + "; " + table.parentElement.querySelector("[role=status]").textContent;
        """)
    #expect(visit.answer == "1 diverged at step 430; 1 of 21 rows" && visit.complaints == [])
  }

  @Test(.needsBrowser)
  func `a box takes its optimizer out of every chart of its scenario and puts it back`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try Self.page([Examples.saddleResult]),
      script: """
        const shown = () => [...document.querySelectorAll(".plot canvas")].map((canvas) => {
          const chart = Chart.getChart(canvas);
          return chart.data.datasets.filter((set, at) => set.label === "adam" && chart.isDatasetVisible(at)).length;
        }).join("");
        const box = [...document.querySelectorAll(".toggles input")].find((one) => one.value === "adam");
        const before = shown(); box.click(); const without = shown(); box.click();
        return [before, without, shown()].join(" ");
        """)
    #expect(visit.answer == "11 00 11" && visit.complaints == [])
  }

  @Test(.needsBrowser)
  func `the race shows of each path what was gone by its step`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try Self.page([Examples.saddleResult]),
      script: """
        const slider = document.querySelector(".race input");
        const chart = Chart.getChart(document.querySelector(".paths .plot canvas"));
        const latest = () => Math.max(...chart.data.datasets.flatMap((set) => set.data.map((point) => point.step)));
        slider.value = 500; slider.dispatchEvent(new Event("input"));
        // Half of the way along the slider is a quarter of the 200 steps.
        const middle = latest() <= 50 && latest() > 40;
        slider.value = 1000; slider.dispatchEvent(new Event("input"));
        return middle + " " + document.querySelector(".race output").textContent;
        """)
    #expect(visit.answer == "true step 200" && visit.complaints == [])
  }

  @Test(.needsBrowser)
  func `markup in titles and labels is shown as text and never run`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try Self.page(Self.hostile).replacing(
        "<body>", with: "<body><script>window.alert = () => { window.attacked = true; };</script>"),
      script: """
        return [window.attacked === true, document.querySelector("section.scenario h2").textContent,
          document.querySelector(".toggles label").textContent.trim()].join(" ");
        """)
    // Read out of the document's source, where the browser has escaped it.
    #expect(
      visit.answer
        == "false &lt;script&gt;alert(1)&lt;/script&gt; &lt;script&gt;alert(1)&lt;/script&gt;")
    #expect(visit.complaints == [])
  }

  @Test(.needsBrowser)
  func `on a dark ground lines are light`() throws {
    let script = """
      const chart = Chart.getChart(document.querySelector(".curves .plot canvas"));
      return chart.data.datasets.find((set) => set.label === "sgd").borderColor + " " + getComputedStyle(document.body).backgroundColor;
      """
    let page = try Self.page([Examples.saddleResult])
    let browser = Browser(folder: try TemporaryFolder())
    #expect(try browser.visit(page, script: script).answer == "#000000 rgb(255, 255, 255)")
    #expect(try browser.visit(page, script: script, dark: true).answer == "#f2f2f2 rgb(20, 23, 26)")
  }
}
