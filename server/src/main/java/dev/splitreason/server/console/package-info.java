/**
 * The page with which people ask the pairs.
 *
 * <p>Works on the files that the module {@code console} was built into; gives back replies that
 * browsers keep. It deliberately knows nothing about what the page does: that asks the same routes
 * as any other client.
 */
@NullMarked
package dev.splitreason.server.console;

import org.jspecify.annotations.NullMarked;
