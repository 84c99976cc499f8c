@NullMarked
package dev.splitreason.answers.check.symbolic;

import org.jspecify.annotations.NullMarked;
