@NullMarked
package dev.splitreason.answers.check;

import org.jspecify.annotations.NullMarked;
