@NullMarked
package dev.splitreason.answers.check.rule;

import org.jspecify.annotations.NullMarked;
