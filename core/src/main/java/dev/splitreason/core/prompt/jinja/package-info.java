/**
 * Chat templates as models are published with them: the part of Jinja that they are written in.
 *
 * <p>Works on a template's source and on values; gives back the text that transformers would render
 * of them. It deliberately knows nothing about prompts, messages or models, and reads nothing but
 * what it is given.
 */
@NullMarked
package dev.splitreason.core.prompt.jinja;

import org.jspecify.annotations.NullMarked;
