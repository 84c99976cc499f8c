/**
 * GGUF, the file format of model weights (versions 2 and 3, little-endian; specified in ggml's
 * {@code docs/gguf.md}).
 *
 * <p>Works on files; gives back their metadata and tensors ({@link GgufFile}), and writes new ones
 * row by row ({@link GgufWriter}). It deliberately knows nothing about what a tensor is for, and
 * never trusts a number in a header.
 */
@NullMarked
package dev.splitreason.core.gguf;

import org.jspecify.annotations.NullMarked;
