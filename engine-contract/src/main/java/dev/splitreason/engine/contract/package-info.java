/**
 * The promises of {@link dev.splitreason.core.model.Session}, as tests.
 *
 * <p>Works on a model of any engine that computes in this process; gives back which promise it
 * breaks. It deliberately knows no engine: each engine's own tests extend what is here.
 */
@NullMarked
package dev.splitreason.engine.contract;

import org.jspecify.annotations.NullMarked;
