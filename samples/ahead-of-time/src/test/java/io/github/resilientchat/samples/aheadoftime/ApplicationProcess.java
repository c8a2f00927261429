package io.github.resilientchat.samples.aheadoftime;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as its build left it, in a process of its own. */
final class ApplicationProcess implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Process process;
  private final Thread reader;

  /**
   * Starts it with beans made ahead of time.
   *
   * @param variables of its environment; none of this process's that say where it runs
   */
  ApplicationProcess(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessedApplication.class.getName(),
                "--server.port=0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(KUBERNETES|AWS|ECS|RESILIENT|SPRING)_.*"));
    builder.environment().putAll(variables);
    process = builder.start();
    reader = new Thread(this::read, "output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          port.complete(Integer.parseInt(listens.group(1)));
        }
      }
      port.completeExceptionally(new IllegalStateException("ended: " + output()));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }

  HttpResponse<String> get(String path) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + port.get(AT_MOST.toSeconds(), TimeUnit.SECONDS) + path);
    return http.send(HttpRequest.newBuilder(uri).timeout(AT_MOST).build(), BodyHandlers.ofString());
  }

  /** The status that it ends with by itself. */
  int status() throws InterruptedException {
    if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs: " + output());
    }
    reader.join(AT_MOST.toMillis());
    return process.exitValue();
  }

  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
