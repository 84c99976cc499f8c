/**
 * A remote model that is asked for the hard parts of a trace.
 *
 * <p>Works on any server that speaks OpenAI's chat completions; gives back snippets and what they
 * cost. It deliberately knows nothing about where snippets stand in a trace, or what becomes of
 * them.
 */
@NullMarked
package dev.splitreason.data.llm;

import org.jspecify.annotations.NullMarked;
