package io.github.resilientchat.samples.quotafleet;

import io.github.resilientchat.samples.teamchat.TeamChatApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The team chat in a process of its own. */
final class Instance implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String origin;

  /**
   * Starts it.
   *
   * @param port where it serves
   * @param redis where the Redis is that its quotas are kept in
   */
  Instance(int port, int redis) throws IOException {
    origin = "http://localhost:" + port;
    process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx192m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TeamChatApplication.class.getName(),
                    "--server.port=" + port,
                    "--spring.data.redis.port=" + redis,
                    "--resilient.quotas.default.limits=5rph",
                    "--resilient.quotas.plans.pro.limits=20rph",
                    "--resilient.store.type=redis",
                    "--resilient.store.on-failure=closed",
                    "--resilient.store.timeout=5s",
                    "--spring.main.cloud-platform=none",
                    "--spring.main.banner-mode=off",
                    // Spring AI logs what its caller is told anyway.
                    "--logging.level.org.springframework.ai.chat.model.MessageAggregator=OFF",
                    "--logging.level.root=WARN"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Asks again and again until it serves. */
  void awaitStart() throws Exception {
    long end = System.currentTimeMillis() + START.toMillis();
    while (process.isAlive() && System.currentTimeMillis() < end) {
      try {
        HttpRequest anything = HttpRequest.newBuilder(URI.create(origin + "/")).build();
        http.send(anything, BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        process.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    throw new TimeoutException("the team chat does not start");
  }

  String signIn(String name) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/sign-in"))
            .header("Authorization", "Basic " + credentials)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** The status of the answer. */
  int ask(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + path + "?question=Hello"))
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
