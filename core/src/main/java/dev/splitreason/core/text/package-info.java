/**
 * Text that arrives in pieces which know nothing of characters or words.
 *
 * <p>Works on bytes and characters as they stream; gives back whole characters, and places where
 * text can be handed from one tokenizer to another. It deliberately knows no vocabulary.
 */
@NullMarked
package dev.splitreason.core.text;

import org.jspecify.annotations.NullMarked;
