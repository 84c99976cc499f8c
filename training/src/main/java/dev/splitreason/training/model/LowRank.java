package dev.splitreason.training.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A low-rank change of a matrix, {@code scale · up · down} (arXiv 2106.09685).
 *
 * @param down [rank, inputs]; PEFT calls it lora_A
 * @param up [outputs, rank], zero at the start; PEFT calls it lora_B
 */
record LowRank(Tensor down, Tensor up, Scalar scale) {

  /** What it adds to the output for an input {@code x}. */
  Tensor addTo(Tensor output, Tensor x) {
    return output.add(torch.linear(torch.linear(x, down), up), scale);
  }
}
