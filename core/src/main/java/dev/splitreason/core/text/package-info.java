/**
 * Small questions about text: where its characters and tokens end, and which word was meant.
 *
 * <p>Works on bytes, characters and words; gives back whole characters of bytes that stream, places
 * where text can be handed from one tokenizer to another, and suggestions for a mistyped name. It
 * deliberately knows no vocabulary, and not what a text is about.
 */
@NullMarked
package dev.splitreason.core.text;

import org.jspecify.annotations.NullMarked;
