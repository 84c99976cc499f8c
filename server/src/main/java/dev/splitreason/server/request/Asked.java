package dev.splitreason.server.request;

import dev.splitreason.core.piece.Stops;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.server.answer.ConversationName;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.pair.Addressed;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks for, whatever it opens with: the pair, the options and the number of answers.
 *
 * @param fields what every completion's request may have
 * @param model what its model's name means
 * @param options how it is answered; each answer but the first draws with another seed
 * @param stops where the text ends
 */
public record Asked(RequestFields fields, Addressed model, SplitOptions options, Stops stops) {

  /** A question for each answer to an opening; each draws with a seed of its own. */
  public List<Question> questions(Opening opening) {
    boolean tags = fields.offloadOrNone().tags() != null && fields.offloadOrNone().tags();
    String conversation = ConversationName.of(fields.promptCacheKey(), opening);
    var question =
        new Question(model.name(), model.pair(), opening, conversation, options, stops, tags, null);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < fields.choices(); i++) {
      var sampling = options.sampling().withSeed(options.sampling().seed() + i);
      questions.add(question.withOptions(options.withSampling(sampling)));
    }
    return questions;
  }
}
