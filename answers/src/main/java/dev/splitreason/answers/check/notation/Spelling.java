package dev.splitreason.answers.check.notation;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One spelling for the many ways LaTeX and plain text write the same thing.
 *
 * <p>What comes out has no math delimiters, no spacing or sizing commands, one name for each
 * symbol, and ASCII digits and signs. Linear in the text's length.
 */
public final class Spelling {

  /** Markdown's bold around the whole. */
  private static final Pattern EMPHASIS = Pattern.compile("^\\*\\*|\\*\\*\\.?$");

  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+|.)");
  private static final Pattern DOUBLED_COMMAND = Pattern.compile("\\\\\\\\(?=[a-zA-Z])");
  private static final Pattern GROUPED_DIGITS =
      Pattern.compile("(?<=\\d)\\s*(?:\\{\\s*,\\s*\\}|,\\s*\\\\!|\\\\,)\\s*(?=\\d{3}(?!\\d))");
  private static final Pattern DEGREE =
      Pattern.compile("\\^\\s*(?:\\{\\s*\\\\circ\\s*\\}|\\\\circ)");
  private static final Pattern PLUS_MINUS =
      Pattern.compile("\\bplus or minus\\b|\\+\\s?/\\s?-|\\+-(?=\\s?\\d)");

  /** "10 x 6": the letter between two numbers. */
  private static final Pattern TIMES = Pattern.compile("(?<=\\d)(?:\\s+[xX]\\s+|x)(?=\\d)");

  /** "$45k", "$1.2M": behind a dollar sign the letter is a scale. */
  private static final Pattern SCALED_MONEY =
      Pattern.compile("\\$\\s?(\\d[\\d,.]*)([kKMB])(?![a-zA-Z\\d])");

  /** 12'000, as the Swiss group. */
  private static final Pattern APOSTROPHES = Pattern.compile("(?<=\\d)['’](?=\\d{3}(?!\\d))");

  /** The raised or plain letters of an ordinal number: 12^{\\text{th}}, 12th. */
  private static final Pattern ORDINAL =
      Pattern.compile(
          "(?<=\\d)\\s*\\^\\s*(?:\\{\\s*)?(?:\\\\text\\s*\\{\\s*)?"
              + "(?:st|nd|rd|th)(?![a-z])\\s*\\}?\\s*\\}?");

  private static final Pattern PRIME =
      Pattern.compile("\\^\\s*(?:\\{\\s*((?:\\\\prime\\s*)+)\\}|(\\\\prime))");

  /** "≈ 8.24" and "= 5" are 8.24 and 5. */
  private static final Pattern LEADING_SIGN =
      Pattern.compile("^(?:\\\\approx|\\\\sim|\\\\therefore|=)\\s*");

  private static final Pattern INVISIBLE_DELIMITER = Pattern.compile("\\\\(?:left|right)\\s*\\.");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern FONT =
      Pattern.compile("\\{\\s*\\\\(?:bf|rm|it|sf|tt|cal)(?![a-zA-Z])");
  private static final Pattern TEXT = Pattern.compile("\\\\text(?![a-zA-Z])");
  private static final Pattern OPERATORS = Pattern.compile("[-+*/^=<>_|!\\\\]");
  private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final String TRAILING = ".,;:。";

  /** Commands that become something else; those that only place or style become a space. */
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("dfrac", "\\frac"),
          Map.entry("tfrac", "\\frac"),
          Map.entry("cfrac", "\\frac"),
          Map.entry("dbinom", "\\binom"),
          Map.entry("tbinom", "\\binom"),
          Map.entry("leq", "\\le"),
          Map.entry("leqslant", "\\le"),
          Map.entry("geq", "\\ge"),
          Map.entry("geqslant", "\\ge"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("neq", "\\ne"),
          Map.entry("cdot", "*"),
          Map.entry("times", "*"),
          Map.entry("ast", "*"),
          Map.entry("div", "/"),
          Map.entry("colon", ":"),
          Map.entry("lbrace", "\\{"),
          Map.entry("rbrace", "\\}"),
          Map.entry("lbrack", "["),
          Map.entry("rbrack", "]"),
          Map.entry("lparen", "("),
          Map.entry("rparen", ")"),
          Map.entry("vert", "|"),
          Map.entry("lvert", "|"),
          Map.entry("rvert", "|"),
          Map.entry("mid", "|"),
          Map.entry("dots", "\\ldots"),
          Map.entry("sim", "\\approx"),
          Map.entry("approxeq", "\\approx"),
          Map.entry("cdots", "\\ldots"),
          Map.entry("dotsc", "\\ldots"),
          Map.entry("varnothing", "\\emptyset"),
          Map.entry("bigcup", "\\cup"),
          Map.entry("bigcap", "\\cap"),
          Map.entry("smallsetminus", "\\setminus"),
          Map.entry("backslash", "\\setminus"),
          Map.entry("mathrm", "\\text"),
          Map.entry("textrm", "\\text"),
          Map.entry("textbf", "\\text"),
          Map.entry("textit", "\\text"),
          Map.entry("textnormal", "\\text"),
          Map.entry("textsf", "\\text"),
          Map.entry("mbox", "\\text"),
          Map.entry("hbox", "\\text"),
          Map.entry("operatorname", "\\text"),
          Map.entry("land", "\\text{and}"),
          Map.entry("wedge", "\\text{and}"),
          Map.entry("lor", "\\text{or}"),
          Map.entry("vee", "\\text{or}"),
          Map.entry("simeq", "\\approx"),
          Map.entry("doteq", "\\approx"),
          Map.entry("varphi", "\\phi"),
          Map.entry("varepsilon", "\\epsilon"),
          Map.entry("vartheta", "\\theta"),
          Map.entry("imath", "i"),
          Map.entry("degrees", "\\degree"),
          Map.entry("infin", "\\infty"),
          Map.entry("cent", " cents "),
          Map.entry("pounds", " "),
          Map.entry("euro", " "),
          Map.entry("left", ""),
          Map.entry("right", ""),
          Map.entry("middle", ""),
          Map.entry("big", ""),
          Map.entry("Big", ""),
          Map.entry("bigg", ""),
          Map.entry("Bigg", ""),
          Map.entry("bigl", ""),
          Map.entry("bigr", ""),
          Map.entry("Bigl", ""),
          Map.entry("Bigr", ""),
          Map.entry("biggl", ""),
          Map.entry("biggr", ""),
          Map.entry("displaystyle", " "),
          Map.entry("textstyle", " "),
          Map.entry("limits", " "),
          Map.entry("boxed", " "),
          Map.entry("fbox", " "),
          Map.entry("framebox", " "),
          Map.entry("mathbf", " "),
          Map.entry("boldsymbol", " "),
          Map.entry("bm", " "),
          Map.entry("mathit", " "),
          Map.entry("mathsf", " "),
          Map.entry("vec", " "),
          Map.entry("overrightarrow", " "),
          Map.entry("quad", " "),
          Map.entry("qquad", " "),
          Map.entry("hfill", " "),
          Map.entry(",", " "),
          Map.entry("!", ""),
          Map.entry(";", " "),
          Map.entry(":", " "),
          Map.entry(">", " "),
          Map.entry(" ", " "),
          Map.entry("$", " "),
          Map.entry("%", "%"),
          Map.entry("#", "#"),
          Map.entry("\"", " "),
          Map.entry("_", "_"),
          Map.entry("(", " "),
          Map.entry(")", " "),
          Map.entry("[", " "),
          Map.entry("]", " "),
          Map.entry("|", "|"));

  private static final Map<Character, String> CHARACTERS =
      Map.ofEntries(
          Map.entry('−', "-"),
          Map.entry('–', "-"),
          Map.entry('—', "-"),
          Map.entry('‐', "-"),
          Map.entry('×', "*"),
          Map.entry('·', "*"),
          Map.entry('∙', "*"),
          Map.entry('⋅', "*"),
          Map.entry('÷', "/"),
          Map.entry('⁄', "/"),
          Map.entry('π', "\\pi "),
          Map.entry('θ', "\\theta "),
          Map.entry('α', "\\alpha "),
          Map.entry('β', "\\beta "),
          Map.entry('λ', "\\lambda "),
          Map.entry('√', " sqrt "),
          Map.entry('∞', "\\infty "),
          Map.entry('≤', "\\le "),
          Map.entry('≥', "\\ge "),
          Map.entry('≠', "\\ne "),
          Map.entry('≈', "\\approx "),
          Map.entry('±', "\\pm "),
          Map.entry('∓', "\\mp "),
          Map.entry('∪', "\\cup "),
          Map.entry('∩', "\\cap "),
          Map.entry('∈', "\\in "),
          Map.entry('∖', "\\setminus "),
          Map.entry('∅', "\\emptyset "),
          Map.entry('ℝ', "\\mathbb{R}"),
          Map.entry('ℤ', "\\mathbb{Z}"),
          Map.entry('ℕ', "\\mathbb{N}"),
          Map.entry('ℚ', "\\mathbb{Q}"),
          Map.entry('ℂ', "\\mathbb{C}"),
          Map.entry('°', "\\degree "),
          Map.entry('º', "\\degree "),
          Map.entry('²', "^2 "),
          Map.entry('³', "^3 "),
          Map.entry('⁴', "^4 "),
          Map.entry('½', "\\frac{1}{2}"),
          Map.entry('¼', "\\frac{1}{4}"),
          Map.entry('¾', "\\frac{3}{4}"),
          Map.entry('⅓', "\\frac{1}{3}"),
          Map.entry('⅔', "\\frac{2}{3}"),
          Map.entry('…', "\\ldots "),
          Map.entry('⟨', "\\langle "),
          Map.entry('⟩', "\\rangle "),
          Map.entry('’', "'"),
          Map.entry('′', "'"),
          Map.entry('“', " "),
          Map.entry('”', " "),
          Map.entry('"', " "),
          Map.entry('，', ","),
          Map.entry('；', ";"),
          Map.entry('：', ":"),
          Map.entry('（', "("),
          Map.entry('）', ")"),
          Map.entry('＝', "="),
          Map.entry('％', "%"),
          Map.entry('．', "."),
          Map.entry('－', "-"),
          Map.entry('＋', "+"),
          Map.entry('、', ","),
          Map.entry('¢', " cents "),
          Map.entry('$', " "),
          Map.entry('€', " "),
          Map.entry('£', " "),
          Map.entry('¥', " "),
          Map.entry('`', " "),
          Map.entry('~', " "),
          Map.entry('\u00a0', " "),
          Map.entry('\u2009', " "),
          Map.entry('\u202f', " "),
          Map.entry('\u200b', ""));

  private Spelling() {}

  /** The answer in the one spelling {@link AnswerReader} reads. */
  public static String unify(String answer) {
    String text = unescape(EMPHASIS.matcher(answer.strip()).replaceAll(""));
    text =
        SCALED_MONEY
            .matcher(text)
            .replaceAll(money -> money.group(1) + " " + scale(money.group(2)));
    text = GROUPED_DIGITS.matcher(text).replaceAll("");
    text = PLUS_MINUS.matcher(text).replaceAll(" \\\\pm ");
    text = TIMES.matcher(text).replaceAll(" * ");
    text = APOSTROPHES.matcher(text).replaceAll("");
    text = PRIME.matcher(text).replaceAll(prime -> "'".repeat(primes(prime.group())));
    text = DEGREE.matcher(text).replaceAll("\\\\degree ");
    text = INVISIBLE_DELIMITER.matcher(text).replaceAll(" ");
    text = FONT.matcher(text).replaceAll("{");
    text = replaceCharacters(text).replace("**", "^");
    text = ORDINAL.matcher(replaceCommands(text)).replaceAll("");
    text = withoutTrailingMarks(SPACES.matcher(text).replaceAll(" ").strip());
    return LEADING_SIGN.matcher(text).replaceFirst("");
  }

  /** What a letter behind an amount of money stands for. */
  public static String scale(String letter) {
    return switch (letter) {
      case "k", "K" -> "thousand";
      case "M" -> "million";
      case "B" -> "billion";
      default -> throw new IllegalArgumentException(letter + " is no scale");
    };
  }

  private static int primes(String command) {
    return command.split("prime", -1).length - 1;
  }

  /** An answer that could not be read, without case; without marks too when it is a sentence. */
  public static String words(String unified) {
    String plain = TEXT.matcher(unified).replaceAll(" ");
    return OPERATORS.matcher(plain).find() ? key(plain).toLowerCase(Locale.ROOT) : fold(plain);
  }

  /** A name without case and marks; a single letter keeps its case: A is not a. */
  public static String fold(String text) {
    String folded = MARKS.matcher(text).replaceAll(" ").strip();
    return folded.length() == 1 ? folded : folded.toLowerCase(Locale.ROOT);
  }

  /** The answer without the spaces and braces that carry no meaning: equal keys, equal answers. */
  public static String key(String unified) {
    StringBuilder key = new StringBuilder(unified.length());
    for (int i = 0; i < unified.length(); i++) {
      char c = unified.charAt(i);
      if (c != ' ') {
        key.append(c);
        continue;
      }
      boolean separatesWords =
          i > 0
              && i + 1 < unified.length()
              && Character.isLetterOrDigit(unified.charAt(i - 1))
              && Character.isLetterOrDigit(unified.charAt(i + 1));
      if (separatesWords) {
        key.append(c);
      }
    }
    return key.toString();
  }

  /** Undoes a doubled escape: {@code \\frac} where a JSON string was escaped twice. */
  private static String unescape(String answer) {
    boolean doubledWhole = answer.contains("\\\\begin") && !answer.startsWith("\\begin");
    if (doubledWhole && answer.contains("\\\\\\\\")) {
      return answer.replace("\\\\", "\\");
    }
    return answer.contains("\\begin") ? answer : DOUBLED_COMMAND.matcher(answer).replaceAll("\\\\");
  }

  private static String replaceCharacters(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escaped = i > 0 && text.charAt(i - 1) == '\\';
      String replacement = escaped ? null : CHARACTERS.get(c);
      if (c > 127 && Character.isDigit(c)) {
        replacement = String.valueOf(Character.digit(c, 10));
      }
      if (replacement == null) {
        replaced.append(c);
      } else {
        replaced.append(replacement);
      }
    }
    return replaced.toString();
  }

  private static String replaceCommands(String text) {
    Matcher command = COMMAND.matcher(text);
    StringBuilder replaced = new StringBuilder(text.length());
    while (command.find()) {
      String replacement = COMMANDS.get(command.group(1));
      command.appendReplacement(
          replaced, Matcher.quoteReplacement(replacement == null ? command.group() : replacement));
    }
    command.appendTail(replaced);
    return replaced.toString();
  }

  private static String withoutTrailingMarks(String text) {
    int end = text.length();
    while (end > 0
        && (TRAILING.indexOf(text.charAt(end - 1)) >= 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    return text.substring(0, end);
  }
}
