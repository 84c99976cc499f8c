package dev.splitreason.core.error;

import org.jspecify.annotations.Nullable;

/**
 * What was asked cannot be meant: an option, a setting or a field has a value that it never can
 * have. Whoever asked has to ask otherwise; trying again is no use. The message is one line, {@code
 * place: problem: remedy}, as far as these are known.
 *
 * <p>A value that only the program itself can have chosen is not the user's mistake: that stays a
 * plain {@link IllegalArgumentException}. What could be meant and still did not work is a {@link
 * Failure}.
 */
public final class UserMistake extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final transient @Nullable Place where;
  private final @Nullable String remedy;

  /**
   * A mistake whose place nobody has told yet.
   *
   * @param problem a sentence that names the value: "the temperature must be at least 0, not -1"
   */
  public UserMistake(String problem) {
    this(problem, problem, null, null, null);
  }

  /**
   * A mistake, and what to do about it.
   *
   * @param problem a sentence: "the annotator replay lacks its snippets"
   * @param remedy what to do: "name them with --snippets"
   */
  public UserMistake(String problem, String remedy) {
    this(problem + ": " + remedy, problem, null, remedy, null);
  }

  /**
   * A mistake that another exception shows.
   *
   * @param cause kept for whoever wants the stack trace
   */
  public UserMistake(String problem, Throwable cause) {
    this(problem, problem, null, null, cause);
  }

  /**
   * A mistake that another exception shows, and what to do about it.
   *
   * @param problem a sentence
   * @param remedy what to do
   * @param cause kept for whoever wants the stack trace
   */
  public UserMistake(String problem, String remedy, Throwable cause) {
    this(problem + ": " + remedy, problem, null, remedy, cause);
  }

  private UserMistake(
      String message,
      String problem,
      @Nullable Place where,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.where = where;
    this.remedy = remedy;
  }

  /**
   * A mistake about a place itself, which is the subject of the sentence: "--threads must be at
   * least 1, not 0".
   *
   * @param predicate the rest of the sentence: "must be at least 1, not 0"
   */
  public static UserMistake of(Place subject, String predicate) {
    String problem = subject + " " + predicate;
    return new UserMistake(problem, problem, subject, null, null);
  }

  /** A mistake about an option, by its name with dashes. */
  public static UserMistake ofOption(String option, String predicate) {
    return of(new Place.Option(option), predicate);
  }

  /** The same mistake, with its place told, or with the place around the one that is known. */
  public UserMistake at(Place place) {
    var told =
        new UserMistake(
            place + ": " + getMessage(),
            problem,
            where == null ? place : new Place.Within(place, where),
            remedy,
            getCause());
    told.setStackTrace(getStackTrace());
    return told;
  }

  /** What is wrong, as a sentence. */
  public String problem() {
    return problem;
  }

  /** Where it is, or null if nobody has told. */
  public @Nullable Place where() {
    return where;
  }

  /** What to do, or null if the problem says it already. */
  public @Nullable String remedy() {
    return remedy;
  }

  /** The one line that people read; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
