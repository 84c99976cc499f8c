/**
 * Finds snippets that a model copied imperfectly in the trace they were copied from.
 *
 * <p>Works on a text and snippets of it; gives back spans of the text, in UTF-16 offsets, and the
 * text with those spans wrapped in tags. It deliberately knows nothing about who chose the snippets
 * or where texts are stored. Start at {@link dev.splitreason.data.match.SnippetMatcher}.
 */
@NullMarked
package dev.splitreason.data.match;

import org.jspecify.annotations.NullMarked;
