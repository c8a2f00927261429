package io.github.resilientchat.bedrock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Blocks a thread as a socket does: it stays blocked when it is interrupted, and interrupted. */
final class DeafWait implements AutoCloseable {

  private final ServerSocket nobody;

  DeafWait() {
    try {
      nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when this was closed. */
  void await() {
    try {
      nobody.accept();
    } catch (IOException closed) {
      return;
    }
    throw new IllegalStateException("somebody called");
  }

  @Override
  public void close() {
    try {
      nobody.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
