package io.github.resilientchat.samples.quotafleet;

import io.github.resilientchat.samples.teamchat.TeamChatApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The team chat in a process of its own. */
final class Instance implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern SERVES = Pattern.compile("Tomcat started on port (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final CompletableFuture<String> origin = new CompletableFuture<>();
  private final Process process;

  /**
   * Starts it on a port of its own choice.
   *
   * @param redis the port of the Redis that its quotas are kept in
   */
  Instance(int redis) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx192m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TeamChatApplication.class.getName(),
                    "--server.port=0",
                    "--spring.data.redis.port=" + redis,
                    "--resilient.quotas.default.limits=5rph",
                    "--resilient.quotas.plans.pro.limits=20rph",
                    "--resilient.store.type=redis",
                    "--resilient.store.on-failure=closed",
                    // Far more than a Redis beside it takes: here a busy machine is no outage.
                    "--resilient.store.timeout=60s",
                    "--spring.main.cloud-platform=none",
                    "--spring.main.banner-mode=off",
                    // Spring AI logs what its caller is told anyway.
                    "--logging.level.org.springframework.ai.chat.model.MessageAggregator=OFF",
                    "--logging.level.root=WARN",
                    // Says where it serves.
                    "--logging.level.org.springframework.boot.web.embedded.tomcat=INFO"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread reader = new Thread(this::read, "output of an instance");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println(line);
        Matcher serves = SERVES.matcher(line);
        if (serves.find()) {
          origin.complete("http://localhost:" + serves.group(1));
        }
      }
      origin.completeExceptionally(new IllegalStateException("the team chat ended"));
    } catch (IOException e) {
      origin.completeExceptionally(e);
    }
  }

  void awaitStart() throws Exception {
    origin.get(START.toSeconds(), TimeUnit.SECONDS);
  }

  String signIn(String name) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin.join() + "/sign-in"))
            .header("Authorization", "Basic " + credentials)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** The status of the answer. */
  int ask(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin.join() + path + "?question=Hello"))
            .header("Authorization", "Bearer " + token)
            .timeout(START)
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
