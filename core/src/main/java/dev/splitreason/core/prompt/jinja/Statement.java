package dev.splitreason.core.prompt.jinja;

import java.util.List;

/** Something that a template does. */
@FunctionalInterface
interface Statement {

  void run(Scope scope, StringBuilder out);

  /** One after another. */
  static Statement all(List<Statement> statements) {
    List<Statement> each = List.copyOf(statements);
    return (scope, out) -> {
      for (Statement statement : each) {
        scope.step();
        statement.run(scope, out);
      }
    };
  }

  /** Leaves a loop, or goes on with its next round. */
  final class Jump extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final boolean leaves;

    Jump(boolean leaves) {
      super("a jump outside of a loop", null, false, false);
      this.leaves = leaves;
    }
  }
}
