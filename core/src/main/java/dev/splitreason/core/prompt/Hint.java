package dev.splitreason.core.prompt;

import dev.splitreason.core.tag.TagSpelling;

/**
 * The sentence that tells a small model about its tags (arXiv 2504.16379, section 3: the tags mark
 * the important parts of the reasoning).
 */
record Hint(TagSpelling tags) {

  /** Adds the sentence; in it the tags are control tokens where a vocabulary has them. */
  void addTo(PromptBuilder prompt) {
    prompt
        .text("While you think, write ")
        .scaffold(tags.open())
        .text(" before each hard part of the reasoning and ")
        .scaffold(tags.close())
        .text(" after it.");
  }
}
