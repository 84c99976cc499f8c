@NullMarked
package dev.splitreason.answers.check.notation;

import org.jspecify.annotations.NullMarked;
