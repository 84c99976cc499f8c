/**
 * The promises of {@link dev.splitreason.core.model.Session}, as tests.
 *
 * <p>Works on a model of any engine, whatever it can do; gives back which promise it breaks, and
 * which ones ask for a capability that it lacks. It deliberately knows no engine: each engine's own
 * tests implement {@link SessionContract}.
 */
@NullMarked
package dev.splitreason.engine.contract;

import org.jspecify.annotations.NullMarked;
