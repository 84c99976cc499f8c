package dev.splitreason.pairs.hub;

import dev.splitreason.core.error.UserMistake;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model on the hub, as users write it: {@code hf:OWNER/NAME[@REVISION][:CHOICE]}.
 *
 * @param repository {@code OWNER/NAME}
 * @param revision a branch, a tag or a commit
 * @param choice a file of the repository or a quantisation such as {@code Q4_K_M}; null where it
 *     does not say
 */
public record HubName(String repository, String revision, @Nullable String choice) {

  /** What names on the hub begin with. */
  public static final String PREFIX = "hf:";

  /** The revision of a name that says none. */
  public static final String MAIN = "main";

  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]*";
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "(" + PART + "/" + PART + ")(?:@([A-Za-z0-9._/-]+))?(?::([^:]+))?");

  /** Whether a text is meant as such a name. */
  public static boolean isMeant(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Reads a name.
   *
   * @throws UserMistake if it is none
   */
  public static HubName parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || leavesItsFolder(text)) {
      throw new UserMistake(
          "'" + text + "' is no name on the hub",
          "write hf:OWNER/NAME, with :FILE or :QUANTISATION after it where there are several");
    }
    String revision = matcher.group(2);
    return new HubName(matcher.group(1), revision == null ? MAIN : revision, matcher.group(3));
  }

  /** Names become paths in the cache. */
  private static boolean leavesItsFolder(String text) {
    return text.contains("..") || text.contains(":/") || text.contains("@/");
  }

  @Override
  public String toString() {
    return PREFIX
        + repository
        + (revision.equals(MAIN) ? "" : "@" + revision)
        + (choice == null ? "" : ":" + choice);
  }
}
