/**
 * How much is done at once, and for whom.
 *
 * <p>Works on requests as numbers; lets them in, has them wait, or turns them away. It deliberately
 * knows nothing about what they ask for.
 */
@NullMarked
package dev.splitreason.server.limit;

import org.jspecify.annotations.NullMarked;
