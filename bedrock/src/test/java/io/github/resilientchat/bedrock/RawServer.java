package io.github.resilientchat.bedrock;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads HTTP/1.1 requests and answers each with bytes of the test's choice. */
final class RawServer implements AutoCloseable {

  /** What to do once a request was read; whether to wait for another one on the connection. */
  interface Behaviour {
    boolean answer(Socket connection, String head) throws IOException;
  }

  private final ServerSocket server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Behaviour behaviour;

  RawServer(Behaviour behaviour) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  RawServer(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    daemon(this::accept);
  }

  /** A response with this head, a content length, and this body. */
  static Behaviour saying(String status, String headers, String body) {
    return (connection, head) -> {
      OutputStream out = connection.getOutputStream();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      out.write(
          ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes);
      out.flush();
      return true;
    };
  }

  static final String COMPLETION =
      """
      {"output":{"message":{"role":"assistant","content":[{"text":"hello"}]}},
       "stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2},
       "metrics":{"latencyMs":1}}
      """;

  /** A proxy that notes who asks for what, and lets nobody through. */
  static RawServer refusingProxy(Collection<String> asked) throws IOException {
    return new RawServer(
        (connection, head) -> {
          asked.add(head);
          saying("503 No", "Connection: close\r\n", "").answer(connection, head);
          return false;
        });
  }

  static Behaviour completion() {
    return saying("200 OK", "Content-Type: application/json\r\n", COMPLETION);
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  int requests() {
    return requests.get();
  }

  int port() {
    return server.getLocalPort();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        daemon(() -> serve(connection));
      } catch (IOException closed) {
        // The loop's condition tells.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      String head = head(in);
      while (head != null) {
        in.readNBytes(lengthIn(head));
        requests.incrementAndGet();
        head = behaviour.answer(connection, head) ? head(in) : null;
      }
    } catch (IOException gone) {
      // The client's end of it.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int lengthIn(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .map(line -> Integer.parseInt(line.substring(15).trim()))
        .findFirst()
        .orElse(0);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
