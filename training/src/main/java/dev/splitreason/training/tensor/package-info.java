/**
 * The edge between Java and libtorch: tensors' lifetimes and their memory. It works on tensors and
 * gives back tensors and bytes; it knows no model.
 */
@NullMarked
package dev.splitreason.training.tensor;

import org.jspecify.annotations.NullMarked;
