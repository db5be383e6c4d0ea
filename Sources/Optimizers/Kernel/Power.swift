import Foundation

/// base^exponent, once per step and never per coordinate.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
