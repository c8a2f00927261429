package io.github.resilientchat.benchmarks.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Portkey's open gateway as npm ships it, in a process of its own, on a free port. */
final class PortkeyGateway implements AutoCloseable {

  static final String VERSION = "1.15.2";

  private static final String PACKAGE = "@portkey-ai/gateway";
  private static final int LONGEST_START_SECONDS = 60;

  private final Process process;
  private final URI endpoint;

  private PortkeyGateway(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Node's version, or empty where there is none. */
  static String node() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      String version = node.inputReader().readLine();
      return node.waitFor() == 0 && version != null ? version : "";
    } catch (IOException notThere) {
      return "";
    }
  }

  /** Brings the gateway into the folder unless it is there, and starts it. */
  static PortkeyGateway start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path script = folder.resolve("node_modules/" + PACKAGE + "/build/start-server.js");
    if (!Files.exists(script)) {
      install(folder);
    }
    int port = freePort();
    Process process =
        new ProcessBuilder("node", script.toString(), "--headless", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("gateway.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    PortkeyGateway gateway =
        new PortkeyGateway(process, URI.create("http://127.0.0.1:" + port + "/v1"));
    try {
      gateway.awaitStart();
      return gateway;
    } catch (IOException | InterruptedException e) {
      gateway.close();
      throw e;
    }
  }

  /** Where it speaks as OpenAI does. */
  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
    command.addAll(List.of("--prefix", folder.toString(), PACKAGE + "@" + VERSION));
    Process npm =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    if (npm.waitFor() != 0) {
      throw new IOException(
          "npm could not install " + PACKAGE + "@" + VERSION + "; see " + folder + "/npm.log");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest hello =
        HttpRequest.newBuilder(endpoint.resolve("/")).timeout(Duration.ofSeconds(2)).build();
    for (int second = 0; second < LONGEST_START_SECONDS; second++) {
      try {
        client.send(hello, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        if (process.waitFor(1, TimeUnit.SECONDS)) {
          throw new IOException("the gateway ended with " + process.exitValue());
        }
      }
    }
    throw new IOException("the gateway did not start in " + LONGEST_START_SECONDS + " s");
  }
}
