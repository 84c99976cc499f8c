package dev.splitreason.engine.llamacpp;

import static dev.splitreason.engine.llamacpp.NativeFunctions.call;
import static dev.splitreason.engine.llamacpp.NativeFunctions.failed;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of llama.cpp's C API (llama.h v0.5.0) that work on a vocabulary, as {@link
 * LlamaApi} has those that work on models and contexts.
 */
final class VocabularyApi {

  private final MethodHandle vocabType;
  private final MethodHandle vocabNTokens;
  private final MethodHandle vocabGetAttr;
  private final MethodHandle vocabIsEog;
  private final MethodHandle vocabBos;
  private final MethodHandle vocabEos;
  private final MethodHandle vocabNl;
  private final MethodHandle vocabGetAddBos;
  private final MethodHandle tokenize;
  private final MethodHandle tokenToPiece;

  /**
   * Binds the functions.
   *
   * @throws IllegalStateException if the library lacks one
   */
  VocabularyApi(NativeFunctions library) {
    vocabType = library.bind("llama_vocab_type", JAVA_INT, ADDRESS);
    vocabNTokens = library.bind("llama_vocab_n_tokens", JAVA_INT, ADDRESS);
    vocabGetAttr = library.bind("llama_vocab_get_attr", JAVA_INT, ADDRESS, JAVA_INT);
    vocabIsEog = library.bind("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    vocabBos = library.bind("llama_vocab_bos", JAVA_INT, ADDRESS);
    vocabEos = library.bind("llama_vocab_eos", JAVA_INT, ADDRESS);
    vocabNl = library.bind("llama_vocab_nl", JAVA_INT, ADDRESS);
    vocabGetAddBos = library.bind("llama_vocab_get_add_bos", JAVA_BOOLEAN, ADDRESS);
    tokenize =
        library.bind(
            "llama_tokenize",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_BOOLEAN,
            JAVA_BOOLEAN);
    tokenToPiece =
        library.bind(
            "llama_token_to_piece",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_BOOLEAN);
  }

  /** The number of the kind in {@code enum llama_vocab_type}; 1 is SentencePiece. */
  int vocabType(MemorySegment vocab) {
    return (int) call(vocabType, vocab);
  }

  int vocabNTokens(MemorySegment vocab) {
    return (int) call(vocabNTokens, vocab);
  }

  /** Bits of {@code enum llama_token_attr}. */
  int vocabGetAttr(MemorySegment vocab, int token) {
    try {
      return (int) vocabGetAttr.invokeExact(vocab, token);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  boolean vocabIsEog(MemorySegment vocab, int token) {
    try {
      return (boolean) vocabIsEog.invokeExact(vocab, token);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** The begin-of-sequence token, or -1. */
  int vocabBos(MemorySegment vocab) {
    return (int) call(vocabBos, vocab);
  }

  /** The token that ends a text, or -1. */
  int vocabEos(MemorySegment vocab) {
    return (int) call(vocabEos, vocab);
  }

  /** The newline token, or -1. */
  int vocabNl(MemorySegment vocab) {
    return (int) call(vocabNl, vocab);
  }

  boolean vocabGetAddBos(MemorySegment vocab) {
    return (boolean) call(vocabGetAddBos, vocab);
  }

  /** The number of tokens, or minus the number there would be if {@code max} is too small. */
  int tokenize(
      MemorySegment vocab,
      MemorySegment text,
      int bytes,
      MemorySegment tokens,
      int max,
      boolean parseSpecial) {
    try {
      return (int) tokenize.invokeExact(vocab, text, bytes, tokens, max, false, parseSpecial);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** The number of bytes written, or minus the number needed. */
  int tokenToPiece(MemorySegment vocab, int token, MemorySegment buffer, int length) {
    try {
      return (int) tokenToPiece.invokeExact(vocab, token, buffer, length, 0, true);
    } catch (Throwable t) {
      throw failed(t);
    }
  }
}
