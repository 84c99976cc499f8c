/**
 * A server of real models for tests, in the spellings of the usual ones.
 *
 * <p>Works on open models; gives back their answers over HTTP, spelled as vLLM, llama-server and
 * others do by their documentation and source. It deliberately knows nothing about who asks.
 */
@NullMarked
package dev.splitreason.engine.contract.server;

import org.jspecify.annotations.NullMarked;
