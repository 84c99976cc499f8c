package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.pairs.open.OpenPair;
import java.util.List;

/**
 * What a model of either kind is made of.
 *
 * @param pair answers
 * @param name that responses have
 * @param options how it answers, where neither a request nor {@code parameters} say otherwise
 * @param parameters what holds where a request says nothing
 * @param thinking whether the reasoning is told
 * @param listeners hear of requests and responses
 */
record ModelSettings(
    OpenPair pair,
    String name,
    SplitOptions options,
    ChatRequestParameters parameters,
    boolean thinking,
    List<ChatModelListener> listeners) {

  ModelSettings {
    listeners = List.copyOf(listeners);
  }
}
