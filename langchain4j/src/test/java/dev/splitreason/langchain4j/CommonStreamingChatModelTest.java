package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.splitreason.pairs.open.OpenPair;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's own tests of streaming chat models, as {@link CommonChatModelTest}. */
@ExtendWith(KnowledgeCondition.class)
class CommonStreamingChatModelTest extends AbstractStreamingChatModelIT {

  private final OpenPair pair = ChainPair.plain();

  @AfterAll
  void close() {
    pair.close();
  }

  @Override
  protected List<StreamingChatModel> models() {
    return List.of(SplitReasonStreamingChatModel.builder().pair(pair).build());
  }

  @Override
  protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
    return SplitReasonStreamingChatModel.builder()
        .pair(pair)
        .defaultRequestParameters(parameters)
        .build();
  }

  @Override
  public StreamingChatModel createModelWith(ChatModelListener listener) {
    return SplitReasonStreamingChatModel.builder().pair(pair).listeners(List.of(listener)).build();
  }

  @Override
  protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
    return ChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
  }

  @Override
  protected boolean supportsModelNameParameter() {
    return false;
  }

  @Override
  protected boolean supportsTools() {
    return false;
  }

  @Override
  protected boolean supportsToolChoiceRequired() {
    return false;
  }

  @Override
  protected boolean supportsJsonResponseFormat() {
    return false;
  }

  @Override
  protected boolean supportsJsonResponseFormatWithSchema() {
    return false;
  }

  @Override
  protected boolean supportsJsonResponseFormatWithRawSchema() {
    return false;
  }

  @Override
  protected boolean supportsSingleImageInputAsBase64EncodedString() {
    return false;
  }

  @Override
  protected boolean supportsSingleImageInputAsPublicURL() {
    return false;
  }

  @Override
  protected boolean assertChatResponseMetadataType() {
    return false; // it has one of its own
  }
}
