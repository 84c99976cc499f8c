package dev.splitreason.training.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The SwiGLU feed-forward network (arXiv 2002.05202). */
record FeedForward(Linear gate, Linear up, Linear down) {

  Tensor apply(Tensor x) {
    return down.apply(torch.silu(gate.apply(x)).mul(up.apply(x)));
  }
}
