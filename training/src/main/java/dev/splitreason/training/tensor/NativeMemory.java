package dev.splitreason.training.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** Native objects that live until this is closed, whatever {@link PointerScope}s come and go. */
public final class NativeMemory implements AutoCloseable {

  static {
    Libtorch.load();
  }

  private final List<PointerScope> scopes = new ArrayList<>();

  /** Runs {@code body}; whatever it makes, outside of scopes of its own, is held. */
  public <T> T hold(Supplier<T> body) {
    try (PointerScope scope = new PointerScope()) {
      T result = body.get();
      scope.extend(); // past the close of this block
      scopes.add(scope);
      return result;
    }
  }

  /** Frees everything held. Idempotent. */
  @Override
  public void close() {
    scopes.forEach(PointerScope::close);
    scopes.clear();
  }
}
