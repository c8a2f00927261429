package io.github.resilientchat.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A way to a server on this machine, on which answers come when a test says so. */
final class SlowWay implements AutoCloseable {

  private final ServerSocket door;
  private final int server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private SlowWay(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::letIn);
  }

  static SlowWay to(int server) {
    try {
      return new SlowWay(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // Nobody goes here any more.
              }
            },
            "slow-way");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on answers wait. */
  void hold() {
    if (gate.getCount() == 0) {
      gate = new CountDownLatch(1);
    }
  }

  /** Those that wait come, and all others at once. */
  void open() {
    gate.countDown();
  }

  private void letIn() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket redis = new Socket(InetAddress.getLoopbackAddress(), server);
      open.addAll(List.of(client, redis));
      run(() -> pass(client, redis, false));
      run(() -> pass(redis, client, true));
    }
  }

  private void pass(Socket from, Socket to, boolean slow) throws IOException {
    byte[] some = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        if (slow) {
          awaitOpen();
        }
        out.write(some, 0, read);
      }
    }
  }

  private void awaitOpen() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    open();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
