/**
 * The Hugging Face hub, and the cache on disk that it shares with the hub's own programs.
 *
 * <p>Works on names of repositories and on the environment variables that the hub's own programs
 * obey; gives back files and folders on disk, whole and checked, fetched where they are not there
 * yet. It deliberately knows nothing about what models are opened with.
 */
@NullMarked
package dev.splitreason.pairs.hub;

import org.jspecify.annotations.NullMarked;
