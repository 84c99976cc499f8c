package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.splitreason.pairs.open.OpenPair;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * LangChain4j's own tests of chat models, as far as they ask for nothing that the bundled pair does
 * not know: it does chain arithmetic, and has never heard of Germany.
 */
@ExtendWith(KnowledgeCondition.class)
class CommonChatModelTest extends AbstractChatModelIT {

  private final OpenPair pair = ChainPair.plain();

  @AfterAll
  void close() {
    pair.close();
  }

  @Override
  protected List<ChatModel> models() {
    return List.of(SplitReasonChatModel.builder().pair(pair).build());
  }

  @Override
  protected ChatModel createModelWith(ChatRequestParameters parameters) {
    return SplitReasonChatModel.builder().pair(pair).defaultRequestParameters(parameters).build();
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
