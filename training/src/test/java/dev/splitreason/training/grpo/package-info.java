@NullMarked
package dev.splitreason.training.grpo;

import org.jspecify.annotations.NullMarked;
