/**
 * A growing answer as those want it who show it: without tags, its reasoning apart from the answer,
 * ended at the first stop text. Works on text and its authors, as a trace's listener is told; gives
 * back pieces. Knows nothing of how the text came to be.
 */
@NullMarked
package dev.splitreason.core.piece;

import org.jspecify.annotations.NullMarked;
