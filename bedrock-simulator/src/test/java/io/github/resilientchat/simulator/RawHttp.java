package io.github.resilientchat.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes to a port, for requests that no HTTP client would send. */
final class RawHttp {

  private RawHttp() {}

  static String send(int port, String requestLine) throws IOException {
    return exchange(
        port,
        requestLine + "\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
  }

  /** The first line of the answer to what may be the beginning of a request. */
  static String status(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout((int) Sdk.PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout((int) Sdk.PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
