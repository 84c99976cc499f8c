package dev.splitreason.langchain4j;

import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips those of LangChain4j's tests whose answer the bundled pair cannot know. */
final class KnowledgeCondition implements ExecutionCondition {

  /** They ask for a capital, for German, or for words. */
  private static final Set<String> ASKING =
      Set.of(
          "should_respect_user_message",
          "should_respect_system_message",
          "should_respect_multiple_messages",
          "should_respect_stopSequences_in_chat_request",
          "should_respect_stopSequences_in_default_model_parameters",
          "should_propagate_user_exceptions_thrown_from_onPartialResponse",
          "should_propagate_user_exceptions_thrown_from_onCompleteResponse",
          "should_ignore_user_exceptions_thrown_from_onError");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String name = context.getTestMethod().map(Method::getName).orElse("");
    return ASKING.contains(name)
        ? ConditionEvaluationResult.disabled("the bundled pair knows chain arithmetic only")
        : ConditionEvaluationResult.enabled("");
  }
}
