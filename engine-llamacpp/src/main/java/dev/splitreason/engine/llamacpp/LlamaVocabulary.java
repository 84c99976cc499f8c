package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The vocabulary of a GGUF model, as llama.cpp reads it. */
final class LlamaVocabulary implements Tokenizer {

  // enum llama_vocab_type
  private static final int SENTENCE_PIECE = 1;

  // enum llama_token_attr
  private static final int UNKNOWN = 1;
  private static final int UNUSED = 1 << 1;
  private static final int CONTROL = 1 << 3;
  private static final int ADDED = 1 << 4;

  private static final int PIECE_BYTES = 256;

  private final VocabularyApi api;
  private final MemorySegment vocab;
  private final int size;
  private final int newline;
  private final boolean spaceBeforeText;
  private final AtomicReferenceArray<byte[]> pieces;
  private final byte[] ends;
  private volatile boolean closed;

  LlamaVocabulary(VocabularyApi api, MemorySegment vocab) {
    this.api = api;
    this.vocab = vocab;
    this.size = api.vocabNTokens(vocab);
    this.newline = api.vocabNl(vocab);
    this.spaceBeforeText = api.vocabType(vocab) == SENTENCE_PIECE && newline >= 0;
    this.pieces = new AtomicReferenceArray<>(size);
    this.ends = new byte[size];
    for (int id = 0; id < size; id++) {
      ends[id] = (byte) (api.vocabIsEog(vocab, id) ? 1 : 0);
    }
  }

  @Override
  public String textStart() {
    int begin = api.vocabBos(vocab);
    return api.vocabGetAddBos(vocab) && begin >= 0 ? token(begin).text() : "";
  }

  @Override
  public int[] tokenize(String text) {
    int[] ids = tokenizeAsWords(text);
    Set<String> added = addedTokens(ids);
    List<String> parts = added.isEmpty() ? List.of(text) : cutWithin(added, text);
    if (parts.size() == 1) {
      return ids;
    }
    // llama.cpp leaves control tokens alone that the vocabulary marks as such, but always takes
    // those it marks as added by a user, among them <think> and the tags of most models. Cut within
    // their spelling, they stay words.
    IntStream.Builder all = IntStream.builder();
    for (String part : parts) {
      for (int id : tokenize(part)) {
        all.add(id);
      }
    }
    return all.build().toArray();
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return tokenize(text, true);
  }

  /** Refuses what needs the model from now on: its memory is about to go. */
  void close() {
    closed = true;
  }

  private MemorySegment vocab() {
    if (closed) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "the model is closed");
    }
    return vocab;
  }

  private int[] tokenizeAsWords(String text) {
    if (!spaceBeforeText) {
      return tokenize(text, false);
    }
    // SentencePiece models get a space before every text; a newline takes it instead, and is
    // dropped with it.
    int[] ids = tokenize("\n" + text, false);
    int start = 0;
    while (start < ids.length && ids[start] != newline) {
      start++;
    }
    return start == ids.length
        ? tokenize(text, false)
        : Arrays.copyOfRange(ids, start + 1, ids.length);
  }

  /** Spellings among tokens that a user added. */
  private Set<String> addedTokens(int[] ids) {
    Set<String> spellings = new HashSet<>();
    for (int id : ids) {
      if ((api.vocabGetAttr(vocab(), id) & ADDED) != 0) {
        String spelling = token(id).text();
        if (isScaffold(spelling)) {
          spellings.add(spelling);
        }
      }
    }
    return spellings;
  }

  /** A text in pieces that join to it, cut after the first character of every spelling in it. */
  private static List<String> cutWithin(Set<String> spellings, String text) {
    Matcher matcher =
        Pattern.compile(spellings.stream().map(Pattern::quote).collect(Collectors.joining("|")))
            .matcher(text);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int at = 0; matcher.find(at); at = matcher.start() + 1) {
      int cut = text.offsetByCodePoints(matcher.start(), 1);
      pieces.add(text.substring(from, cut));
      from = cut;
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  private int[] tokenize(String text, boolean control) {
    List<String> pieces = FittingStack.pieces(text);
    if (pieces.size() == 1) {
      return FittingStack.call(text, () -> tokenizeHere(text, control));
    }
    IntStream.Builder all = IntStream.builder();
    for (String piece : pieces) {
      for (int id : FittingStack.call(piece, () -> tokenizeHere(piece, control))) {
        all.add(id);
      }
    }
    return all.build().toArray();
  }

  private int[] tokenizeHere(String text, boolean control) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, bytes);
      int capacity = bytes.length + 8;
      MemorySegment ids = arena.allocate(JAVA_INT, capacity);
      int count = api.tokenize(vocab(), input, bytes.length, ids, capacity, control);
      if (count < 0) {
        // Some vocabularies write more tokens than bytes; the library says how many.
        capacity = -count;
        ids = arena.allocate(JAVA_INT, capacity);
        count = api.tokenize(vocab(), input, bytes.length, ids, capacity, control);
      }
      return ids.asSlice(0, 4L * count).toArray(JAVA_INT);
    }
  }

  @Override
  public byte[] bytes(int id) {
    byte[] piece = pieces.get(id);
    if (piece == null) {
      piece = readPiece(id);
      pieces.set(id, piece);
    }
    return piece;
  }

  private byte[] readPiece(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(PIECE_BYTES);
      int length = api.tokenToPiece(vocab(), id, buffer, PIECE_BYTES);
      if (length < 0) {
        buffer = arena.allocate(-length);
        length = api.tokenToPiece(vocab(), id, buffer, -length);
      }
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  @Override
  public boolean endsText(int id) {
    return ends[id] != 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public TokenKind kind(int id) {
    int attributes = api.vocabGetAttr(vocab(), id);
    if ((attributes & (UNUSED | UNKNOWN)) != 0) {
      return TokenKind.UNUSED;
    }
    boolean added = (attributes & ADDED) != 0;
    boolean control = (attributes & CONTROL) != 0 || (added && isScaffold(token(id).text()));
    return control ? TokenKind.CONTROL : TokenKind.TEXT;
  }

  /** Runs of white space are words, even if a user added them. */
  private static boolean isScaffold(String added) {
    return added.length() > 1 && !added.isBlank();
  }
}
