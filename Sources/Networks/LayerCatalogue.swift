/// Every kind of layer that a scenario may name.
package enum LayerCatalogue {
  package static let all: [any Layer.Type] = [
    Dense.self, Convolution.self, TransposedConvolution.self, MaxPooling.self, AveragePooling.self,
    BatchNormalization.self, LayerNormalization.self, Dropout.self, Flatten.self, Reshape.self,
    GaussianLatent.self,
    ReLU.self, LeakyReLU.self, Sigmoid.self, Tanh.self, Softplus.self, GELU.self, Maxout.self,
    Identity.self,
  ]
}
