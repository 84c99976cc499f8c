/**
 * The tags with which a small model hands a span to the large one.
 *
 * <p>Works on text as it streams; gives back where tags begin and end. It deliberately knows
 * nothing about tokens or turns.
 */
@NullMarked
package dev.splitreason.core.tag;

import org.jspecify.annotations.NullMarked;
