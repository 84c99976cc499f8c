package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import java.util.List;

/**
 * The small model has no say in when the turn ends: what is kept waits in its view, and is read
 * there when it is worth it or its turn comes.
 */
final class ReadLater implements Reading {

  private final View small;
  private int offered;

  ReadLater(View small) {
    this.small = small;
  }

  @Override
  public void offer(Token token) {
    offered++;
  }

  @Override
  public boolean shouldPause(int written) {
    return false;
  }

  @Override
  public void catchUp() {}

  @Override
  public void finish() {}

  @Override
  public boolean closed() {
    return false;
  }

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public int certain() {
    return offered;
  }

  @Override
  public void kept(Token token) {
    small.offer(List.of(token));
  }

  @Override
  public void settle(int kept) {}

  @Override
  public void close() {}
}
