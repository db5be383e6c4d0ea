import Networks
import Parameters
import Testing

@Suite struct LayerDeclarationTests {
  @Test func `layers and initializations are declared without faults`() {
    #expect(
      DefinitionCheck.faults(in: LayerCatalogue.all.map { $0 as any CatalogueEntry.Type }) == [])
    #expect(
      DefinitionCheck.faults(in: Initialization.catalogue.map { $0 as any CatalogueEntry.Type })
        == [])
  }

  /// Texts of layers are part of the keys of stored trials.
  @Test(arguments: [
    ("dense 10", "dense 10"), ("dense 10 no_bias bias 1", "dense 10 no_bias bias 1.0"),
    ("dense 10 bias 1 init truncated_normal 0.05", "dense 10 init truncated_normal 0.05 bias 1.0"),
    ("conv 8 5", "conv 8 5x5"), ("conv 8 5 stride 1", "conv 8 5x5"),
    ("conv 8 5 stride 5", "conv 8 5x5 stride 5"), ("conv 8 5 padding 0", "conv 8 5x5"),
    ("conv 8 5x3 no_bias stride 2 same", "conv 8 5x3 same stride 2 no_bias"),
    ("conv_transpose 8 4 padding 1 stride 2", "conv_transpose 8 4x4 padding 1 stride 2"),
    ("max_pool 2", "max_pool 2x2"), ("max_pool 2 stride 2", "max_pool 2x2"),
    ("max_pool 2 stride 1", "max_pool 2x2 stride 1"), ("max_pool 1 stride 1", "max_pool 1x1"),
    ("average_pool 3x2 same", "average_pool 3x2 same"), ("leaky_relu", "leaky_relu 0.01"),
    ("leaky_relu 0", "leaky_relu 0.0"), ("batch_norm", "batch_norm momentum 0.1 epsilon 1e-05"),
    ("batch_norm epsilon 1", "batch_norm momentum 0.1 epsilon 1.0"),
    ("layer_norm", "layer_norm epsilon 1e-05"), ("dropout 0", "dropout 0.0"),
    ("reshape 1x7x7", "reshape 1x7x7"), ("maxout 2", "maxout 2"), ("gelu", "gelu"),
    ("dense 3 init he_normal", "dense 3 init he"),
    ("dense 3 init constant 2", "dense 3 init constant 2.0"),
  ])
  func `a layer is written in one way`(text: String, written: String) throws {
    #expect(try LayerSpecification(parsing: text).description == written)
  }

  @Test(arguments: [
    (
      "dense 0",
      "'dense UNITS [no_bias]'; 'units' must be a whole number from 1 to 1048576, not '0'"
    ),
    (
      "conv 8 3x",
      "'size' must be a window such as 3x3, each side from 1 to 1024, not '3x'"
    ),
    ("max_pool 3 padding 2", "'padding' must be at most half of the window"),
    ("dropout 1", "'probability' must be a number in [0, 1), not '1'"),
    ("conv 8", "'conv FILTERS SIZE [same | padding N] [stride N] [no_bias]'"),
  ])
  func `a mistake in a layer names the setting and what is allowed`(text: String, words: String) {
    let error = #expect(throws: NetworkError.self) { try LayerSpecification(parsing: text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
