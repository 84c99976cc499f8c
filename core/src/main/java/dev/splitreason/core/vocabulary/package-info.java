/**
 * What two models' vocabularies have in common.
 *
 * <p>Works on two {@link dev.splitreason.core.model.Tokenizer}s; gives back whether their models
 * {@link dev.splitreason.core.vocabulary.Exchange exchange} token ids or text, and what a token of
 * one is to the other. It deliberately knows nothing about sessions, turns or tags.
 */
@NullMarked
package dev.splitreason.core.vocabulary;

import org.jspecify.annotations.NullMarked;
