/**
 * Vocabularies made from text, and the file that holds one.
 *
 * <p>Works on sample text and control tokens; gives back the files that Hugging Face's tokenizers
 * read. It deliberately knows nothing about models or training.
 */
@NullMarked
package dev.splitreason.training.tokenizer;

import org.jspecify.annotations.NullMarked;
