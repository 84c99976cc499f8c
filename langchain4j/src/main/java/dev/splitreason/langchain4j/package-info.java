/**
 * SplitReason as a chat model of LangChain4j. Works on an open pair and LangChain4j's requests;
 * gives back its responses, whole or as they grow, with the reasoning apart from the answer. Knows
 * nothing of how a pair is opened or an answer is decoded.
 */
@NullMarked
package dev.splitreason.langchain4j;

import org.jspecify.annotations.NullMarked;
