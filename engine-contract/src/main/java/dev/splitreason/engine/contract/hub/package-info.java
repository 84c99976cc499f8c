/**
 * A hub of model repositories on this machine, for tests.
 *
 * <p>Works on contents in memory; gives back a server that answers in the shapes of the Hugging
 * Face hub, large files from a second host, and that fails in the ways of one. It deliberately
 * knows nothing about who asks.
 */
@NullMarked
package dev.splitreason.engine.contract.hub;

import org.jspecify.annotations.NullMarked;
