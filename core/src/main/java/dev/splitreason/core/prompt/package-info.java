/**
 * How a conversation becomes a prompt.
 *
 * <p>Works on messages and templates; gives back a {@link Prompt}: parts of trusted scaffold and
 * untrusted text, so that a user's words never become control tokens. It deliberately knows nothing
 * about tokenizers.
 */
@NullMarked
package dev.splitreason.core.prompt;

import org.jspecify.annotations.NullMarked;
