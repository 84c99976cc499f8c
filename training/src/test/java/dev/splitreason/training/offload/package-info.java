@NullMarked
package dev.splitreason.training.offload;

import org.jspecify.annotations.NullMarked;
