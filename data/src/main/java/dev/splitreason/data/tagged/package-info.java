/**
 * One text with its offloaded spans, whatever told where they are: tags in the text, or the
 * segments of a recorded answer.
 *
 * <p>Works on tagged texts and on segments; gives back the text without tags, its spans and what is
 * wrong with its tags. It deliberately knows nothing about files or about who chose the spans.
 */
@NullMarked
package dev.splitreason.data.tagged;

import org.jspecify.annotations.NullMarked;
