/**
 * What llama.cpp takes for granted of a model file, checked before it sees the file: it ends the
 * process where an assertion fails. Works on the header of a GGUF file, and gives back nothing or
 * an exception of one line. Knows nothing of the library itself; what no list of rules can foresee
 * is for {@code dev.splitreason.engine.llamacpp.trial}.
 */
@NullMarked
package dev.splitreason.engine.llamacpp.check;

import org.jspecify.annotations.NullMarked;
