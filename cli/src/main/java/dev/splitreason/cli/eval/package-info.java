/**
 * The commands {@code eval} and {@code report}.
 *
 * <p>Works on a benchmark and the models a user names; gives back a table or a JSON document of
 * what each policy reached, and a folder to report on. It deliberately knows nothing about how
 * answers are judged or figures computed: module evaluation does.
 */
@NullMarked
package dev.splitreason.cli.eval;

import org.jspecify.annotations.NullMarked;
