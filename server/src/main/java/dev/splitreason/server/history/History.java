package dev.splitreason.server.history;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.trace.AnswerJson;
import dev.splitreason.files.trace.RecordedAnswer;
import dev.splitreason.server.access.KeyFilter;
import dev.splitreason.server.answer.AnswerKeeper;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.limit.Caller;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The history as clients see it: {@code GET /api/traces}, {@code GET} and {@code DELETE
 * /api/traces/ID}. Where it is off, nothing is kept and nothing found.
 */
public final class History implements AnswerKeeper, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 500;

  private final @Nullable TraceHistory traces;

  private History(@Nullable TraceHistory traces) {
    this.traces = traces;
  }

  /**
   * A history.
   *
   * @param settings null for one that is off
   * @throws dev.splitreason.core.error.UserMistake if its file cannot be opened
   */
  public static History of(ServeSettings.@Nullable History settings) {
    return new History(
        settings == null ? null : TraceHistory.open(Path.of(settings.file()), settings.bytes()));
  }

  /** A page of the history. */
  private record TraceList(List<TraceSummary> traces, @Nullable String next) {}

  /** What was deleted, as OpenAI's routes tell it. */
  private record Deleted(String id, boolean deleted) {}

  /** Something that the database is asked. */
  @FunctionalInterface
  private interface Query<T> {
    T ask(TraceHistory traces) throws SQLException;
  }

  @Override
  public @Nullable String keep(Caller caller, Question question, Answered answered) {
    if (traces == null) {
      return null;
    }
    String id = UUID.randomUUID().toString();
    long created = Instant.now().getEpochSecond();
    Trace trace = answered.trace();
    Usage usage = trace.usage();
    var summary =
        new TraceSummary(
            id,
            created,
            question.model(),
            asked(question),
            trace.answer(),
            usage.offloadRatio(),
            trace.seconds(),
            usage.smallTokens(),
            usage.largeTokens(),
            trace.degraded());
    String document = Json.MAPPER.writeValueAsString(document(summary, question, trace));
    try {
      return traces.keep(caller.name(), question.pair().name(), summary, document) ? id : null;
    } catch (SQLException e) {
      // The answer is there all the same.
      LOG.warn("an answer could not be kept: {}", e.getMessage());
      return null;
    }
  }

  /** A recorded answer, and beyond its fields what a conversation needs to go on. */
  private static ObjectNode document(TraceSummary summary, Question question, Trace trace) {
    RecordedAnswer recorded =
        question
            .pair()
            .open()
            .recorded(summary.id(), summary.question(), question.options(), trace);
    ObjectNode document = AnswerJson.document(recorded);
    document.put("created", summary.created()).put("model", summary.model());
    document.put("answer", summary.answer());
    document.set("messages", Json.MAPPER.valueToTree(messages(question)));
    return document;
  }

  /** What a message of a conversation says, in OpenAI's words. */
  private record SaidMessage(String role, String content) {}

  private static List<SaidMessage> messages(Question question) {
    return switch (question.opening()) {
      case Opening.Chat(List<Message> messages) ->
          messages.stream()
              .map(
                  said ->
                      new SaidMessage(said.role().name().toLowerCase(Locale.ROOT), said.content()))
              .toList();
      case Opening.Raw _ -> List.of();
    };
  }

  private static String asked(Question question) {
    return switch (question.opening()) {
      case Opening.Chat(List<Message> messages) -> messages.getLast().content();
      case Opening.Raw(var prompt) -> prompt.text();
    };
  }

  /** {@code GET /api/traces?query=&model=&limit=&before=}. */
  public void list(ServerRequest request, ServerResponse response) {
    int limit = (int) number(request, "limit", USUAL_LIMIT, 1, MOST);
    long before = number(request, "before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
    var search =
        new TraceHistory.Search(
            parameter(request, "query"), parameter(request, "model"), limit, before);
    TraceHistory.Found found = ask(traces -> traces.find(caller(request), search));
    Long next = found.next();
    Reply.json(response, new TraceList(found.traces(), next == null ? null : next.toString()));
  }

  /** {@code GET /api/traces/ID}. */
  public void get(ServerRequest request, ServerResponse response) {
    String id = id(request);
    String document = ask(traces -> traces.document(caller(request), id));
    if (document == null) {
      throw none(id);
    }
    Reply.bytes(response, document.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code DELETE /api/traces/ID}. */
  public void delete(ServerRequest request, ServerResponse response) {
    String id = id(request);
    if (!ask(traces -> traces.delete(caller(request), id))) {
      throw none(id);
    }
    Reply.json(response, new Deleted(id, true));
  }

  private <T extends @Nullable Object> T ask(Query<T> query) {
    if (traces == null) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND, "this server keeps no history: its settings have no 'history'");
    }
    try {
      return query.ask(traces);
    } catch (SQLException e) {
      throw new IllegalStateException("the history cannot be read", e);
    }
  }

  private static Refusal none(String id) {
    return new Refusal(Refusal.Kind.NOT_FOUND, "there is no trace '" + id + "'");
  }

  private static String caller(ServerRequest request) {
    return KeyFilter.caller(request).name();
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  private static String parameter(ServerRequest request, String name) {
    return request.query().first(name).orElse("");
  }

  private static long number(
      ServerRequest request, String name, long usual, long least, long most) {
    String text = parameter(request, name);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refusal.invalid(
        name, name + " must be a number in " + least + " … " + most + ", not " + text);
  }

  @Override
  public void close() {
    try {
      if (traces != null) {
        traces.close();
      }
    } catch (SQLException e) {
      LOG.warn("the history could not be closed: {}", e.getMessage());
    }
  }
}
