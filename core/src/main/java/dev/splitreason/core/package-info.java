/**
 * The method: split decoding of one chain of thought by two models, and all that it needs.
 *
 * <p>Works on models behind the {@link dev.splitreason.core.model.LanguageModel} interface, prompts
 * and policies; gives back traces. It deliberately knows no engine, no file of a user's and no
 * library but the JDK, JSpecify and SLF4J. Start at {@link
 * dev.splitreason.core.split.SplitDecoder}.
 */
@NullMarked
package dev.splitreason.core;

import org.jspecify.annotations.NullMarked;
