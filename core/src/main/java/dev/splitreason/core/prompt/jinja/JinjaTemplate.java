package dev.splitreason.core.prompt.jinja;

import java.util.Map;

/**
 * A template, read once and rendered as often as wanted. Blocks are trimmed as transformers has it
 * ({@code trim_blocks}, {@code lstrip_blocks}). Thread-safe.
 */
public final class JinjaTemplate {

  private final Statement body;

  private JinjaTemplate(Statement body) {
    this.body = body;
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException if it is not written in the part of Jinja that is known here
   */
  public static JinjaTemplate parse(String source) {
    try {
      return new JinjaTemplate(new Parser(Lexer.tokens(source)).template());
    } catch (StackOverflowError e) {
      throw new JinjaException("the template is nested too deeply");
    } catch (NumberFormatException e) {
      throw new JinjaException("the template has a number that is none: " + e.getMessage());
    }
  }

  /**
   * Renders it.
   *
   * @param values by name: texts, numbers, booleans, lists and maps of them, {@link Nothing#NONE}
   * @throws JinjaException if the template refuses them, or does what cannot be done
   */
  public String render(Map<String, ?> values) {
    var out = new StringBuilder();
    try {
      body.run(Scope.of(values), out);
    } catch (ArithmeticException | ClassCastException | IndexOutOfBoundsException e) {
      throw new JinjaException("the template computes what cannot be: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new JinjaException("the template calls itself for ever");
    }
    return out.toString();
  }
}
