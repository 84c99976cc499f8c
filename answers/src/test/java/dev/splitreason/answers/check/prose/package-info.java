@NullMarked
package dev.splitreason.answers.check.prose;

import org.jspecify.annotations.NullMarked;
