/**
 * Any pair behind the HTTP interfaces that existing clients speak.
 *
 * <p>Works on settings and open pairs; gives back a server that answers. {@link SplitServer} shows
 * every route and limit. It deliberately knows nothing about how an answer is decoded: that is
 * {@link dev.splitreason.core.split.SplitDecoder}'s.
 */
@NullMarked
package dev.splitreason.server;

import org.jspecify.annotations.NullMarked;
